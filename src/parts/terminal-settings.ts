import { useState } from 'react';
import * as z from 'zod/mini';
import { readLocal, writeLocal } from '../lib/storage';
import { useMe } from './console-context';

export const FONT_SIZES = [10, 11, 12, 13, 14, 16, 18, 20, 24] as const;

const schema = z.object({
  fontSize: z.catch(z.int().check(z.gte(FONT_SIZES[0]), z.lte(24)), 13),
  screenReader: z.catch(z.boolean(), false),
});

export type TerminalSettings = z.infer<typeof schema>;

/** How the person logged in likes terminals; kept in the browser, for each person apart (SES-295). */
export function useTerminalSettings(): [settings: TerminalSettings, change: (patch: Partial<TerminalSettings>) => void] {
  const key = `terminal.${useMe().uuid}`;
  const [settings, setSettings] = useState(() => readLocal(key, schema) ?? { fontSize: 13, screenReader: false });
  return [
    settings,
    (patch) => {
      const next = { ...settings, ...patch };
      setSettings(next);
      writeLocal(key, next);
    },
  ];
}

/** The next size up or down; null at the end. */
export function nextFontSize(size: number, step: 1 | -1): number | null {
  const candidates = step > 0 ? FONT_SIZES.filter((one) => one > size) : FONT_SIZES.filter((one) => one < size).toReversed();
  return candidates[0] ?? null;
}
