import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Alert, Button, Tag } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ImageIcon } from '../../../parts/image-icon';
import { VersionLine } from '../../../parts/image-select';
import { formatBytes } from '../../../lib/quantities';
import { useFormat } from '../../../ui/use-format';
import { ProblemLine } from '../field';
import { ReviewTools } from '../review-tools';
import { ForecastLine } from '../forecast-line';
import { containerCount, sessionCount } from '../launch-check';
import { levelOf } from '../problem';
import type { Problem } from '../problem';
import { useLauncher } from '../launcher-context';
import { chosenAgents } from '../agent-rules';
import { threadVariables } from '../launch-values';
import type { Step } from '../launch-values';
import { mountTarget } from '../mount-rules';
import { AutomountNote } from './data-step';
import { useAmountsText } from './preset-select';
import { Fact, Facts } from './review-facts';
import styles from './review-step.module.css';
import { TypeFacts } from './review-type';

const imageFields = ['image', 'imageName', 'environment'];
const isEnvironment = (problem: Problem) =>
  problem.step === 'environment' && (imageFields.includes(problem.field) || problem.field.startsWith('environ:'));

/** Step 5 (SES-110, SES-111). */
export function ReviewStep() {
  const { t } = useTranslation();
  const { problems } = useLauncher();
  const launch = problems.filter((one) => one.step === 'review');
  const of = (step: Step) => problems.filter((one) => one.step === step);
  return (
    <div className={styles.cards}>
      {launch.map((problem) => (
        <Alert key={`${problem.id}-${problem.params?.message ?? ''}`} type={problem.level} showIcon role="alert" title={<ProblemText problem={problem} />} />
      ))}
      <ReviewCard title={t('launcher.steps.type')} step="type" problems={of('type')}>
        <TypeFacts />
      </ReviewCard>
      <ReviewCard title={t('launcher.review.environments')} step="environment" problems={of('environment').filter(isEnvironment)}>
        <EnvironmentFacts />
      </ReviewCard>
      <ReviewCard
        title={t('launcher.review.resources')}
        step="environment"
        problems={of('environment').filter((one) => !isEnvironment(one))}
      >
        <ResourceFacts />
      </ReviewCard>
      <ReviewCard title={t('launcher.steps.data')} step="data" problems={of('data')}>
        <DataFacts />
      </ReviewCard>
      <ReviewCard title={t('launcher.steps.network')} step="network" problems={of('network')}>
        <NetworkFacts />
      </ReviewCard>
      <ReviewTools />
    </div>
  );
}

function ProblemText({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return <>{t(`launcher.problem.${problem.id}`, problem.params ?? {})}</>;
}

function ReviewCard({ title, step, problems, children }: { title: string; step: Step; problems: readonly Problem[]; children: ReactNode }) {
  const { t } = useTranslation();
  const { goTo } = useLauncher();
  const fieldName = useFieldName();
  const id = useId();
  const level = levelOf(problems);
  return (
    <section aria-labelledby={id} className={styles.card} data-level={level ?? undefined} data-problem={level === 'error' ? 'error' : undefined} tabIndex={level === 'error' ? -1 : undefined}>
      <header className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        <Button size="small" aria-label={t('launcher.review.editPart', { title })} onClick={() => goTo(step)}>
          {t('launcher.review.edit')}
        </Button>
      </header>
      {problems.length > 0 && (
        <div className={styles.problems}>
          {problems.map((problem) => (
            <ProblemLine key={`${problem.field}-${problem.id}`} problem={problem} name={fieldName(problem.field)} />
          ))}
        </div>
      )}
      {children}
    </section>
  );
}

/** What a field is called where its problem is told away from it. */
function useFieldName(): (field: string) => string | null {
  const { t } = useTranslation();
  const { facts } = useLauncher();
  return (field) => {
    if (field.startsWith('mount:')) return facts.values.mounts.find((mount) => `mount:${mount.id}` === field)?.name ?? null;
    if (field.startsWith('environ:')) return facts.values.environ.find(({ key }) => field.startsWith(`environ:${key}:`))?.name || t('launcher.environ.title');
    const names: Record<string, string> = {
      name: t('launcher.type.name'),
      startupCommand: t('launcher.type.command'),
      startAt: t('launcher.type.start'),
      timeout: t('launcher.type.timeout'),
      owner: t('launcher.owner.email'),
      ownerProject: t('launcher.owner.project'),
      priority: t('launcher.advanced.priority'),
      dependencies: t('launcher.advanced.dependencies'),
      bootstrapScript: t('launcher.advanced.bootstrap'),
      tag: t('launcher.advanced.tag'),
      callbackUrl: t('launcher.advanced.callback'),
      image: t('launcher.review.image'),
      imageName: t('launcher.environment.manual'),
      agents: t('launcher.agent.label'),
      ompThreads: 'OMP_NUM_THREADS',
      openblasThreads: 'OPENBLAS_NUM_THREADS',
      resourceGroup: t('launcher.resources.group'),
      cpu: t('launcher.resources.cpu'),
      mem: t('launcher.resources.memory'),
      shm: t('launcher.resources.shm'),
      accelerator: t('launcher.resources.accelerator'),
      clusterSize: t('launcher.cluster.size'),
      sessions: t('launcher.cluster.sessions'),
    };
    return names[field] ?? null;
  };
}

function EnvironmentFacts() {
  const { t } = useTranslation();
  const { values, facts } = useLauncher();
  const { image } = facts;
  const [shown, setShown] = useState(false);
  return (
    <Facts>
      <Fact name={t('launcher.review.project')}>{facts.project.name}</Fact>
      <Fact name={t('launcher.review.image')}>
        {image ? (
          <>
            <span className={styles.image}>
              <ImageIcon title={image.title} group={image.group} />
              <span className={styles.imageTitle}>{image.title}</span>
              <VersionLine image={image} />
            </span>
            <code className={styles.reference}>{image.reference}</code>
          </>
        ) : (
          '-'
        )}
      </Fact>
      {values.environ.length > 0 && (
        <Fact name={t('launcher.environ.title')}>
          <div className={styles.environ}>
            {values.environ.map((entry) => (
              <code key={entry.key}>{`${entry.name}=${shown ? entry.value : '••••••'}`}</code>
            ))}
            <Button
              size="small"
              type="text"
              icon={shown ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? t('launcher.review.hideValues') : t('launcher.review.showValues')}
            </Button>
          </div>
        </Fact>
      )}
    </Facts>
  );
}

function ResourceFacts() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { values, facts } = useLauncher();
  const text = useAmountsText();
  const { cpu, mem, shm, accelerator, preset } = facts.amounts;
  const containers = containerCount(values);
  const sessions = sessionCount(values);
  const times = containers * sessions;
  const slots = accelerator?.amount ? { [accelerator.slot]: accelerator.amount } : {};
  const agents = chosenAgents(values, facts.agents);
  const totalSlots = accelerator?.amount ? { [accelerator.slot]: accelerator.amount * times } : {};
  return (
    <>
      <Facts>
        <Fact name={t('launcher.resources.group')}>{facts.resourceGroup ?? '-'}</Fact>
        <Fact name={t('launcher.review.perContainer')}>
          {text({ cpu, mem, slots }) || '-'} {preset && <Tag>{preset.name}</Tag>}
        </Fact>
        <Fact name={t('launcher.resources.shm')}>{shm === null ? '-' : formatBytes(shm, locale)}</Fact>
        <Fact name={t('launcher.cluster.mode')}>
          {t('launcher.review.cluster', {
            mode: t(values.clusterMode === 'multi-node' ? 'launcher.cluster.multi' : 'launcher.cluster.single'),
            count: containers,
          })}
        </Fact>
        <Fact name={t('launcher.cluster.sessions')}>{sessions}</Fact>
        {facts.agents.offered !== null && (
          <Fact name={t('launcher.review.agent')}>{agents.length > 0 ? agents.join(', ') : t('launcher.agent.auto')}</Fact>
        )}
        {!values.hpcAuto && (
          <Fact name={t('launcher.hpc.label')}>
            {threadVariables.map(({ name, field }) => (
              <code key={name} className={styles.thread}>{`${name}=${String(values[field] ?? '')}`}</code>
            ))}
          </Fact>
        )}
        <Fact name={t('launcher.review.total')}>
          <strong>{cpu !== null && mem !== null ? text({ cpu: cpu * times, mem: mem * times, slots: totalSlots }) : '-'}</strong>
        </Fact>
      </Facts>
      <div className={styles.forecast}>
        <ForecastLine />
      </div>
    </>
  );
}

function DataFacts() {
  const { t } = useTranslation();
  const { facts } = useLauncher();
  const { mounts } = facts.values;
  return (
    <div className={styles.wide}>
      {mounts.length === 0 ? (
        <p className={styles.none}>{t('launcher.review.noFolders')}</p>
      ) : (
        <table className={styles.mounts} aria-label={t('launcher.review.mounts')}>
          <thead>
            <tr>
              <th scope="col">{t('launcher.data.name')}</th>
              <th scope="col">{t('launcher.data.path')}</th>
            </tr>
          </thead>
          <tbody>
            {mounts.map((mount) => {
              const folder = facts.folders?.find((one) => one.id === mount.id);
              return (
                <tr key={mount.id}>
                  <th scope="row">
                    {facts.check.canSubpath && mount.subpath ? `${mount.name}/${mount.subpath}` : mount.name} {(mount.readOnly || folder?.permission === 'ro') && <Tag>{t('launcher.data.readOnly')}</Tag>}
                  </th>
                  <td>
                    <code>{mountTarget(mount.name, mount.alias)}</code>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <AutomountNote names={facts.automounts} />
    </div>
  );
}

function NetworkFacts() {
  const { t } = useTranslation();
  const { values } = useLauncher();
  return (
    <Facts>
      <Fact name={t('launcher.network.list')}>
        {values.ports.length > 0 ? values.ports.map((port) => <Tag key={port}>{port}</Tag>) : t('launcher.review.none')}
      </Fact>
    </Facts>
  );
}
