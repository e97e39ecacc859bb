import { EditOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import type { InputProps } from 'antd';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button';
import styles from './edit-in-place.module.css';
import { useErrorWords } from './error-words';
import { useSingleFlight } from './use-single-flight';

export interface EditInPlaceProps {
  /** What stands there while it is not edited. */
  children: ReactNode;
  /** What the pencil is called. */
  openLabel: string;
  /** Why it can't be edited now. */
  reason?: string | null;
  /** What the field begins with. */
  initial: string;
  fieldLabel: string;
  field?: Pick<InputProps, 'type' | 'inputMode' | 'min' | 'max' | 'maxLength'>;
  /** Below the field while nothing is wrong. */
  help?: string;
  /** What is wrong with a text; null = nothing. */
  check: (text: string) => string | null;
  /** Not called for the text that the field began with. What it rejects with is told below the field. */
  save: (text: string) => Promise<void>;
}

/** A value with a pencil: the field checks as typed and keeps what was typed when saving fails. */
export function EditInPlace(props: EditInPlaceProps) {
  const line = useRef<HTMLSpanElement>(null);
  const [editing, setEditing] = useState(false);
  const close = () => {
    setEditing(false);
    // The field goes away; who came by keyboard goes on from the pencil.
    requestAnimationFrame(() => line.current?.querySelector('button')?.focus());
  };
  if (editing) return <Field {...props} onClose={close} />;
  return (
    <span ref={line} className={styles.line}>
      {props.children}
      <ActionButton
        type="text"
        size="small"
        icon={<EditOutlined aria-hidden />}
        hint={props.openLabel}
        reason={props.reason}
        onClick={() => setEditing(true)}
      />
    </span>
  );
}

function Field({ initial, fieldLabel, field, help, check, save, onClose }: EditInPlaceProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const helpId = useId();
  // What it began with, though the value is told anew while it is edited.
  const [before] = useState(initial);
  const [text, setText] = useState(initial);
  const [error, setError] = useState<unknown>(null);
  const wrong = check(text);
  const problem = wrong ?? (error === null ? null : words(error).summary);
  const shown = problem ?? help;
  const [run, saving] = useSingleFlight(async () => {
    if (wrong !== null) return;
    try {
      if (text !== before) await save(text);
    } catch (cause) {
      setError(cause);
      return;
    }
    onClose();
  });
  return (
    <Form className={styles.form} onFinish={() => void run()}>
      <Form.Item className={styles.item} validateStatus={problem ? 'error' : undefined} help={shown ? <span id={helpId}>{shown}</span> : undefined}>
        <Input
          {...field}
          size="small"
          autoFocus
          value={text}
          aria-label={fieldLabel}
          aria-invalid={problem !== null}
          aria-describedby={shown ? helpId : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setError(null);
            setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // Only the field closes, not what lies around it.
            event.stopPropagation();
            if (!saving) onClose();
          }}
        />
      </Form.Item>
      <Button size="small" type="primary" htmlType="submit" loading={saving} disabled={wrong !== null}>
        {t('ui.edit.save')}
      </Button>
      <Button size="small" disabled={saving} onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </Form>
  );
}
