import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { can } from '../client/capabilities';
import { isChecked } from '../client/idle-rules';
import type { SessionRow } from '../client/sessions';
import { scaleSlots } from '../client/slots';
import { ByteText } from '../ui/byte-text';
import { CopyText } from '../ui/copy-text';
import { TimeText } from '../ui/time-text';
import { useAgentsShown, useConsole } from './console-context';
import { IdleChecksFact } from './idle-checks';
import { describeReference } from './image-names';
import { AmountsText } from './session-amounts';
import styles from './session-drawer.module.css';
import { SessionElapsed } from './session-elapsed';
import { SessionStatus } from './session-explanation';
import { reasonText } from './session-explanation-words';
import { SessionPriority } from './session-priority';
import { ResultTag } from './status-tag';
import { useFolderNames } from './use-folder-names';
import { Waiting } from './waiting';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The type in words; one that we do not know as the manager writes it. */
export function SessionTypeText({ type }: { type: string }) {
  const { t } = useTranslation();
  const known = (['interactive', 'batch', 'inference', 'system'] as const).find((one) => one === type);
  return <>{known ? t(`sessions.type.${known}`) : type}</>;
}

export function ClusterModeText({ mode, size }: { mode: string; size: number }) {
  const { t } = useTranslation();
  const words =
    mode === 'single-node' ? t('sessions.cluster.singleNode') : mode === 'multi-node' ? t('sessions.cluster.multiNode') : mode;
  return <>{t('sessions.cluster.withSize', { mode: words, count: size })}</>;
}

function StatusFact({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const waits = session.status === 'PENDING';
  const reason = session.statusInfo && !waits ? reasonText(t, session.statusInfo) : null;
  return (
    <>
      <SessionStatus session={session} compact />
      {reason ? <div className={styles.note}>{reason}</div> : null}
      {waits ? <Waiting session={session} /> : null}
    </>
  );
}

function EnvironmentFact({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  if (session.image === null) return <>-</>;
  const { title, version, tags } = describeReference(session.image.name);
  return (
    <>
      <div>
        {title} {version}
        {tags.length > 0 ? <span className={styles.note}> · {tags.join(' · ')}</span> : null}
      </div>
      <CopyText text={`${session.image.name}@${session.image.architecture}`} label={t('sessions.detail.imageName')} mono />
    </>
  );
}

function MountedFolders({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const names = useFolderNames(session);
  if (session.folders.length === 0) return <>{t('sessions.detail.noFolders')}</>;
  return (
    <ul className={styles.folders}>
      {session.folders.map((folder) => (
        <li key={folder}>{names[folder] ?? folder}</li>
      ))}
    </ul>
  );
}

/** SES-250: the fields of the panel, as far as they tell something about this session to this person. */
export function SessionFacts({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const { me, projects } = useConsole();
  const admin = me.role !== 'user';
  const agentsShown = useAgentsShown();
  const batch = session.type === 'batch';
  const project = projects.find(({ id }) => id === session.projectId)?.name ?? session.projectId;
  const amounts = session.status === 'PENDING' ? session.requestedSlots : session.occupiedSlots;
  return (
    <dl className={styles.facts}>
      <Fact label={t('sessions.field.id')}>
        <CopyText text={session.id} label={t('sessions.field.id')} mono />
      </Fact>
      {admin ? (
        <Fact label={t('sessions.field.user')}>
          {session.ownerEmail ?? session.userId ?? '-'}
          {session.ownerEmail && session.userId ? <div className={styles.note}>{session.userId}</div> : null}
        </Fact>
      ) : null}
      {admin ? <Fact label={t('sessions.field.accessKey')}>{session.accessKey ?? '-'}</Fact> : null}
      {admin ? <Fact label={t('sessions.field.project')}>{project ?? '-'}</Fact> : null}
      <Fact label={t('sessions.field.status')}>
        <StatusFact session={session} />
      </Fact>
      <Fact label={t('sessions.field.type')}>
        <SessionTypeText type={session.type} />
      </Fact>
      {batch ? (
        <Fact label={t('sessions.field.startupCommand')}>
          {session.startupCommand ? <pre className={styles.command}>{session.startupCommand}</pre> : '-'}
        </Fact>
      ) : null}
      {batch ? (
        <Fact label={t('sessions.field.result')}>
          <ResultTag result={session.result} />
        </Fact>
      ) : null}
      <Fact label={t('sessions.field.environments')}>
        <EnvironmentFact session={session} />
      </Fact>
      <Fact label={t('sessions.field.folders')}>
        <MountedFolders session={session} />
      </Fact>
      <Fact label={t('sessions.field.resources')}>
        <div>
          {t('sessions.field.resourceGroup')}: {session.resourceGroup ?? '-'}
        </div>
        <div>
          <AmountsText slots={amounts} resourceGroup={session.resourceGroup} />
          {session.shmem > 0 ? (
            <span className={styles.note}>
              {' '}
              ({t('sessions.detail.shm')} <ByteText bytes={session.shmem} />)
            </span>
          ) : null}
        </div>
        {session.clusterSize > 1 ? (
          <div className={styles.note}>
            {t('sessions.detail.perContainer')} <AmountsText slots={scaleSlots(amounts, 1 / session.clusterSize)} resourceGroup={session.resourceGroup} />
          </div>
        ) : null}
      </Fact>
      {agentsShown ? (
        <Fact label={t('sessions.field.agent')}>{session.agentIds.length > 0 ? [...new Set(session.agentIds)].join(', ') : '-'}</Fact>
      ) : null}
      <Fact label={t('sessions.field.clusterMode')}>
        <ClusterModeText mode={session.clusterMode} size={session.clusterSize} />
        {session.clusterSize > 1 ? <div className={styles.note}>{t('sessions.detail.clusterNote')}</div> : null}
      </Fact>
      {can('priority') ? (
        <Fact label={t('sessions.field.priority')}>
          <SessionPriority session={session} />
        </Fact>
      ) : null}
      <Fact label={t('sessions.field.createdAt')}>
        <TimeText value={session.createdAt} />
      </Fact>
      {session.scheduledAt ? (
        <Fact label={t('sessions.field.scheduledAt')}>
          <TimeText value={session.scheduledAt} />
        </Fact>
      ) : null}
      {session.startsAt ? (
        <Fact label={t('sessions.field.startsAt')}>
          <TimeText value={session.startsAt} />
        </Fact>
      ) : null}
      {session.terminatedAt ? (
        <Fact label={t('sessions.field.terminatedAt')}>
          <TimeText value={session.terminatedAt} />
        </Fact>
      ) : null}
      <Fact label={t('sessions.field.elapsed')}>
        <span className={styles.number}>
          <SessionElapsed session={session} />
        </span>
      </Fact>
      {isChecked(session.status) ? (
        <Fact label={t('sessions.field.idleChecks')}>
          <IdleChecksFact session={session} />
        </Fact>
      ) : null}
    </dl>
  );
}
