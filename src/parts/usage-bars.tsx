import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../lib/quantities';
import { useFormat } from '../ui/use-format';
import styles from './usage-bars.module.css';
import type { UsageFigure } from './usage-stats';

function labelOf(t: TFunction, figure: UsageFigure): string {
  if (figure.key === 'cpu') return t('sessions.usage.cpu');
  if (figure.key === 'mem') return t('sessions.usage.memory');
  const kind = figure.kind?.toUpperCase() ?? figure.key;
  return figure.measure === 'percent' ? t('sessions.usage.util', { kind }) : t('sessions.usage.deviceMemory', { kind });
}

/** Small bars of what is used of what was given; each tells its figure in text as well (A11-03). */
export function UsageBars({ figures, detailed = false }: { figures: readonly UsageFigure[]; detailed?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (figures.length === 0) return <>-</>;
  return (
    <ul className={detailed ? styles.detailed : styles.list}>
      {figures.map((figure) => {
        const label = labelOf(t, figure);
        const percent = figure.percent === null ? '-' : format.percent(figure.percent / 100);
        const amount =
          figure.used === null
            ? percent
            : `${formatBytes(figure.used, format.locale)} / ${figure.total === null ? '-' : formatBytes(figure.total, format.locale)}`;
        return (
          <li key={figure.key} className={styles.row} title={figure.used === null ? `${label}: ${percent}` : `${label}: ${amount} (${percent})`}>
            <span className={styles.label}>{label}</span>
            <span className={styles.track} aria-hidden>
              <span className={styles.fill} data-high={(figure.percent ?? 0) >= 90 || undefined} style={{ inlineSize: `${figure.percent ?? 0}%` }} />
            </span>
            <span className={styles.value}>{detailed && figure.used !== null ? `${amount} · ${percent}` : percent}</span>
          </li>
        );
      })}
    </ul>
  );
}
