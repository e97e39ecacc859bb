import type { SessionAgent } from '../../client/session-agents';
import type { LaunchValues } from './launch-values';

/** Which agents a session may be put on by hand (SES-073). Pure. */

export interface AgentFacts {
  /** The agents of the resource group; null = not to be chosen, or not known yet. */
  offered: readonly SessionAgent[] | null;
  /** 25.16+: as many agents as a multi-node session has containers. */
  several: boolean;
}

export type AgentMode = 'none' | 'one' | 'several';

/** A session of several containers gets agents only where each container is given one. */
export function agentMode(values: Pick<LaunchValues, 'clusterMode' | 'clusterSize'>, facts: Pick<AgentFacts, 'several'>): AgentMode {
  if ((values.clusterSize ?? 1) <= 1) return 'one';
  return values.clusterMode === 'multi-node' && facts.several ? 'several' : 'none';
}

/** What is sent; none = the manager chooses. */
export function chosenAgents(values: Pick<LaunchValues, 'clusterMode' | 'clusterSize' | 'agents'>, facts: AgentFacts): readonly string[] {
  if (facts.offered === null) return [];
  const mode = agentMode(values, facts);
  if (mode === 'none') return [];
  return mode === 'one' ? values.agents.slice(0, 1) : values.agents;
}
