import { BugOutlined, CloseCircleOutlined, EyeInvisibleOutlined, EyeOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format';
import { LOG_LEVELS } from './log-viewer-level';
import type { LogLevel } from './log-viewer-level';
import type { RowFilter } from './log-viewer-rows';
import styles from './log-viewer.module.css';

const icons: Record<LogLevel, ReactNode> = {
  error: <CloseCircleOutlined aria-hidden />,
  warning: <WarningOutlined aria-hidden />,
  info: <InfoCircleOutlined aria-hidden />,
  debug: <BugOutlined aria-hidden />,
};

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

interface LogFilterProps {
  filter: RowFilter;
  counts: Partial<Record<LogLevel, number>>;
  /** Containers to choose among; none where there is one only. */
  hosts: readonly string[];
  onFilter: (filter: RowFilter) => void;
}

/** Which levels, and which containers, are shown: each a switch with its number of lines. */
export function LogFilter({ filter, counts, hosts, onFilter }: LogFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const levels = LOG_LEVELS.filter((level) => counts[level] || filter.levels.has(level));
  if (levels.length === 0 && hosts.length < 2) return null;
  return (
    <div className={styles.filters}>
      {levels.length > 0 ? (
        <div role="group" aria-label={t('sessions.logs.levels')} className={styles.chips}>
          {levels.map((level) => {
            const name = t(`sessions.logs.onlyLevel.${level}`, { count: counts[level] ?? 0 });
            return (
              <button
                key={level}
                type="button"
                className={styles.chip}
                data-level={level}
                aria-pressed={filter.levels.has(level)}
                aria-label={name}
                data-hint={name}
                onClick={() => onFilter({ ...filter, levels: toggled(filter.levels, level) })}
              >
                {icons[level]}
                {format.number(counts[level] ?? 0)}
              </button>
            );
          })}
        </div>
      ) : null}
      {hosts.length > 1 ? (
        <div role="group" aria-label={t('sessions.logs.containers')} className={styles.chips}>
          {hosts.map((host, index) => (
            <button
              key={host}
              type="button"
              className={styles.chip}
              data-container
              aria-pressed={!filter.hiddenContainers.has(index)}
              data-hint={t('sessions.logs.showContainer', { host })}
              onClick={() => onFilter({ ...filter, hiddenContainers: toggled(filter.hiddenContainers, index) })}
            >
              {filter.hiddenContainers.has(index) ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
              {host}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
