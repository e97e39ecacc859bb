import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from './native-select';
import styles from './pager.module.css';
import { useFormat } from './use-format';

export interface PagerProps {
  /** From 1. */
  page: number;
  pageSize: number;
  /** All rows of the question; undefined while unknown. */
  total: number | undefined;
  onChange: (page: number, pageSize: number) => void;
  pageSizes?: readonly number[];
}

const SIZES = [10, 20, 50, 100];

export function Pager({ page, pageSize, total, onChange, pageSizes = SIZES }: PagerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const last = Math.max(1, Math.ceil((total ?? 0) / pageSize));
  const from = Math.min((page - 1) * pageSize + 1, total ?? 0);
  const to = Math.min(page * pageSize, total ?? 0);
  return (
    <nav className={styles.root} aria-label={t('ui.pager.label')}>
      <span className={styles.range} aria-live="polite">
        {total === undefined ? null : total === 0 ? t('ui.pager.none') : t('ui.pager.range', { from: format.number(from), to: format.number(to), count: total, total: format.number(total) })}
      </span>
      <ul className={styles.pages}>
        <li>
          <button type="button" className={styles.page} disabled={page <= 1} aria-label={t('ui.pager.previous')} onClick={() => onChange(page - 1, pageSize)}>
            <LeftOutlined aria-hidden />
          </button>
        </li>
        {pagesAround(page, last).map((item, index) =>
          item === null ? (
            <li key={`gap${index}`} className={styles.gap} aria-hidden>
              …
            </li>
          ) : (
            <li key={item}>
              <button
                type="button"
                className={styles.page}
                aria-current={item === page ? 'page' : undefined}
                aria-label={t('ui.pager.page', { page: format.number(item) })}
                onClick={() => onChange(item, pageSize)}
              >
                {format.number(item)}
              </button>
            </li>
          ),
        )}
        <li>
          <button type="button" className={styles.page} disabled={page >= last} aria-label={t('ui.pager.next')} onClick={() => onChange(page + 1, pageSize)}>
            <RightOutlined aria-hidden />
          </button>
        </li>
      </ul>
      <NativeSelect
        aria-label={t('ui.pager.size')}
        value={String(pageSize)}
        options={pageSizes.map((size) => ({ value: String(size), label: t('ui.pager.perPage', { count: size }) }))}
        onChange={(size) => onChange(1, Number(size))}
        className={styles.size}
      />
    </nav>
  );
}

/** First, last and the neighbours of the current page; null stands for a gap. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, last])].filter((item) => item >= 1 && item <= last).sort((a, b) => a - b);
  const result: (number | null)[] = [];
  for (const item of wanted) {
    const before = result.at(-1);
    if (typeof before === 'number' && item - before === 2) result.push(before + 1);
    else if (typeof before === 'number' && item - before > 2) result.push(null);
    result.push(item);
  }
  return result;
}
