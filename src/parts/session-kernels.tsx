import { FileTextOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
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
function ShortId({ id, label }: { id: string; label: string }) {
  return (
    <CopyText text={id} label={label} mono>
      <span title={id}>{id.slice(0, 8)}</span>
    </CopyText>
  );
}

/** SES-251. The client has sorted them: main first, then by number. Where each runs stands below it, so that the table fits the panel. */
export function SessionKernels({ session, onLogs }: { session: SessionRow; onLogs: (sessionId: string, kernelId: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const agentsShown = useAgentsShown();
  const noLogs = refusalText(t, sessionRules.logs(session, me));
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
            </tr>
          </thead>
          {session.kernels.map((kernel) => (
            <tbody key={kernel.id}>
              <tr>
                <th scope="rowgroup" rowSpan={2}>
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
                  <UsageBars figures={usageOf(liveContainers([kernel]))} />
                </td>
              </tr>
              <tr>
                <td colSpan={3}>
                  <ul className={styles.where}>
                    {agentsShown && kernel.agentId ? (
                      <li>
                        {t('sessions.field.agent')} <span>{kernel.agentId}</span>
                      </li>
                    ) : null}
                    {agentsShown && kernel.containerId ? (
                      <li>
                        {t('sessions.kernels.container')} <ShortId id={kernel.containerId} label={t('sessions.kernels.container')} />
                      </li>
                    ) : null}
                    <li>
                      {t('sessions.kernels.kernel')} <ShortId id={kernel.id} label={t('sessions.kernels.kernel')} />
                    </li>
                  </ul>
                </td>
              </tr>
            </tbody>
          ))}
        </table>
      </div>
      {session.clusterSize > 1 ? <ContainerVariables /> : null}
    </section>
  );
}
