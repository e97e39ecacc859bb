import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { imageQueries } from '../client/images';
import { keypairPolicyQueries } from '../client/keypair-policy';
import { ownSessionQueries } from '../client/own-sessions';
import { presetQueries } from '../client/presets';
import { resourceGroupQueries } from '../client/resource-groups';
import { slotQueries } from '../client/resource-slots';
import { schedulingHistoryQueries } from '../client/scheduling-history';
import { sessionAgentQueries } from '../client/session-agents';
import { isMine } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
import { useFormat } from '../ui/use-format';
import { useNow } from '../ui/use-now';
import { useAgentsShown, useConsole } from './console-context';
import { amountWithUnit } from './session-amounts';
import { waitingAdvice } from './waiting-advice';
import type { WaitingAdvice } from './waiting-advice';
import type { WaitingFormat } from './waiting-words';

export interface WaitingHelp {
  advice: WaitingAdvice;
  format: WaitingFormat;
}

/**
 * Asks for what the advice needs, as far as the asking user may see it; what is refused or not there yet leaves the
 * advice the poorer, not broken. Numbers are the requester's own (SES-C11): of others' sessions only what the manager
 * says of them is told, and whether any agent is large enough. `thorough` also finds smaller requests, and looks again while it is read.
 */
export function useWaitingAdvice(session: SessionRow, thorough: boolean): WaitingHelp | null {
  const { t } = useTranslation();
  const { me, projects, config } = useConsole();
  const { locale } = useFormat();
  const waits = session.status === 'PENDING';
  const mine = isMine(session, me) && (session.accessKey === null || session.accessKey === me.accessKey);
  const project = projects.find(({ id }) => id === session.projectId);
  const group = session.resourceGroup ?? '';
  const looks = waits && group !== '';
  const asks = looks && mine;
  // Where the operator hides agents, nothing is told that only they can tell.
  const agentsShown = useAgentsShown();
  const again = thorough ? { refetchInterval: 20_000 } : {};
  const check = useQuery({ ...presetQueries.check({ project: project?.name ?? '', resourceGroup: group }), enabled: asks && project !== undefined, ...again });
  const policy = useQuery({ ...keypairPolicyQueries.byName(me.keypairPolicy), enabled: asks });
  const own = useQuery({ ...ownSessionQueries.active(me), enabled: asks });
  const agents = useQuery({ ...sessionAgentQueries.schedulable(group), enabled: looks && thorough && agentsShown, ...again });
  const groups = useQuery({ ...resourceGroupQueries.accessible(project ?? { id: '' }), enabled: asks && thorough && project !== undefined });
  const images = useQuery({ ...imageQueries.installed(config.environments.showNonInstalledImages), enabled: asks && thorough });
  const waitsForOthers = session.statusData?.scheduler?.failed.some(({ name }) => /dependenc/i.test(name)) ?? false;
  const blind = session.statusData?.scheduler == null;
  const history = useQuery({ ...schedulingHistoryQueries.of(session.id), enabled: waits && blind && can('schedulingHistory'), ...again });
  const dependencies = useQuery({ ...ownSessionQueries.dependencies(session.id), enabled: waits && mine && (waitsForOthers || (blind && thorough)) });
  const details = useQuery({ ...slotQueries.details(group), enabled: looks });
  const now = useNow(waits && session.startsAt !== null ? 5000 : 0);
  if (!waits) return null;
  const image = images.data?.find((one) => one.reference === session.image?.name && one.architecture === session.image.architecture);
  const advice = waitingAdvice({
    session,
    now,
    // What other places asked for is at hand here too; of others' sessions it would tell the wrong person's figures.
    check: (mine && check.data) || null,
    policy: (mine && policy.data) || null,
    own: (mine && own.data) || null,
    agents: agents.data ?? null,
    dependencies: dependencies.data ?? [],
    history: history.data?.steps ?? [],
    imageMinimum: image?.minimum ?? null,
    quantum: groups.data?.find((one) => one.name === group)?.quantum ?? null,
  });
  // Without figures of one's own nothing can be inferred.
  if (!advice || (advice.inferred && (!mine || !check.data))) return null;
  const format: WaitingFormat = {
    t,
    locale,
    amount: (slot, amount) => amountWithUnit(details.data, slot, amount, locale),
    moment: (at) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at),
    resourceGroup: group,
  };
  return { advice, format };
}
