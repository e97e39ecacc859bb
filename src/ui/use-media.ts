import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, followed live. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Below this the sidebar shows icons only (ACC-062). */
export const TIGHT = '(max-width: 1023px)';
/** Below this width the frame folds its sidebar away and dialogs take the whole screen. */
export const NARROW = '(max-width: 767px)';
