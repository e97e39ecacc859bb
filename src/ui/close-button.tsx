import { CloseOutlined } from '@ant-design/icons';
import styles from './close-button.module.css';

export interface CloseButtonProps {
  label: string;
  /** Shown on hover, where the cross alone may mean two things. */
  title?: string;
  onClick: () => void;
}

/** The small cross of what lies over or beside the page. */
export function CloseButton({ label, title, onClick }: CloseButtonProps) {
  return (
    <button type="button" className={styles.close} aria-label={label} title={title} onClick={onClick}>
      <CloseOutlined aria-hidden />
    </button>
  );
}
