import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import styles from './fit-mark.module.css';
import type { Fit } from './launch-forecast';

const icons = { now: CheckCircleFilled, queue: ClockCircleFilled, never: CloseCircleFilled };

/** Beside a choice: whether it starts now, would wait, or never fits (UX-08). */
export function FitMark({ fit, text }: { fit: Fit | null; text?: string }) {
  const { t } = useTranslation();
  if (fit === null) return null;
  const Icon = icons[fit];
  return (
    <span className={styles.mark} data-fit={fit}>
      <Icon aria-hidden /> {text ?? t(`launcher.fit.${fit}`)}
    </span>
  );
}
