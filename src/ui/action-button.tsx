import { Button } from 'antd';
import type { ButtonProps } from 'antd';
import type { MouseEvent } from 'react';
import styles from './action-button.module.css';

export interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why the action is not allowed now. The button stays reachable, and tells. */
  reason?: string | null;
  /** What an icon-only button is called; also its tooltip. */
  hint?: string;
}

/** A button that, where it may not be used, says why (`hint.tsx`): to the pointer, the keyboard and the screen reader. */
export function ActionButton({ reason, hint, onClick, loading, ...rest }: ActionButtonProps) {
  const act = (event: MouseEvent<HTMLElement>) => {
    if (reason || loading) event.preventDefault();
    else onClick?.(event);
  };
  if (rest.type === 'text' && rest.size === 'small' && hint && rest.icon && !rest.children && loading === undefined) {
    return <IconButton {...rest} reason={reason} hint={hint} onClick={act} />;
  }
  return (
    <Button
      {...rest}
      loading={loading}
      aria-label={rest['aria-label'] ?? (rest.children ? undefined : hint)}
      aria-disabled={reason ? true : undefined}
      data-hint={reason ?? hint}
      data-unavailable={reason ? true : undefined}
      onClick={act}
    />
  );
}

/** The small ones of table rows: a plain button, for there are hundreds (PER-03). */
function IconButton({ reason, hint, icon, danger, className, id, onClick, 'aria-label': label, 'aria-pressed': pressed }: ActionButtonProps) {
  return (
    <button
      type="button"
      id={id}
      className={className ? `${styles.icon} ${className}` : styles.icon}
      data-danger={danger || undefined}
      data-hint={reason ?? hint}
      aria-label={label ?? hint}
      aria-pressed={pressed}
      aria-disabled={reason ? true : undefined}
      data-unavailable={reason ? true : undefined}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}
