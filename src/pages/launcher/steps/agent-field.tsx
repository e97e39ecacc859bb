import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionAgent } from '../../../client/session-agents';
import { agentMode } from '../agent-rules';
import { BarredReason, useBarredOptions } from '../barred-options';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import styles from './agent-field.module.css';
import { useAmountsText } from './preset-select';

/** Leaves the choice to the manager; no agent has such an id. */
const auto = '';

/** SES-073. */
export function AgentField() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const { offered, failed } = facts.agents;
  const reasonOf = (id: string) => {
    const agent = offered?.find((one) => one.id === id);
    return agent && facts.image && agent.architecture !== facts.image.architecture ? t('launcher.agent.otherMachine') : null;
  };
  const barred = useBarredOptions(reasonOf, (id) => id);
  if (failed) {
    return (
      <Field field="agents" label={t('launcher.agent.label')} hint={t('launcher.agent.failed')} group>
        {() => t('launcher.agent.auto')}
      </Field>
    );
  }
  if (offered === null) return null;
  const mode = agentMode(values, facts.agents);
  const several = mode === 'several';
  const chosen = several ? values.agents : mode === 'one' ? (values.agents[0] ?? auto) : auto;
  const size = values.clusterSize ?? 1;
  const choose = (next: string | string[]) => {
    // One chosen for another architecture before is not refused again: it has its problem, and goes by itself.
    const added = Array.isArray(next) ? next.filter((id) => !values.agents.includes(id)) : [next];
    if (!added.every(barred.allows)) return;
    if (Array.isArray(next)) return set({ agents: next });
    // An agent of its own is for one container (SES-073).
    return set(next === auto ? { agents: [] } : { agents: [next], clusterSize: 1 });
  };
  const hint = several
    ? t('launcher.agent.severalHint', { count: size })
    : mode === 'none'
      ? t('launcher.agent.oneContainer')
      : chosen === auto
        ? t('launcher.agent.autoHint')
        : undefined;
  return (
    <Field field="agents" label={t('launcher.agent.label')} help={t('launcher.agent.help')} hint={barred.said ?? hint}>
      {(control) => (
        <Select<string | string[]>
          {...control}
          {...(several ? { mode: 'multiple' as const, maxCount: size } : {})}
          className={styles.select}
          value={chosen}
          onChange={choose}
          virtual={false}
          placeholder={t('launcher.agent.auto')}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={<span className={styles.amounts}>{t('launcher.agent.none')}</span>}
          options={[
            ...(several ? [] : [{ value: auto, label: t('launcher.agent.auto') }]),
            ...offered.map((agent) => ({ value: agent.id, label: agent.id, className: barred.look(agent.id) })),
          ]}
          optionRender={(option) => {
            const agent = offered.find((one) => one.id === option.value);
            return agent ? <AgentLine agent={agent} reason={reasonOf(agent.id)} /> : option.label;
          }}
        />
      )}
    </Field>
  );
}

function AgentLine({ agent, reason }: { agent: SessionAgent; reason: string | null }) {
  const { t } = useTranslation();
  const text = useAmountsText();
  const { free } = agent;
  const amounts = text({ cpu: free['cpu'] ?? 0, mem: free['mem'] ?? 0, slots: free });
  return (
    <span className={styles.option}>
      <span className={styles.name}>{`${agent.id} (${agent.architecture})`}</span>
      <span className={styles.amounts}>{reason === null ? t('launcher.amount.free', { amount: amounts }) : <BarredReason>{reason}</BarredReason>}</span>
    </span>
  );
}
