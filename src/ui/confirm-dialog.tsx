import { Form, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './confirm-dialog.module.css';
import { ErrorPanel } from './error-panel';
import { useReturnFocus } from './return-focus';
import { useSingleFlight } from './use-single-flight';

export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen, and to what. */
  children?: ReactNode;
  /** The deed, e.g. "Terminate": never just "OK". */
  confirmLabel: string;
  danger?: boolean;
  /** What can't be undone asks for this name to be typed. */
  typedName?: string;
  /** May be refused by the form inside `children`. */
  confirmDisabled?: boolean;
  /** The deed. What it throws is told here and the dialog stays; the caller shows nothing of it. */
  onConfirm: () => Promise<unknown> | unknown;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  // Closed, it keeps neither what was typed nor the last error.
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ title, children, confirmLabel, danger, typedName, confirmDisabled, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const fieldId = useId();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [confirm, running] = useSingleFlight(async () => {
    setError(null);
    try {
      await onConfirm();
    } catch (cause) {
      setError(cause);
      return;
    }
    onClose();
  });
  const named = typedName === undefined || typed === typedName;
  return (
    <Modal
      open
      title={title}
      okText={confirmLabel}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger, disabled: !named || confirmDisabled, loading: running }}
      cancelButtonProps={{ disabled: running }}
      onOk={() => void confirm()}
      onCancel={() => {
        if (!running) onClose();
      }}
      mask={{ closable: false }}
      width={480}
    >
      <div className={styles.body}>
        {children}
        {typedName !== undefined && (
          <Form layout="vertical" requiredMark={false} onFinish={() => named && void confirm()}>
            <Form.Item label={t('ui.confirm.typeName', { name: typedName })} htmlFor={fieldId} className={styles.typed}>
              <Input id={fieldId} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} autoFocus />
            </Form.Item>
          </Form>
        )}
        {error !== null && <ErrorPanel error={error} />}
      </div>
    </Modal>
  );
}
