import { useEffect, useRef } from 'react';

export interface Shortcuts {
  /** By the character typed: `[`, `]`, `?`. */
  keys: Record<string, () => void>;
  /** Ctrl or ⌘ with K; works in fields too, as it types nothing. */
  palette: () => void;
  /** Single keys can be turned off (A11-05). */
  singleKeys: boolean;
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { keys, palette, singleKeys } = latest.current;
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        palette();
        return;
      }
      if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const run = keys[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

const typeless = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file', 'image']);

/** ACC-062: while typing, a key is a letter. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !typeless.has(target.type);
  return target.isContentEditable || target.matches('textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]');
}
