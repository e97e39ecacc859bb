// @vitest-environment node
import { theme } from 'antd';
import { describe, expect, it } from 'vitest';
import { makeTheme } from './theme';

/** Colours of the theme as antd computes them, as `[r, g, b, a]`. */
function parse(color: string): [number, number, number, number] {
  const long = color.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
  const hex = /^#([0-9a-f]{6})$/i.exec(long)?.[1];
  if (hex) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).concat(1) as [number, number, number, number];
  const parts = /^rgba?\(([^)]+)\)$/.exec(color)?.[1]?.split(',').map(Number);
  if (!parts) throw new Error(`not a colour: ${color}`);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0, parts[3] ?? 1];
}

function over(front: string, back: string): number[] {
  const [r, g, b, a] = parse(front);
  const ground = parse(back);
  return [r, g, b].map((part, i) => part * a + (ground[i] ?? 0) * (1 - a));
}

function luminance(rgb: number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast of a text over a ground. */
function contrast(text: string, ground: string): number {
  const a = luminance(over(text, ground));
  const b = luminance(parse(ground).slice(0, 3));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe.each([{ dark: false }, { dark: true }])('the theme, dark: $dark', ({ dark }) => {
  const config = makeTheme({ dark, motion: true, file: null });
  const token = theme.getDesignToken(config);
  const texts = ['colorText', 'colorTextSecondary', 'colorTextTertiary', 'colorTextDescription', 'colorTextPlaceholder', 'colorPrimary', 'colorLink', 'colorError', 'colorErrorText', 'colorWarning', 'colorSuccess', 'colorInfo', 'colorIcon'] as const;
  const grounds = ['colorBgContainer', 'colorBgLayout', 'colorBgElevated'] as const;

  it.each(texts.flatMap((text) => grounds.map((ground) => ({ text, ground }))))('$text on $ground reaches 4.5 : 1', ({ text, ground }) => {
    expect(contrast(token[text], token[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['colorErrorBg', 'colorText'],
    ['colorWarningBg', 'colorText'],
    ['colorInfoBg', 'colorText'],
    ['colorSuccessBg', 'colorText'],
    ['controlItemBgActive', 'colorText'],
    ['controlItemBgActive', 'colorPrimary'],
    ['controlItemBgActive', 'colorTextSecondary'],
  ] as const)('text on %s reaches 4.5 : 1', (ground, text) => {
    const solid = `rgb(${over(token[ground], token.colorBgContainer).map(Math.round).join(',')})`;
    expect(contrast(token[text], solid)).toBeGreaterThanOrEqual(4.5);
  });

  it('writes legibly on its buttons', () => {
    const button = config.components?.Button;
    for (const ground of [token.colorPrimary, token.colorPrimaryHover, token.colorPrimaryActive]) {
      expect(contrast(button?.primaryColor ?? token.colorTextLightSolid, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of [token.colorError, token.colorErrorHover, token.colorErrorActive]) {
      expect(contrast(button?.dangerColor ?? token.colorTextLightSolid, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast('#ffffff', token.colorBgSpotlight)).toBeGreaterThanOrEqual(4.5);
  });

  it('takes the installation’s own tokens (ACC-007)', () => {
    const own = { token: { colorPrimary: '#123456' }, components: { Button: { fontWeight: 700 } } };
    const made = makeTheme({ dark, motion: false, file: { light: own, dark: own } as never });
    expect(made.token?.colorPrimary).toBe('#123456');
    expect(made.token?.motion).toBe(false);
    expect(made.components?.Button?.fontWeight).toBe(700);
    expect(made.components?.Modal?.titleFontSize).toBe(16);
  });
});
