import { FileTextOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import type { Kernel, SessionRow } from '../client/sessions';
import { ActionButton } from '../ui/action-button';
import { CopyText } from '../ui/copy-text';
import { useAgentsShown, useMe } from './console-context';
import { ContainerVariables } from './container-variables';
import { AmountsText } from './session-amounts';
import styles from './session-drawer.module.css';
import { refusalText } from './session-refusals';
import { StatusTag } from './status-tag';
import { UsageBars } from './usage-bars';
import { liveContainers, usageOf } from './usage-stats';

/** An id by its beginning; the whole of it is copied, and told on hover. */
function ShortId({ id, label }: { id: string | null; label: string }) {
  if (!id) return <>-</>;
  return (
    <CopyText text={id} label={label} mono>
      <span title={id}>{id.slice(0, 8)}</span>
    </CopyText>
  );
}

/** SES-251. The client has sorted them: main first, then by number. */
export function SessionKernels({ session, onLogs }: { session: SessionRow; onLogs: (sessionId: string, kernelId: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const agentsShown = useAgentsShown();
  const noLogs = refusalText(t, sessionRules.logs(session, me));
  const usage = (kernel: Kernel) => usageOf(liveContainers([kernel]));
  return (
    <section>
      <h3 className={styles.subheading}>{t('sessions.kernels.title')}</h3>
      <div className={styles.scroll} role="region" tabIndex={0} aria-label={t('sessions.kernels.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('sessions.kernels.hostname')}</th>
              <th scope="col">{t('sessions.field.status')}</th>
              <th scope="col">{t('sessions.kernels.amounts')}</th>
              <th scope="col">{t('sessions.kernels.usage')}</th>
              {agentsShown ? (
                <>
                  <th scope="col">{t('sessions.field.agent')}</th>
                  <th scope="col">{t('sessions.kernels.container')}</th>
                </>
              ) : null}
              <th scope="col">{t('sessions.kernels.kernel')}</th>
            </tr>
          </thead>
          <tbody>
            {session.kernels.map((kernel) => (
              <tr key={kernel.id}>
                <th scope="row">
                  <span className={styles.host}>
                    {kernel.hostname || '-'}
                    <ActionButton
                      type="text"
                      size="small"
                      icon={<FileTextOutlined aria-hidden />}
                      hint={t('sessions.kernels.logs', { host: kernel.hostname })}
                      reason={noLogs}
                      onClick={() => onLogs(session.id, kernel.id)}
                    />
                  </span>
                </th>
                <td>
                  <StatusTag status={kernel.status} />
                  {kernel.statusInfo ? <div className={styles.note}>{kernel.statusInfo}</div> : null}
                </td>
                <td>
                  <AmountsText slots={kernel.occupiedSlots} resourceGroup={session.resourceGroup} />
                </td>
                <td>
                  <UsageBars figures={usage(kernel)} detailed />
                </td>
                {agentsShown ? (
                  <>
                    <td>{kernel.agentId ?? '-'}</td>
                    <td>
                      <ShortId id={kernel.containerId} label={t('sessions.kernels.container')} />
                    </td>
                  </>
                ) : null}
                <td>
                  <ShortId id={kernel.id} label={t('sessions.kernels.kernel')} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {session.clusterSize > 1 ? <ContainerVariables /> : null}
    </section>
  );
}
