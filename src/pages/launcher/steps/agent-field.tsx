import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionAgent } from '../../../client/session-agents';
import { agentMode } from '../agent-rules';
import { useBarredOptions } from '../barred-options';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import styles from './agent-field.module.css';
import { useAmountsText } from './preset-select';
import selectStyles from './select.module.css';

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
  const text = useAmountsText();
  const nameOf = (agent: SessionAgent) => `${agent.id} (${agent.architecture})`;
  const freeOf = ({ free }: SessionAgent) =>
    t('launcher.amount.free', { amount: text({ cpu: free['cpu'] ?? 0, mem: free['mem'] ?? 0, slots: free }) });
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
          className={selectStyles.select}
          value={chosen}
          onChange={choose}
          placeholder={t('launcher.agent.auto')}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={<span className={styles.amounts}>{t('launcher.agent.none')}</span>}
          options={[
            ...(several ? [] : [{ value: auto, label: t('launcher.agent.auto') }]),
            ...offered.map((agent) => ({ value: agent.id, label: agent.id, ...barred.props(agent.id, `${nameOf(agent)}, ${freeOf(agent)}`) })),
          ]}
          optionRender={(option) => {
            const agent = offered.find((one) => one.id === option.value);
            return agent ? (
              <span className={styles.option}>
                <span className={styles.name}>{nameOf(agent)}</span>
                <span className={styles.amounts}>{reasonOf(agent.id) ?? freeOf(agent)}</span>
              </span>
            ) : (
              option.label
            );
          }}
        />
      )}
    </Field>
  );
}
