import type { Role } from '../../client/account';
import { formatBytes } from '../../lib/quantities';
import { agentMode, chosenAgents } from './agent-rules';
import type { AgentFacts } from './agent-rules';
import type { Amounts } from './launch-resolve';
import type { Subject } from './launch-subject';
import { threadVariables } from './launch-values';
import type { LaunchValues } from './launch-values';
import { error, warning } from './problem';
import type { Problem } from './problem';

/** The checks of what most launches leave alone: owner, advanced fields, threads, agents (SES-111). Pure. */

export interface MoreFacts {
  subject: Subject;
  /** Who asks (SES-056). */
  asker: { role: Role; domain: string };
  canPriority: boolean;
  agents: AgentFacts;
  amounts: Amounts;
  architecture: string | null;
  slotText: (slot: string, amount: number) => string;
}

function checkOwner(values: LaunchValues, { subject, asker }: MoreFacts): Problem[] {
  const at = (field: string, id: Problem['id'], params?: Problem['params']) => [error('type', field, id, params)];
  const { owner } = subject;
  switch (subject.state) {
    case 'self':
      return values.ownerDropped ? [warning('type', 'owner', 'ownerDropped')] : [];
    case 'empty':
    case 'searching':
      return at('owner', 'ownerMissing');
    case 'unknown':
      return at('owner', 'ownerUnknown');
    case 'failed':
      return at('owner', 'ownerFailed');
    case 'found':
      if (!owner) return [];
      if (asker.role !== 'superadmin' && (owner.role === 'superadmin' || owner.domain !== asker.domain)) return at('owner', 'ownerForbidden');
      if (owner.keypairs.length === 0) return at('owner', 'ownerNoKeypair', { email: owner.email });
      if (subject.projects.length === 0) return at('ownerProject', 'ownerNoProject', { email: owner.email });
      return [];
  }
}

/** Rows of the manager's table hold no longer ones. */
const longestTag = 64;

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

function checkAdvanced(values: LaunchValues, facts: MoreFacts): Problem[] {
  const problems: Problem[] = [];
  const { priority } = values;
  if (facts.canPriority && priority !== null && (!Number.isInteger(priority) || priority < 0 || priority > 100)) {
    problems.push(error('type', 'priority', 'priorityRange'));
  }
  if (values.tag.trim().length > longestTag) problems.push(error('type', 'tag', 'tagLong', { max: longestTag }));
  const callback = values.callbackUrl.trim();
  if (callback !== '' && !isWebAddress(callback)) problems.push(error('type', 'callbackUrl', 'callbackFormat'));
  for (const field of ['bootstrapScript', 'callbackUrl'] as const) {
    if (values.dropped.includes(field) && values[field].trim() === '') problems.push(warning('type', field, 'secretDropped'));
  }
  return problems;
}

/** SES-075. */
function checkThreads(values: LaunchValues): Problem[] {
  if (values.hpcAuto) return [];
  return threadVariables.flatMap(({ name, field }) => {
    const count = values[field];
    const bad = count === null || !Number.isInteger(count) || count < 1 || count > 1000;
    const twice = values.environ.filter((entry) => entry.name === name);
    return [
      ...(bad ? [error('environment', field, 'threads')] : []),
      ...twice.map((entry) => error('environment', `environ:${entry.key}:name`, 'environThreads', { name })),
    ];
  });
}

function checkAgents(values: LaunchValues, facts: MoreFacts): Problem[] {
  const { offered } = facts.agents;
  const chosen = chosenAgents(values, facts.agents);
  if (chosen.length === 0 || offered === null) return [];
  const size = values.clusterSize ?? 1;
  if (agentMode(values, facts.agents) === 'several' && chosen.length !== size) {
    return [error('environment', 'agents', 'agentCount', { count: size })];
  }
  const { cpu, mem, accelerator } = facts.amounts;
  const wanted = [
    { slot: 'cpu', amount: cpu ?? 0, text: (n: number) => facts.slotText('cpu', n) },
    { slot: 'mem', amount: mem ?? 0, text: (n: number) => formatBytes(n) },
    ...(accelerator?.amount
      ? [{ slot: accelerator.slot, amount: accelerator.amount, text: (n: number) => facts.slotText(accelerator.slot, n) }]
      : []),
  ];
  return chosen.flatMap((id): Problem[] => {
    const agent = offered.find((one) => one.id === id);
    if (!agent) return [error('environment', 'agents', 'agentGone', { id })];
    if (facts.architecture !== null && agent.architecture !== facts.architecture) {
      return [error('environment', 'agents', 'agentArchitecture', { id, architecture: facts.architecture })];
    }
    const small = wanted.find(({ slot, amount }) => amount > (agent.available[slot] ?? 0) + 1e-9);
    if (small) return [error('environment', 'agents', 'agentSmall', { id, available: small.text(agent.available[small.slot] ?? 0) })];
    const busy = wanted.find(({ slot, amount }) => amount > (agent.free[slot] ?? 0) + 1e-9);
    return busy ? [warning('environment', 'agents', 'agentBusy', { id, free: busy.text(agent.free[busy.slot] ?? 0) })] : [];
  });
}

export function checkMore(values: LaunchValues, facts: MoreFacts): Problem[] {
  return [...checkOwner(values, facts), ...checkAdvanced(values, facts), ...checkThreads(values), ...checkAgents(values, facts)];
}
