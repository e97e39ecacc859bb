import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseButton } from '../../ui/close-button';
import styles from './bar.module.css';

export interface BarProps {
  label: string;
  tone: 'info' | 'warning' | 'error';
  icon: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  /** Without it the bar goes by itself when its cause does. */
  onClose?: () => void;
}

/** A line under the header that concerns every page. */
export function Bar({ label, tone, icon, children, action, onClose }: BarProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.bar} data-tone={tone} aria-label={label}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.text}>{children}</div>
      {action}
      {onClose && <CloseButton label={t('frame.bar.close', { name: label })} onClick={onClose} />}
    </section>
  );
}
