import { useState } from 'react';
import * as z from 'zod/mini';
import { readLocal, writeLocal } from '../../lib/storage';

/** Which panel of the frame is open; one at a time. */
export type FramePanel = 'palette' | 'notifications' | 'shortcuts' | 'about' | 'account' | 'menu' | null;

/** A yes-or-no setting of this browser. */
export function useKeptFlag(key: string, fallback: boolean): [value: boolean, set: (value: boolean) => void] {
  const [value, setValue] = useState(() => readLocal(key, z.boolean()) ?? fallback);
  return [
    value,
    (next) => {
      setValue(next);
      writeLocal(key, next);
    },
  ];
}
