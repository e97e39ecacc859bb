import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input, Modal, Skeleton } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportOnServer, exportQueries, readAllSessions } from '../../client/session-export';
import { csvFileName, csvText } from '../../lib/csv';
import { useConsole } from '../../parts/console-context';
import { ErrorPanel } from '../../ui/error-panel';
import { ProgressBar } from '../../ui/progress-bar';
import { useReturnFocus } from '../../ui/return-focus';
import { saveText } from '../../ui/save-file';
import { useToast } from '../../ui/toast';
import { useSingleFlight } from '../../ui/use-single-flight';
import { exportColumns } from './export-columns';
import styles from './export-dialog.module.css';
import { commonFields, offeredScopes, serverQuestion, serverScopeFor } from './export-plan';
import type { ExportScope } from './export-plan';
import type { ListState } from './list-params';

const MOST_LETTERS = 255;
/** Tells spreadsheets that the text is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

export interface ExportDialogProps {
  state: ListState;
  /** The list's conditions in the manager's filter language. */
  filter: string;
  agentsShown: boolean;
  onClose: () => void;
}

/** SES-015: file name and columns; the file is made by the server where it can be, else page by page here. */
export function ExportDialog({ state, filter, agentsShown, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const nameId = useId();
  const problemId = useId();
  const toast = useToast();
  const facts = useConsole();
  const { me, project } = facts;
  const scopes = offeredScopes(me);
  const [scope, setScope] = useState<ExportScope>('list');
  const question = serverQuestion(state);
  const server = serverScopeFor(scope, me, project.id, question.untold);

  const { data: fields, error: fieldsError, refetch, isFetching } = useQuery({
    ...exportQueries.fields(),
    enabled: server !== null && me.role === 'superadmin',
  });
  const [now] = useState(() => Date.now());
  const own = exportColumns(t, facts, agentsShown, now);
  const choices =
    server === null
      ? own.map(({ key, title }) => ({ key, title }))
      : me.role === 'superadmin'
        ? fields?.map(({ key, name, description }) => ({ key, title: name, hint: description }))
        : commonFields.map((key) => ({ key, title: key }));
  const kind = server === null ? 'console' : 'server';
  const [chosen, setChosen] = useState<Record<string, readonly string[]>>({});
  const usual = server === null ? own.map(({ key }) => key) : (choices ?? []).map(({ key }) => key).filter((key) => commonFields.includes(key));
  const columns = chosen[kind] ?? usual;

  const [name, setName] = useState(() => `sessions-${new Date(now).toISOString().slice(0, 10)}`);
  const problem = name.trim() === '' ? t('sessions.export.nameRequired') : name.length > MOST_LETTERS ? t('sessions.export.nameTooLong', { count: MOST_LETTERS }) : null;
  const [progress, setProgress] = useState<{ read: number; total: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const [run, running] = useSingleFlight(async () => {
    if (problem !== null || columns.length === 0) return;
    const abort = new AbortController();
    controller.current = abort;
    setError(null);
    setProgress(null);
    const fileName = csvFileName(name);
    try {
      let missed = 0;
      let text: string;
      if (server === null) {
        const list = { projectId: project.id, type: state.type, finished: state.status === 'finished', order: state.order, filter, withDependencies: columns.includes('dependencies') };
        const read = await readAllSessions(list, (done, total) => setProgress({ read: done, total }), abort.signal);
        const shown = own.filter(({ key }) => columns.includes(key));
        text = BYTE_ORDER_MARK + csvText([shown.map(({ title }) => title), ...read.rows.map((row) => shown.map(({ value }) => value(row)))]);
        missed = read.missed;
      } else {
        // In the order in which the server lists its columns, not in that of the clicks.
        const asked = (choices ?? []).map(({ key }) => key).filter((key) => columns.includes(key));
        text = await exportOnServer(server, { fields: asked, filter: question.filter, order: question.order, encoding: 'utf-8' }, fileName, abort.signal);
      }
      saveText(text, fileName, 'text/csv');
      if (missed > 0) toast.info(t('sessions.export.missed', { count: missed }));
      else toast.success(t('sessions.export.done', { name: fileName }));
      onClose();
    } catch (cause) {
      if (!abort.signal.aborted) setError(cause);
    }
  });
  const cancel = () => {
    controller.current?.abort();
    if (!running) onClose();
  };

  return (
    <Modal
      open
      title={t('sessions.export.title')}
      onCancel={cancel}
      mask={{ closable: false }}
      width={560}
      footer={[
        <Button key="cancel" onClick={cancel}>
          {running ? t('sessions.export.stop') : t('common.cancel')}
        </Button>,
        <Button key="run" type="primary" loading={running} disabled={problem !== null || columns.length === 0} onClick={() => void run()}>
          {t('sessions.export.action')}
        </Button>,
      ]}
    >
      <Form layout="vertical" requiredMark={false} className={styles.form} onFinish={() => void run()}>
        <Form.Item label={t('sessions.export.name')} htmlFor={nameId} validateStatus={problem ? 'error' : undefined} help={problem ? <span id={problemId}>{problem}</span> : undefined}>
          <Input
            id={nameId}
            value={name}
            suffix=".csv"
            disabled={running}
            aria-required
            aria-invalid={problem !== null}
            aria-describedby={problem ? problemId : undefined}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </Form.Item>
        {scopes.length > 1 ? (
          <fieldset className={styles.group} disabled={running}>
            <legend>{t('sessions.export.scope')}</legend>
            {scopes.map((one) => (
              <label key={one} className={styles.choice}>
                <input type="radio" name="export-scope" checked={one === scope} onChange={() => setScope(one)} />
                {t(`sessions.export.scopes.${one}`, { project: project.name })}
              </label>
            ))}
          </fieldset>
        ) : null}
        <p className={styles.note}>{t(`sessions.export.madeBy.${kind}`)}</p>
        {server !== null && question.untold.length > 0 ? (
          <Alert type="warning" showIcon title={t('sessions.export.untold', { filters: question.untold.join(', '), count: question.untold.length })} />
        ) : null}
        {fieldsError && server !== null && fields === undefined ? (
          <ErrorPanel error={fieldsError} title={t('sessions.export.fieldsFailed')} onRetry={() => void refetch()} retrying={isFetching} />
        ) : choices === undefined ? (
          <Skeleton active paragraph={{ rows: 4 }} title={false} />
        ) : (
          <fieldset className={styles.group} disabled={running}>
            <legend>{t('sessions.export.columns')}</legend>
            <Checkbox
              checked={columns.length === choices.length}
              indeterminate={columns.length > 0 && columns.length < choices.length}
              disabled={running}
              onChange={(event) => setChosen({ ...chosen, [kind]: event.target.checked ? choices.map(({ key }) => key) : [] })}
            >
              {t('sessions.export.allColumns')}
            </Checkbox>
            <div className={styles.columns}>
              {choices.map(({ key, title, hint }: { key: string; title: string; hint?: string }) => (
                <span key={key} data-hint={hint}>
                  <Checkbox
                    checked={columns.includes(key)}
                    disabled={running}
                    onChange={(event) => setChosen({ ...chosen, [kind]: event.target.checked ? [...columns, key] : columns.filter((other) => other !== key) })}
                  >
                    {title}
                  </Checkbox>
                </span>
              ))}
            </div>
            {columns.length === 0 ? <p role="alert">{t('sessions.export.noColumns')}</p> : null}
          </fieldset>
        )}
        {running ? (
          <div>
            <ProgressBar value={progress === null || progress.total === 0 ? null : (progress.read / progress.total) * 100} label={t('sessions.export.progress')} />
            {progress ? <p className={styles.note}>{t('sessions.export.read', { read: progress.read, count: progress.total })}</p> : null}
          </div>
        ) : null}
        {error !== null ? <ErrorPanel error={error} title={t('sessions.export.failed')} /> : null}
      </Form>
    </Modal>
  );
}
