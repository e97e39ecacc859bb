import type { ITheme } from '@xterm/xterm';

/** The sixteen colours of a terminal on light and on dark ground; each is readable there (4.5 : 1), white and black aside. */
const onLight = {
  black: '#14211e',
  red: '#a8281f',
  green: '#1f6b43',
  yellow: '#7d4c00',
  blue: '#1f5787',
  magenta: '#8a2f7c',
  cyan: '#0b6570',
  white: '#5a6a65',
  brightBlack: '#4a5a55',
  brightRed: '#bb2d22',
  brightGreen: '#20744a',
  brightYellow: '#8a5500',
  brightBlue: '#1c64a6',
  brightMagenta: '#9c3490',
  brightCyan: '#0a6e7c',
  brightWhite: '#2b3b37',
};

const onDark = {
  black: '#31423e',
  red: '#ff8a80',
  green: '#6fd39b',
  yellow: '#e8bd63',
  blue: '#82bdf5',
  magenta: '#e09bdc',
  cyan: '#6dd3d0',
  white: '#d5dfdb',
  brightBlack: '#8b9b96',
  brightRed: '#ffa79f',
  brightGreen: '#94e3b6',
  brightYellow: '#f5d28a',
  brightBlue: '#a8d2fb',
  brightMagenta: '#efbcec',
  brightCyan: '#98e5e2',
  brightWhite: '#ffffff',
};

export interface Ground {
  background: string;
  text: string;
  accent: string;
}

/** 0 … 1 of `#rrggbb`. */
function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

export function terminalColours({ background, text, accent }: Ground): ITheme {
  const dark = lightness(background) < 0.5;
  return {
    ...(dark ? onDark : onLight),
    background,
    foreground: text,
    cursor: accent,
    cursorAccent: background,
    selectionBackground: dark ? '#2f5f57' : '#bfe0d8',
    selectionInactiveBackground: dark ? '#2a3b37' : '#dfe7e3',
  };
}
