import { useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import styles from './login-dialog.module.css';

/**
 * A question over everything else. The browser's own modal dialog: it keeps the focus inside, makes the page behind
 * it inert and gives the focus back, and lies over the kit's drawers and dialogs whatever is open.
 */
interface LoginDialogProps {
  title: string;
  lead?: ReactNode;
  /** Escape; left out where the dialog has to be answered. */
  onCancel?: () => void;
  children: ReactNode;
}

export function LoginDialog({ title, lead, onCancel, children }: LoginDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the effects of what is inside, which set the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return undefined;
    // Older browsers without modal dialogs show it in the flow.
    if (typeof element.showModal === 'function') element.showModal();
    else element.setAttribute('open', '');
    return () => element.close?.();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-modal
      aria-labelledby={`${id}-title`}
      aria-describedby={lead ? `${id}-lead` : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onCancel?.();
      }}
      // A browser closes after a second Escape even where the first was refused.
      onClose={(event) => {
        const element = event.currentTarget;
        if (event.target === element && element.isConnected && !element.open) element.showModal();
      }}
    >
      <h2 id={`${id}-title`} className={styles.title}>
        {title}
      </h2>
      {lead && (
        <p id={`${id}-lead`} className={styles.lead}>
          {lead}
        </p>
      )}
      {children}
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
