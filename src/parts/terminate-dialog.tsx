import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionGraphQueries } from '../client/session-graph';
import type { RelatedSession } from '../client/session-graph';
import { isActive, ownerAccessKey } from '../client/session-rules';
import { sessionMutations } from '../client/sessions';
import type { Kernel, SessionRow } from '../client/sessions';
import { announce } from '../ui/announcer';
import { useErrorWords } from '../ui/error-words';
import { useReturnFocus } from '../ui/return-focus';
import { useSingleFlight } from '../ui/use-single-flight';
import { useMe } from './console-context';
import { StatusTag } from './status-tag';
import styles from './terminate-dialog.module.css';

export interface TerminateDialogProps {
  /** The very sessions to end, as they were when the dialog was asked for; [] = closed. */
  sessions: readonly SessionRow[];
  /** After each one that the manager accepted. */
  onTerminated?: (id: string) => void;
  onClose: () => void;
}

export function TerminateDialog(props: TerminateDialogProps) {
  return props.sessions.length > 0 ? <OpenDialog {...props} /> : null;
}

/**
 * SES-301…303 and SES-012: one dialog names all sessions, one DELETE goes out for each. What the manager refuses
 * stays in the list with its words; the others leave it, so that a second try asks only for the rest.
 */
function OpenDialog({ sessions, onTerminated, onClose }: TerminateDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const me = useMe();
  const words = useErrorWords();
  // A session that hangs in TERMINATING has been asked already: only force is left.
  const onlyForce = sessions.every((session) => session.status === 'TERMINATING');
  const [forced, setForced] = useState(onlyForce);
  const [recursive, setRecursive] = useState(false);
  const [left, setLeft] = useState(sessions);
  const dependents = useDependents(sessions.length === 1 ? sessions[0]?.id : undefined);
  const [refusals, setRefusals] = useState<Readonly<Record<string, unknown>>>({});
  const { mutateAsync } = useMutation(sessionMutations.terminate());

  const [terminate, running] = useSingleFlight(async () => {
    setRefusals({});
    const failed: Record<string, unknown> = {};
    await Promise.all(
      left.map(async (session) => {
        try {
          await mutateAsync({ id: session.id, forced, recursive: recursive && dependents.length > 0, ownerAccessKey: ownerAccessKey(session, me) });
          onTerminated?.(session.id);
        } catch (error) {
          failed[session.id] = error;
        }
      }),
    );
    const remaining = left.filter((session) => session.id in failed);
    const done = left.length - remaining.length;
    if (done > 0) announce(t('sessions.terminate.done', { count: done }));
    if (remaining.length === 0) return onClose();
    setLeft(remaining);
    setRefusals(failed);
  });

  const refused = Object.keys(refusals).length;
  const containers = left.flatMap((session) => session.kernels.filter((kernel) => kernel.agentId !== null));
  return (
    <Modal
      open
      title={t('sessions.terminate.title', { count: left.length })}
      okText={forced ? t('sessions.terminate.force') : t('sessions.terminate.action')}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: true, loading: running }}
      cancelButtonProps={{ disabled: running }}
      onOk={() => void terminate()}
      onCancel={() => {
        if (!running) onClose();
      }}
      mask={{ closable: false }}
      width={520}
    >
      <div className={styles.body}>
        {refused > 0 ? <Alert type="error" showIcon role="alert" title={t('sessions.terminate.refused', { count: refused })} /> : null}
        <ul className={styles.list} aria-label={t('sessions.terminate.list')} tabIndex={0}>
          {left.map((session) => (
            <li key={session.id} className={styles.item}>
              <span className={styles.name}>{session.name}</span>
              <StatusTag status={session.status} />
              {session.id in refusals ? <span className={styles.reason}>{words(refusals[session.id]).summary}</span> : null}
            </li>
          ))}
        </ul>
        <p className={styles.text}>{t('sessions.terminate.warning')}</p>
        <div>
          <Checkbox checked={forced} disabled={onlyForce || running} onChange={(event) => setForced(event.target.checked)}>
            {t('sessions.terminate.forceLabel')}
          </Checkbox>
          {onlyForce ? <p className={styles.note}>{t('sessions.terminate.onlyForce')}</p> : null}
        </div>
        {dependents.length > 0 ? (
          <div>
            <Checkbox checked={recursive} disabled={running} onChange={(event) => setRecursive(event.target.checked)}>
              {t('sessions.terminate.recursive', { count: dependents.length })}
            </Checkbox>
            <p className={styles.note}>{t('sessions.terminate.dependents', { names: dependents.map(({ name }) => name).join(', ') })}</p>
          </div>
        ) : null}
        {forced ? <Alert type="warning" showIcon title={t('sessions.terminate.forceWarning')} /> : null}
        {forced && me.role === 'superadmin' && containers.length > 0 ? (
          <details open>
            <summary>{t('sessions.terminate.containers', { count: containers.length })}</summary>
            <ul className={styles.containers}>
              {byAgent(containers).map(([agent, kernels]) => (
                <li key={agent}>
                  <code>{agent}</code>
                  <ul>
                    {kernels.map((kernel) => (
                      <li key={kernel.id}>
                        {kernel.hostname} · <code>{kernel.containerId ?? '-'}</code>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </Modal>
  );
}

/** SES-302: whoever cleans up goes from agent to agent. */
function byAgent(kernels: readonly Kernel[]): [agent: string, kernels: Kernel[]][] {
  const groups = new Map<string, Kernel[]>();
  for (const kernel of kernels) groups.set(kernel.agentId ?? '-', [...(groups.get(kernel.agentId ?? '-') ?? []), kernel]);
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

/** Those that wait for the session, directly or behind another one, and are not over (SES-C06 `recursive`). */
function useDependents(id: string | undefined): RelatedSession[] {
  const { data } = useQuery({ ...sessionGraphQueries.of(id ?? ''), enabled: id !== undefined });
  const found = new Map<string, RelatedSession>();
  const gather = (sessions: readonly RelatedSession[]) => {
    for (const session of sessions) {
      if (isActive(session.status)) found.set(session.id, session);
      gather(session.next);
    }
  };
  gather(data?.dependents ?? []);
  return [...found.values()];
}
