import { theme as antdTheme } from 'antd';
import type { ThemeConfig } from 'antd';
import type { ThemeFile } from '../client/theme-file';

/**
 * The console's look: ink on paper with a pine green, quiet surfaces, small radii, dense lists. Every pair of text
 * and ground that is used reaches 4.5 : 1, which the theme's test holds.
 *
 * All tokens are CSS variables on the page's root, so that CSS modules write `var(--ant-color-text)`.
 */
export const ROOT_CLASS = 'console-theme';

const shared = {
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif",
  fontFamilyCode: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono', monospace",
  fontSize: 14,
  fontSizeSM: 13,
  borderRadius: 5,
  borderRadiusLG: 7,
  borderRadiusSM: 4,
  wireframe: false,
};

const light = {
  ...shared,
  colorPrimary: '#0d6b63',
  colorInfo: '#2b6490',
  colorSuccess: '#23734a',
  colorWarning: '#9a5b00',
  colorError: '#b3362b',
  colorLink: '#0b6a63',
  colorTextBase: '#14211e',
  colorBgBase: '#ffffff',
  colorBgLayout: '#f3f6f4',
  colorBgSpotlight: '#1d2f2b',
  colorTextSecondary: '#4a5a55',
  colorTextTertiary: '#5a6a65',
  colorTextDescription: '#5a6a65',
  colorTextPlaceholder: '#65746f',
  colorIcon: '#4a5a55',
  colorBorder: '#c3cfca',
  colorBorderSecondary: '#dfe7e3',
  controlItemBgActive: '#e3f0ec',
  controlItemBgActiveHover: '#d8eae5',
  // The palette that the components derive from deep colours is muddy where it should be light.
  colorPrimaryBg: '#e3f0ec',
  colorPrimaryBgHover: '#d5e8e2',
  colorPrimaryBorder: '#a9cfc6',
  colorPrimaryBorderHover: '#7fb5a9',
  colorErrorBg: '#fbeeec',
  colorErrorBgHover: '#f6dfdb',
  colorErrorBgFilledHover: '#f6dfdb',
  colorErrorBgActive: '#f0cfc9',
  colorErrorBorder: '#eab9b2',
  colorErrorBorderHover: '#d98b80',
  colorErrorHover: '#9c2c22',
  colorErrorActive: '#7f221a',
  colorSuccessBg: '#e9f4ee',
  colorSuccessBgHover: '#d8ecdf',
  colorSuccessBorder: '#a9d4bb',
  colorSuccessBorderHover: '#7dbd98',
  colorWarningBg: '#fbf2e2',
  colorWarningBgHover: '#f6e6c8',
  colorWarningBorder: '#e6c892',
  colorWarningBorderHover: '#d4a95c',
  colorInfoBg: '#e9f1f7',
  colorInfoBgHover: '#d9e7f2',
  colorInfoBorder: '#aecbe0',
  colorInfoBorderHover: '#7fadcd',
};

const dark = {
  ...shared,
  // The dark algorithm takes these down a step: the primary is drawn as #52b9a8.
  colorPrimary: '#5ed5c2',
  colorInfo: '#7cc0ee',
  colorSuccess: '#69d499',
  colorWarning: '#f2b84f',
  colorError: '#ff9186',
  colorLink: '#74ddcc',
  colorLinkHover: '#8fdccf',
  colorTextBase: '#e7efec',
  colorBgBase: '#101817',
  colorBgLayout: '#0c1312',
  colorBgContainer: '#131d1b',
  colorBgElevated: '#1a2624',
  colorBgSpotlight: '#31423e',
  colorText: '#e3ebe8',
  colorTextSecondary: '#a9b8b3',
  colorTextTertiary: '#98a8a3',
  colorTextDescription: '#98a8a3',
  colorTextPlaceholder: '#8b9b96',
  colorIcon: '#a9b8b3',
  colorBorder: '#3a4a46',
  // Else it is brighter than the border of what may be used.
  colorBorderDisabled: '#263431',
  colorBorderSecondary: '#263431',
  controlItemBgActive: '#162f2a',
  controlItemBgActiveHover: '#1b3b35',
  colorPrimaryHover: '#7fd0c2',
  colorPrimaryActive: '#47a596',
  colorErrorHover: '#eda59c',
  colorErrorActive: '#cc766c',
};

/** On the light green of the dark theme, white would fail; ink is written instead. */
const INK = '#08201c';

export function makeTheme(options: { dark: boolean; motion: boolean; file: ThemeFile | null }): ThemeConfig {
  const base = options.dark ? dark : light;
  const own = options.dark ? options.file?.dark : options.file?.light;
  const components: ThemeConfig['components'] = {
    Button: {
      fontWeight: 500,
      primaryShadow: 'none',
      dangerShadow: 'none',
      defaultShadow: 'none',
      ...(options.dark && { primaryColor: INK, dangerColor: '#2a0b08' }),
    },
    Modal: { titleFontSize: 16 },
    Tooltip: { colorTextLightSolid: '#ffffff' },
    Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
    Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 12px 0' },
  };
  return {
    cssVar: { key: ROOT_CLASS },
    hashed: false,
    algorithm: options.dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: { ...base, motion: options.motion, ...own?.token },
    components: mergeComponents(components, own?.components),
  };
}

function mergeComponents(base: NonNullable<ThemeConfig['components']>, own: Record<string, object> | undefined): ThemeConfig['components'] {
  const merged: Record<string, object> = { ...(base as Record<string, object>) };
  for (const [name, tokens] of Object.entries(own ?? {})) merged[name] = { ...merged[name], ...tokens };
  return merged as ThemeConfig['components'];
}
