import styles from './progress-bar.module.css';
import { useFormat } from './use-format';

/** `value` 0…100, or null while the amount is not known. */
export function ProgressBar({ value, label }: { value: number | null; label: string }) {
  const format = useFormat();
  const known = value !== null && Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : null;
  return (
    <div className={styles.root}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known === null ? undefined : Math.round(known)}
        className={styles.track}
        data-unknown={known === null || undefined}
      >
        <div className={styles.fill} style={known === null ? undefined : { inlineSize: `${known}%` }} />
      </div>
      {known !== null && <span className={styles.number}>{format.percent(known / 100)}</span>}
    </div>
  );
}
