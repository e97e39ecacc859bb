import { useState, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { readLocal, writeLocal } from '../lib/storage';

/** Whether the end of long work is told outside the page too (UX-03). Nothing asks the browser until the user does. */
export type DesktopNotices = 'unsupported' | 'off' | 'on' | 'blocked';

const KEY = 'desktopNotices';
const listeners = new Set<() => void>();

function state(): DesktopNotices {
  if (typeof Notification === 'undefined') return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && readLocal(KEY, z.boolean()) === true ? 'on' : 'off';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDesktopNotices(): { notices: DesktopNotices; asking: boolean; set: (on: boolean) => Promise<void> } {
  const notices = useSyncExternalStore(subscribe, state);
  const [asking, setAsking] = useState(false);
  const set = async (on: boolean) => {
    if (on && Notification.permission === 'default') {
      setAsking(true);
      await Notification.requestPermission().catch(() => 'denied');
      setAsking(false);
    }
    writeLocal(KEY, on && Notification.permission === 'granted');
    for (const listener of listeners) listener();
  };
  return { notices, asking, set };
}

export interface DesktopNotice {
  title: string;
  body?: string;
  /** A later one of the same tag takes its place. */
  tag: string;
  onClick?: () => void;
}

/** Only for who is not looking: on the page itself the pop-up says it. */
export function tellDesktop({ title, body, tag, onClick }: DesktopNotice): void {
  if (state() !== 'on' || document.hasFocus()) return;
  try {
    const notice = new Notification(title, { body, tag });
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
      onClick?.();
    });
  } catch {
    // Browsers that leave it to service workers only refuse the constructor.
  }
}
