import { EyeInvisibleOutlined, EyeOutlined, WarningFilled } from '@ant-design/icons';
import { useId, useState } from 'react';
import type { ComponentProps, ReactNode, Ref } from 'react';
import styles from './login-fields.module.css';

/**
 * The fields of the log-in, on the browser's own elements: the kit's would bring as much script again as the rest
 * of the page (PER-01), and password managers know these best.
 */
export interface LoginFieldProps extends Omit<ComponentProps<'input'>, 'ref' | 'className'> {
  label: string;
  hint?: string;
  /** What is wrong with it, in words. */
  error?: ReactNode;
  /** Given and not to be changed; shown as such. */
  fixed?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** A button at the end of the field. */
  trailing?: ReactNode;
}

export function LoginField({ label, hint, error, fixed, inputRef, trailing, ...input }: LoginFieldProps) {
  const id = useId();
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.box} data-invalid={Boolean(error)} data-fixed={fixed}>
        <input
          {...input}
          id={id}
          ref={inputRef}
          className={styles.input}
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        {trailing}
      </div>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <div id={`${id}-error`} role="alert" className={styles.error}>
          <WarningFilled aria-hidden />
          <div>{error}</div>
        </div>
      )}
    </div>
  );
}

/** A field whose text can be shown by a toggle. */
export function SecretField({ showLabel, ...field }: LoginFieldProps & { showLabel: string }) {
  const [shown, setShown] = useState(false);
  return (
    <LoginField
      {...field}
      type={shown ? 'text' : 'password'}
      autoCorrect="off"
      trailing={
        <button
          type="button"
          className={styles.trailing}
          aria-label={showLabel}
          aria-pressed={shown}
          data-hint={showLabel}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />}
        </button>
      }
    />
  );
}
