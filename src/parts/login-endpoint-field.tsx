import { CloseOutlined, DownOutlined } from '@ant-design/icons';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { endpointHistory } from './login-endpoint';
import { LoginField } from './login-fields';
import fieldStyles from './login-fields.module.css';
import styles from './login-endpoint-field.module.css';

interface EndpointFieldProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  hint?: string;
  error?: ReactNode;
  readOnly: boolean;
  inputRef: Ref<HTMLInputElement>;
}

/** The typed endpoint with the last five under a disclosure, each with its own delete button (ACC-012). */
export function EndpointField({ value, onChange, ...field }: EndpointFieldProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [known, setKnown] = useState(() => endpointHistory.list());
  const listId = useId();
  const container = useRef<HTMLDivElement>(null);
  const shown = open && known.length > 0;
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !shown) return;
    // A dialog around it stays open.
    event.preventDefault();
    setOpen(false);
    container.current?.querySelector('input')?.focus();
  };

  return (
    <div ref={container}>
      <LoginField
        {...field}
        name="endpoint"
        type="url"
        inputMode="url"
        autoComplete="url"
        placeholder={t('login.endpointPlaceholder')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={closeOnEscape}
        trailing={
          known.length > 0 && (
            <button
              type="button"
              className={fieldStyles.trailing}
              aria-label={t('login.recentEndpoints')}
              data-hint={t('login.recentEndpoints')}
              aria-expanded={shown}
              aria-controls={shown ? listId : undefined}
              onClick={() => setOpen(!shown)}
              onKeyDown={closeOnEscape}
            >
              <DownOutlined aria-hidden />
            </button>
          )
        }
      />
      {shown && (
        <ul id={listId} className={styles.list} aria-label={t('login.recentEndpoints')}>
          {known.map((endpoint) => (
            <li key={endpoint} className={styles.entry}>
              <button
                type="button"
                className={styles.choose}
                onKeyDown={closeOnEscape}
                aria-current={endpoint === value.trim() ? true : undefined}
                onClick={() => {
                  onChange(endpoint);
                  setOpen(false);
                }}
              >
                {endpoint}
              </button>
              <button
                type="button"
                className={fieldStyles.trailing}
                onKeyDown={closeOnEscape}
                aria-label={t('login.forgetEndpoint', { endpoint })}
                data-hint={t('login.forgetEndpoint', { endpoint })}
                onClick={() => {
                  endpointHistory.forget(endpoint);
                  setKnown(endpointHistory.list());
                  // The button that had the focus is gone.
                  container.current?.querySelector('input')?.focus();
                }}
              >
                <CloseOutlined aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
