import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionAgent } from '../../../client/session-agents';
import { agentMode } from '../agent-rules';
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
  const fits = (agent: SessionAgent) => facts.image === null || agent.architecture === facts.image.architecture;
  return (
    <Field field="agents" label={t('launcher.agent.label')} help={t('launcher.agent.help')} hint={hint}>
      {(control) => (
        <Select<string | string[]>
          {...control}
          {...(several ? { mode: 'multiple' as const, maxCount: size } : {})}
          className={styles.select}
          value={chosen}
          onChange={choose}
          placeholder={t('launcher.agent.auto')}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={<span className={styles.amounts}>{t('launcher.agent.none')}</span>}
          options={[
            ...(several ? [] : [{ value: auto, label: t('launcher.agent.auto') }]),
            ...offered.map((agent) => ({ value: agent.id, label: agent.id, disabled: !fits(agent) })),
          ]}
          optionRender={(option) => {
            const agent = offered.find((one) => one.id === option.value);
            return agent ? <AgentLine agent={agent} fits={fits(agent)} /> : option.label;
          }}
        />
      )}
    </Field>
  );
}

function AgentLine({ agent, fits }: { agent: SessionAgent; fits: boolean }) {
  const { t } = useTranslation();
  const text = useAmountsText();
  const { free } = agent;
  const amounts = text({ cpu: free['cpu'] ?? 0, mem: free['mem'] ?? 0, slots: free });
  return (
    <span className={styles.option}>
      <span className={styles.name}>{`${agent.id} (${agent.architecture})`}</span>
      <span className={styles.amounts}>{fits ? t('launcher.amount.free', { amount: amounts }) : t('launcher.agent.otherMachine')}</span>
    </span>
  );
}
