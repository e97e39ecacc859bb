/** The look of runs of text after SGR sequences (`ESC [ 1;31 m`), and the links of OSC 8 around them. */

export type Rgb = readonly [number, number, number];
/** One of the terminal's own 16, by number, or any colour. */
export type Colour = number | Rgb;

export interface Look {
  fg: Colour | null;
  bg: Colour | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  reverse: boolean;
  hidden: boolean;
}

export interface Run {
  text: string;
  look: Look;
  href: string | null;
}

export const PLAIN: Look = { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false, strike: false, reverse: false, hidden: false };

/** The 216 colours and 24 greys behind the first 16 of the 256-colour table, in xterm's own steps. */
function paletteColour(index: number): Colour | null {
  if (index < 0 || index > 255) return null;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const steps = [0, 95, 135, 175, 215, 255];
  const cell = index - 16;
  return [steps[Math.floor(cell / 36)] ?? 0, steps[Math.floor(cell / 6) % 6] ?? 0, steps[cell % 6] ?? 0];
}

const switches: Record<number, Partial<Look> | undefined> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { reverse: true },
  8: { hidden: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { reverse: false },
  28: { hidden: false },
  29: { strike: false },
  39: { fg: null },
  49: { bg: null },
};

/** `5;n` or `2;r;g;b` after a 38 or 48, and how many numbers that took. */
function extended(codes: readonly number[], at: number): { colour: Colour | null; took: number } {
  if (codes[at] === 5) return { colour: paletteColour(codes[at + 1] ?? -1), took: 2 };
  if (codes[at] !== 2) return { colour: null, took: 1 };
  const [red = -1, green = -1, blue = -1] = codes.slice(at + 1, at + 4);
  const good = [red, green, blue].every((part) => part >= 0 && part <= 255);
  return { colour: good ? [red, green, blue] : null, took: 4 };
}

export function lookAfter(before: Look, sgr: string): Look {
  const codes = sgr === '' ? [0] : sgr.split(';').map(Number);
  const look = { ...before };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, took } = extended(codes, at + 1);
      at += took;
      if (colour !== null) look[code === 38 ? 'fg' : 'bg'] = colour;
    } else if (code >= 30 && code <= 37) look.fg = code - 30;
    else if (code >= 90 && code <= 97) look.fg = code - 82;
    else if (code >= 40 && code <= 47) look.bg = code - 40;
    else if (code >= 100 && code <= 107) look.bg = code - 92;
    else Object.assign(look, switches[code]);
  }
  return look;
}

/** OSC 8 targets open only on the web (SEC-04); anything else stays text. */
export function webAddress(target: string): string | null {
  if (!/^https?:\/\//i.test(target)) return null;
  try {
    const url = new URL(target);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

const SEQUENCE = /\u001b\[([\d;]*)m|\u001b\]8;[^;\u0007\u001b]*;([^\u0007\u001b]*)(?:\u0007|\u001b\\)?/g;

/** Runs of equal look; together their texts are the line's. */
export function runsOf(opening: string, styled: string): Run[] {
  let look = PLAIN;
  for (const [, sgr] of opening.matchAll(SEQUENCE)) look = lookAfter(look, sgr ?? '');
  const runs: Run[] = [];
  let href: string | null = null;
  let at = 0;
  for (const match of styled.matchAll(SEQUENCE)) {
    if (match.index > at) runs.push({ text: styled.slice(at, match.index), look, href });
    at = match.index + match[0].length;
    if (match[1] === undefined) href = webAddress(match[2] ?? '');
    else look = lookAfter(look, match[1]);
  }
  if (at < styled.length) runs.push({ text: styled.slice(at), look, href });
  return runs;
}

export function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => (value <= 10 ? value / 3295 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Programs choose colours for their own background; ours is dark, so too dark a text is lightened until it reads. */
export function readable(colour: Rgb): Rgb {
  let [red, green, blue] = colour;
  for (let turn = 0; turn < 12 && luminance([red, green, blue]) < 0.2; turn += 1) {
    red += (255 - red) * 0.15;
    green += (255 - green) * 0.15;
    blue += (255 - blue) * 0.15;
  }
  return [Math.round(red), Math.round(green), Math.round(blue)];
}
