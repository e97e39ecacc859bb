import { CodeOutlined, LinkOutlined, SaveOutlined } from '@ant-design/icons';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../../client/capabilities';
import { connection } from '../../client/connection';
import { paths } from '../../lib/paths';
import type { CommandSource } from '../../parts/launch-command';
import { ActionButton } from '../../ui/action-button';
import { copyToClipboard } from '../../ui/clipboard';
import { useToast } from '../../ui/toast';
import { useProblemText } from './field';
import { sessionCount } from './launch-check';
import { steps } from './launch-values';
import { useLauncher } from './launcher-context';
import { defaultTarget, mountTarget } from './mount-rules';
import styles from './review-tools.module.css';
import { sessionStem, toCreateRequest } from './to-create-request';
import type { LaunchPlan } from './to-create-request';
import { toLaunchLink } from './to-launch-link';
import { planOf } from './use-launch';
import type { LaunchFacts } from './use-launch-facts';

const CommandDialog = lazy(() => import('../../parts/command-dialog').then((module) => ({ default: module.CommandDialog })));

const SaveTemplateDialog = lazy(() => import('./save-template-dialog').then((module) => ({ default: module.SaveTemplateDialog })));

function commandOf(facts: LaunchFacts): CommandSource | null {
  const plan = planOf(facts);
  if (!plan) return null;
  const count = sessionCount(plan.values);
  return {
    request: toCreateRequest(plan, sessionStem(plan.values.name, count)),
    count,
    mounts: plan.values.mounts.map(({ name, alias, readOnly, subpath }) => {
      const target = mountTarget(name, alias);
      // Told by names, a subfolder belongs to the name.
      const below = can('mountSubpath') ? (subpath ?? '').replace(/\/+$/, '') : '';
      if (below) return { name: `${name}/${below}`, target, readOnly };
      return { name, target: target === defaultTarget(name) ? null : target, readOnly };
    }),
    apiVersion: connection.get().apiVersion ?? '',
  };
}

/** What else can be done with a form that is filled in: taken elsewhere as a link (SES-041) or a command (UX-09). */
export function ReviewTools() {
  const { t } = useTranslation();
  const { values, facts, problems } = useLauncher();
  const problemText = useProblemText();
  const toast = useToast();
  const [command, setCommand] = useState<CommandSource | null>(null);
  const [saving, setSaving] = useState<LaunchPlan | null>(null);
  const loading = planOf(facts) ? null : t('launcher.launch.loading');
  // A loop of so many would start what the form refuses.
  const tooMany = problems.find((one) => one.field === 'sessions' && one.level === 'error');
  const noCommand = tooMany ? `${t('launcher.cluster.sessions')}: ${problemText(tooMany)}` : null;
  const copyLink = async () => {
    const address = paths.launcher({ step: steps.indexOf('review'), formValues: JSON.stringify(toLaunchLink(values)) });
    if (await copyToClipboard(new URL(address, window.location.origin).href)) toast.success(t(values.owner ? 'launcher.link.copiedWithoutOwner' : 'launcher.link.copied'));
    else toast.error(t('ui.copy.refused'));
  };
  return (
    <div className={styles.tools} role="group" aria-label={t('launcher.tools')}>
      <ActionButton type="text" size="small" icon={<LinkOutlined aria-hidden />} onClick={() => void copyLink()}>
        {t('launcher.link.copy')}
      </ActionButton>
      <ActionButton type="text" size="small" icon={<CodeOutlined aria-hidden />} reason={loading ?? noCommand} onClick={() => setCommand(commandOf(facts))}>
        {t('launcher.command.copy')}
      </ActionButton>
      <ActionButton type="text" size="small" icon={<SaveOutlined aria-hidden />} reason={loading} onClick={() => setSaving(planOf(facts))}>
        {t('launcher.template.saveAs')}
      </ActionButton>
      {saving && (
        <Suspense>
          <SaveTemplateDialog plan={saving} onClose={() => setSaving(null)} />
        </Suspense>
      )}
      {command && (
        <Suspense>
          <CommandDialog source={command} onClose={() => setCommand(null)} />
        </Suspense>
      )}
    </div>
  );
}
