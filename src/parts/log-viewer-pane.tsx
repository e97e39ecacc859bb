import { VerticalAlignBottomOutlined } from '@ant-design/icons';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format';
import { hitsOfRow } from './log-viewer-find';
import type { LogHits } from './log-viewer-find';
import { LONGEST, LogLineText } from './log-viewer-line';
import type { Mark } from './log-viewer-line';
import type { LogRows } from './log-viewer-rows';
import type { LogLine } from './log-viewer-text';
import styles from './log-viewer-pane.module.css';

export interface LogPaneHandle {
  show: (row: number) => void;
  showEnd: () => void;
  /** The first row that is in sight. */
  top: () => number;
}

interface LogPaneProps {
  ref: Ref<LogPaneHandle>;
  rows: LogRows;
  /** Names of the containers; lines are marked with them where there are several. */
  hosts: readonly string[];
  /** Letters for levels, where any line has one. */
  withLevels: boolean;
  wrap: boolean;
  hits: LogHits;
  /** Number of the current hit. */
  hit: number | null;
  /** The row that the address names; -1 for none. */
  chosen: number;
  label: string;
  /** Instead of rows. */
  message: string | null;
  onChoose: (row: number) => void;
}

const LINE_HEIGHT = 20;
/** How near to the end counts as "at the end". */
const NEAR = 2 * LINE_HEIGHT;
const HUES = 6;
const NO_MARKS: readonly Mark[] = [];

function marksOf(hits: LogHits, hit: number | null, row: number): readonly Mark[] {
  if (hits.rows.length === 0) return NO_MARKS;
  const { first, end } = hitsOfRow(hits, row);
  if (first === end) return NO_MARKS;
  return Array.from({ length: end - first }, (_, index) => ({ from: hits.from[first + index] ?? 0, to: hits.to[first + index] ?? 0, current: first + index === hit }));
}

interface RowProps {
  line: LogLine;
  number: number;
  digits: number;
  host: string | null;
  hostWidth: number;
  hue: number;
  withLevels: boolean;
  marks: readonly Mark[];
  onChoose: () => void;
}

const Row = memo(
  function Row({ line, number, digits, host, hostWidth, hue, withLevels, marks, onChoose }: RowProps) {
    const { t } = useTranslation();
    return (
      <>
        <span className={styles.gutter}>
          {withLevels ? (
            line.level === null ? (
              <span className={styles.level} />
            ) : (
              <span className={styles.level} role="img" aria-label={t(`sessions.logs.level.${line.level}`)} title={t(`sessions.logs.level.${line.level}`)} data-level={line.level}>
                {line.level.charAt(0).toUpperCase()}
              </span>
            )
          ) : null}
          {host === null ? null : (
            <span className={styles.host} data-hue={hue} style={{ width: `${hostWidth}ch` }}>
              {host}
            </span>
          )}
          {/* The line field below does the same by keyboard, so that a hundred numbers are no stops on the way. */}
          <button type="button" tabIndex={-1} className={styles.number} style={{ width: `${digits}ch` }} title={t('sessions.logs.chooseLine', { line: number })} onClick={onChoose}>
            {number}
          </button>
        </span>
        <span className={styles.text}>
          <LogLineText line={line} marks={marks} />
        </span>
      </>
    );
  },
  (before, after) =>
    before.line === after.line &&
    before.number === after.number &&
    before.digits === after.digits &&
    before.host === after.host &&
    before.hostWidth === after.hostWidth &&
    before.withLevels === after.withLevels &&
    before.marks === NO_MARKS &&
    after.marks === NO_MARKS,
);

/** Some forty rows of however many (PER-05). New lines move only a reader who is at the end. */
export function LogPane({ ref, rows, hosts, withLevels, wrap, hits, hit, chosen, label, message, onChoose }: LogPaneProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(0);
  const view = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
    // A pane that is not laid out yet counts as a usual one, so that its first rows are there at once.
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) => report(rect.height > 0 ? rect : { width: 960, height: 560 })),
  });
  const showEnd = () => {
    setAtEnd(true);
    view.scrollToIndex(rows.count - 1, { align: 'end' });
  };
  const top = () => view.getVirtualItemForOffset(scroller.current?.scrollTop ?? 0)?.index ?? 0;
  useImperativeHandle(ref, () => ({
    show(row) {
      inSight.current = false;
      const { scrollHeight = 0, clientHeight = 0 } = scroller.current ?? {};
      // Where all is in sight one is at the end, whatever line is meant.
      if (scrollHeight - clientHeight > NEAR) {
        setAtEnd(false);
        setSeen(rows.count);
      }
      view.scrollToIndex(row, { align: 'center' });
    },
    showEnd,
    top,
  }));
  // A hit far to the right of a long line is brought into sight, once, as soon as its row is drawn.
  const inSight = useRef(true);
  useEffect(() => {
    const mark = inSight.current ? null : scroller.current?.querySelector('[data-current]');
    if (!mark) return;
    inSight.current = true;
    mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  // Where the reader is, by a line rather than by pixels: rows above may go, by a filter or cut off at the front.
  const place = useRef<{ container: number; number: number } | null>(null);
  const stay = useRef(() => {});
  stay.current = () => {
    if (rows.count === 0) return;
    if (atEnd) {
      view.scrollToIndex(rows.count - 1, { align: 'end' });
      return;
    }
    if (!place.current) return;
    const { container, number } = place.current;
    const now = top();
    if (now < rows.count && rows.container(now) === container && rows.number(now) === number) return;
    let row = rows.rowOf(container, number);
    // Filtered away: the next one of its container that is shown.
    for (let next = 0; row === -1 && next < rows.count; next += 1) if (rows.container(next) === container && rows.number(next) > number) row = next;
    view.scrollToIndex(row === -1 ? rows.count - 1 : row, { align: 'start' });
  };
  useLayoutEffect(() => stay.current(), [rows]);
  // Wrapped or not, every row has another height: the one that was first is so again, or the last one the last.
  const remeasure = useRef(() => {});
  remeasure.current = () => {
    view.measure();
    if (rows.count === 0) return;
    const first = atEnd || !place.current ? -1 : rows.rowOf(place.current.container, place.current.number);
    if (first === -1) view.scrollToIndex(rows.count - 1, { align: 'end' });
    else view.scrollToIndex(first, { align: 'start' });
  };
  useLayoutEffect(() => remeasure.current(), [wrap]);

  const digits = String(rows.count > 0 ? Math.max(rows.number(rows.count - 1), rows.count) : 0).length;
  const longest = useMemo(() => {
    let most = 0;
    for (let row = 0; row < rows.count; row += 1) most = Math.max(most, rows.text(row).length);
    return Math.min(most, LONGEST + 40);
  }, [rows]);
  const hostWidth = hosts.length > 1 ? Math.min(16, Math.max(...hosts.map((host) => host.length))) : 0;
  const added = atEnd ? 0 : rows.count - seen;
  return (
    <div className={styles.shell}>
      <div
        ref={scroller}
        className={styles.pane}
        role="region"
        aria-label={label}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          const first = top();
          place.current = rows.count > 0 ? { container: rows.container(first), number: rows.number(first) } : null;
          const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
          if (isAtEnd === atEnd) return;
          setAtEnd(isAtEnd);
          setSeen(rows.count);
        }}
      >
        {message === null ? (
          <div className={wrap ? `${styles.rows} ${styles.rowsWrapped}` : styles.rows} style={{ height: view.getTotalSize(), minWidth: wrap ? undefined : `calc(${longest + digits + hostWidth}ch + 80px)` }}>
            {view.getVirtualItems().map(({ index, start, key }) => {
              const line = rows.line(index);
              const container = rows.container(index);
              return line === undefined ? null : (
                <div
                  key={key}
                  ref={wrap ? view.measureElement : undefined}
                  data-index={index}
                  data-chosen={index === chosen || undefined}
                  data-level={line.level ?? undefined}
                  className={styles.row}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <Row
                    line={line}
                    number={rows.number(index)}
                    digits={digits}
                    host={hosts.length > 1 ? (hosts[container] ?? '') : null}
                    hostWidth={hostWidth}
                    hue={container % HUES}
                    withLevels={withLevels}
                    marks={marksOf(hits, hit, index)}
                    onChoose={() => onChoose(index)}
                  />
                </div>
              );
            })}
          </div>
        ) : (
          <div className={styles.message}>{message}</div>
        )}
      </div>
      {message === null && !atEnd ? (
        <button type="button" className={styles.toEnd} onClick={showEnd}>
          <VerticalAlignBottomOutlined aria-hidden />
          {added > 0 ? t('sessions.logs.newLines', { count: added, total: format.number(added) }) : t('sessions.logs.end')}
        </button>
      ) : null}
    </div>
  );
}
