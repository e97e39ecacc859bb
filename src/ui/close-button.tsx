import { CloseOutlined } from '@ant-design/icons';
import styles from './close-button.module.css';

export interface CloseButtonProps {
  label: string;
  /** Shown as its tip, where the cross alone may mean two things. */
  hint?: string;
  onClick: () => void;
}

/** The small cross of what lies over or beside the page. */
export function CloseButton({ label, hint, onClick }: CloseButtonProps) {
  return (
    <button type="button" className={styles.close} aria-label={label} data-hint={hint} onClick={onClick}>
      <CloseOutlined aria-hidden />
    </button>
  );
}
