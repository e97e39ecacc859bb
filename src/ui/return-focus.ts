import { useEffect, useRef, useState } from 'react';

/**
 * Brings the focus back to where it was when this was first drawn (A11-02): for dialogs that are taken away rather
 * than closed. Must be called by what comes and goes with the dialog.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  const there = useRef(false);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
      // After the dialog's own hold on the focus is gone.
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (there.current || !lost) return;
        // The opener may have gone too, such as a command that another dialog offered.
        const back = opener?.isConnected ? opener : document.querySelector('main[tabindex]');
        if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      }, 0);
    };
  }, [opener]);
}
