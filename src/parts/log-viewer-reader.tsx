import { DownloadOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isActive } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
import { paths } from '../lib/paths';
import { NativeSelect } from '../ui/native-select';
import { NARROW, useMedia } from '../ui/use-media';
import { useMe } from './console-context';
import { downloadLogs } from './log-viewer-download';
import { LogFacts } from './log-viewer-facts';
import { LogFilter } from './log-viewer-filter';
import { NO_QUERY, firstFrom } from './log-viewer-find';
import type { LogQuery } from './log-viewer-find';
import { LogFoot } from './log-viewer-foot';
import { LogKeysHint, useLogKeys } from './log-viewer-keys';
import { LogPane } from './log-viewer-pane';
import type { LogPaneHandle } from './log-viewer-pane';
import { LogProblems, paneMessage } from './log-viewer-problems';
import { countLevels, mergeLogs, nextProblem, rowOfAddress, rowsOf } from './log-viewer-rows';
import type { Merged, RowFilter } from './log-viewer-rows';
import { LogSearch } from './log-viewer-search';
import { ALL, TASK, choiceOf, choicesOf, useLastLook, useLogSources } from './log-viewer-sources';
import type { LogSource } from './log-viewer-sources';
import { useFind } from './log-viewer-use-find';
import styles from './log-viewer.module.css';

export interface LogReaderProps {
  session: SessionRow;
  /** From the address, so it may be anything; the same goes for the line. */
  kernel: string;
  line: string | null;
  onKernel: (kernelId: string) => void;
  onLine: (line: string | null) => void;
}

/** How one reads stays when another container is chosen; where one was does not. */
interface Reading {
  wrap: boolean;
  follow: boolean;
  query: LogQuery;
}

const EVERYTHING: RowFilter = { levels: new Set(), hiddenContainers: new Set() };

export function LogReader(props: LogReaderProps) {
  const me = useMe();
  const [reading, setReading] = useState<Reading>({ wrap: false, follow: true, query: NO_QUERY });
  const choice = choiceOf(props.kernel, props.session, me);
  const desk = useRef<HTMLDivElement>(null);
  // Opened to be read: the arrows and Page Up move the lines at once. Another container leaves the focus where it is.
  useEffect(() => desk.current?.querySelector<HTMLElement>('[role="region"]')?.focus({ preventScroll: true }), []);
  return (
    <div ref={desk} className={styles.desk}>
      <LogDesk key={choice} {...props} choice={choice} reading={reading} onReading={setReading} />
    </div>
  );
}

function useMerged(sources: readonly LogSource[]): Merged {
  const before = useRef<Merged | null>(null);
  // In the order of their times from the start: nothing is shown before all have answered.
  const answered = sources.every(({ answer, error }) => answer || error);
  before.current = mergeLogs(
    before.current,
    sources.map(({ log }) => (answered || before.current?.from.length ? log : null)),
  );
  return before.current;
}

interface LogDeskProps extends LogReaderProps {
  choice: string;
  reading: Reading;
  onReading: (reading: Reading) => void;
}

function LogDesk({ session, choice, line, reading, onReading, onKernel, onLine }: LogDeskProps) {
  const { t } = useTranslation();
  const me = useMe();
  const narrow = useMedia(NARROW);
  const { wrap, follow, query } = reading;
  const active = isActive(session.status);
  const sources = useLogSources(session, choice, active && follow);
  useLastLook(active, sources);
  const merged = useMerged(sources);
  const [filter, setFilter] = useState(EVERYTHING);
  const rows = useMemo(() => rowsOf(merged, filter), [merged, filter]);
  const counts = useMemo(() => countLevels(merged), [merged]);
  const found = useFind(rows, query, filter);
  const [hit, setHit] = useState<number | null>(null);

  const frame = useRef<HTMLDivElement>(null);
  const pane = useRef<LogPaneHandle>(null);
  const searchField = useRef<InputRef>(null);
  const lineField = useRef<InputRef>(null);
  const hostNames = sources.map(({ host }) => host).join('\n');
  const hosts = useMemo(() => hostNames.split('\n'), [hostNames]);
  const choices = choicesOf(session, me);

  const chosen = useMemo(() => rowOfAddress(rows, line, hosts), [rows, line, hosts]);
  const reached = useRef<string | null>(null);
  useEffect(() => {
    // Once for each address, as soon as the line is there.
    if (chosen === -1 || reached.current === line) return;
    reached.current = line;
    pane.current?.show(chosen);
  }, [chosen, line]);

  const chooseRow = (row: number, inSight = false) => {
    const address = `${hosts.length > 1 ? `${hosts[rows.container(row)] ?? ''}:` : ''}${rows.number(row)}`;
    if (inSight) reached.current = address;
    onLine(address);
  };
  const goTo = (next: number | null) => {
    setHit(next);
    const row = next === null ? undefined : found.hits.rows[next];
    if (row !== undefined) pane.current?.show(row);
  };
  const step = (by: 1 | -1) => {
    const total = found.hits.rows.length;
    if (total === 0) return;
    if (hit !== null && hit < total) return goTo((hit + by + total) % total);
    // The first one from where the reader is.
    const here = firstFrom(found.hits.rows, pane.current?.top() ?? 0);
    goTo(by > 0 ? here % total : (here - 1 + total) % total);
  };
  const search = (next: LogQuery) => {
    setHit(null);
    onReading({ ...reading, query: next });
  };
  // What is searched for shows its first hit; lines that come later do not move the reader.
  const shown = useRef<LogQuery | null>(null);
  useEffect(() => {
    if (found.state !== 'done' || shown.current === query) return;
    shown.current = query;
    const row = found.hits.rows[0];
    setHit(row === undefined ? null : 0);
    if (row !== undefined) pane.current?.show(row);
  }, [found, query]);

  useLogKeys(frame, {
    find: () => searchField.current?.focus({ cursor: 'all' }),
    goToLine: () => lineField.current?.focus({ cursor: 'all' }),
    step,
    problem(by) {
      const row = nextProblem(rows, chosen === -1 ? (pane.current?.top() ?? 0) : chosen, by);
      if (row !== -1) chooseRow(row);
    },
  });

  const fetching = sources.some((source) => source.fetching);
  const refetch = () => sources.forEach((source) => source.refetch());
  const options = [
    ...(choices.all ? [{ value: ALL, label: t('sessions.logs.all', { count: session.kernels.length }) }] : []),
    ...(choices.kernels || choices.task ? session.kernels.map((one) => ({ value: one.id, label: one.hostname || one.id })) : []),
    ...(choices.task ? [{ value: TASK, label: t('sessions.logs.task') }] : []),
  ];
  const none = merged.from.length === 0;
  const message = paneMessage(t, sources, { none, filtered: rows.count === 0 && !none });
  const label = choice === TASK ? t('sessions.logs.paneTask') : choice === ALL ? t('sessions.logs.paneAll') : t('sessions.logs.pane', { host: hosts[0] ?? '' });
  const downloadText = sources.length > 1 ? t('sessions.logs.downloadAll') : t('sessions.logs.download');
  const container = options.length > 0 ? <NativeSelect aria-label={t('sessions.logs.kernel')} value={choice} options={options} onChange={onKernel} /> : null;
  const searchBox = <LogSearch ref={searchField} query={query} found={found} hit={hit} onQuery={search} onStep={step} />;
  const filters = <LogFilter filter={filter} counts={counts} hosts={hosts} onFilter={setFilter} />;
  const actions = (
    <>
      <Button icon={<ReloadOutlined spin={fetching} aria-hidden />} aria-label={t('sessions.logs.refresh')} data-hint={t('sessions.logs.refresh')} onClick={refetch} />
      <Button icon={<DownloadOutlined aria-hidden />} aria-label={downloadText} data-hint={downloadText} disabled={none} onClick={() => downloadLogs(session.name, sources)}>
        {narrow ? null : downloadText}
      </Button>
      <LogKeysHint />
    </>
  );
  const switches = (
    <>
      <Checkbox checked={wrap} onChange={(event) => onReading({ ...reading, wrap: event.target.checked })}>
        {t('sessions.logs.wrap')}
      </Checkbox>
      {active ? (
        <Checkbox checked={follow} onChange={(event) => onReading({ ...reading, follow: event.target.checked })}>
          {t('sessions.logs.follow')}
        </Checkbox>
      ) : null}
    </>
  );
  return (
    <div ref={frame} className={styles.frame}>
      {narrow ? (
        <>
          <div className={styles.bar}>
            {container}
            <span className={styles.spacer} />
            {actions}
          </div>
          <div className={styles.bar}>{searchBox}</div>
          {filters}
          <div className={styles.bar}>{switches}</div>
        </>
      ) : (
        <>
          <div className={styles.bar}>
            {container}
            {searchBox}
            <span className={styles.spacer} />
            {actions}
          </div>
          <div className={styles.bar}>
            {filters}
            <span className={styles.spacer} />
            {switches}
          </div>
        </>
      )}
      <LogProblems session={session} sources={sources} />
      {sources.every(({ error, answer }) => error && !answer) ? (
        <span className={styles.spacer} />
      ) : (
        <LogPane
          ref={pane}
          rows={rows}
          hosts={hosts}
          withLevels={Object.keys(counts).length > 0}
          wrap={wrap}
          hits={found.hits}
          hit={hit}
          chosen={chosen}
          label={label}
          message={message}
          onChoose={(row) => chooseRow(row, true)}
        />
      )}
      <LogFoot
        ref={lineField}
        line={line}
        lineMissing={line !== null && chosen === -1 && !none}
        link={`${window.location.origin}${paths.sessions({ sessionDetail: session.id, logs: choice, line: line ?? undefined })}`}
        onLine={onLine}
      >
        <LogFacts sources={sources} merged={merged} shown={rows.count} active={active} />
      </LogFoot>
    </div>
  );
}
