import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseButton } from './close-button';
import { useErrorWords } from './error-words';
import styles from './toast.module.css';

export type ToastKind = 'success' | 'info' | 'error';

interface Toast {
  id: number;
  kind: ToastKind;
  text: string;
}

const SECONDS: Record<ToastKind, number> = { success: 5, info: 6, error: 12 };
const MAX_SHOWN = 4;

let toasts: readonly Toast[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function save(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function show(kind: ToastKind, text: string): void {
  const others = toasts.filter((toast) => toast.kind !== kind || toast.text !== text);
  save([...others, { id: ++counter, kind, text }].slice(-MAX_SHOWN));
}

function remove(id: number): void {
  save(toasts.filter((toast) => toast.id !== id));
}

/** At log-out: they may name what was somebody's (SEC-08). */
export function forgetToasts(): void {
  save([]);
}

export interface ToastApi {
  success: (text: string) => void;
  info: (text: string) => void;
  /** With an error it says in words what happened: `toast.error(t('…failed'), error)`. */
  error: (text: string, cause?: unknown) => void;
}

/** Short news that needs no answer. What must be found again belongs to the notifications. */
export function useToast(): ToastApi {
  const words = useErrorWords();
  return {
    success: (text) => show('success', text),
    info: (text) => show('info', text),
    error: (text, cause) => show('error', cause === undefined ? text : `${text} ${words(cause).summary}`),
  };
}

/** Draws the toasts; one on the page. Both regions exist from the start, so that what enters is announced. */
export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className={styles.stack}>
      <div role="alert" className={styles.region}>
        {shown.filter((toast) => toast.kind === 'error').map((toast) => <ToastCard key={toast.id} toast={toast} />)}
      </div>
      <div role="status" className={styles.region}>
        {shown.filter((toast) => toast.kind !== 'error').map((toast) => <ToastCard key={toast.id} toast={toast} />)}
      </div>
    </div>
  );
}

const icons = { success: CheckCircleFilled, info: InfoCircleFilled, error: CloseCircleFilled };

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => remove(toast.id), SECONDS[toast.kind] * 1000);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const Icon = icons[toast.kind];
  return (
    <div
      className={styles.card}
      data-kind={toast.kind}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className={styles.icon} aria-hidden />
      <span className={styles.text}>{toast.text}</span>
      <CloseButton label={t('ui.toast.close')} onClick={() => remove(toast.id)} />
    </div>
  );
}
