import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { HistoryButton } from '../../parts/history-button';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { PageHeader } from '../../ui/page-header';
import { useNow } from '../../ui/use-now';
import { useUrlState } from '../../ui/use-url-state';
import { checkLaunch, problemsOfMissing } from './launch-check';
import { forecastOf } from './launch-forecast';
import { LauncherProvider } from './launcher-context';
import { steps } from './launch-values';
import type { Step } from './launch-values';
import styles from './launcher.module.css';
import { StepMenu } from './step-menu';
import { useSummaries } from './step-summaries';
import { DataStep } from './steps/data-step';
import { EnvironmentStep } from './steps/environment-step';
import { NetworkStep } from './steps/network-step';
import { ReviewStep } from './steps/review-step';
import { TypeStep } from './steps/type-step';
import { TemplateButton } from './template-button';
import { firstErrorStep, useLaunch } from './use-launch';
import { useLaunchFacts } from './use-launch-facts';
import { useLaunchForm } from './use-launch-form';

const urlSchema = z.object({ step: z._default(z.int().check(z.gte(0), z.lte(steps.length - 1)), 0) });

const panels: Record<Step, () => React.ReactNode> = {
  type: TypeStep,
  environment: EnvironmentStep,
  data: DataStep,
  network: NetworkStep,
  review: ReviewStep,
};

/** Start New Session (SES-040…042, SES-110…114). */
export function LauncherPage() {
  const { t } = useTranslation();
  const [{ step: number }, setUrl] = useUrlState(urlSchema);
  const step = steps[number] ?? 'type';
  const form = useLaunchForm(step === 'review' ? steps : []);
  const facts = useLaunchFacts(form.values);
  // The start time turns into the past while one reads.
  const ticking = useNow(form.values.startEnabled ? 5000 : 0);
  const [checkedAt, setCheckedAt] = useState(0);
  const found = [
    ...checkLaunch(facts.values, { ...facts.check, now: Math.max(ticking, checkedAt) }),
    ...problemsOfMissing(facts.failures.map(({ of }) => of), facts.values),
  ];
  // What the server refused is shown but does not bar another try: it may have changed its mind meanwhile.
  const problems = [...found.filter((problem) => step === 'review' || form.isShown(problem)), ...form.refusals];
  const [asking, setAsking] = useState<null | 'reset' | 'noFolder'>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const summaries = useSummaries(facts);

  const { launch, launching } = useLaunch({
    onRefused: (refusals, sessions) => {
      if (sessions !== form.values.sessions) form.set({ sessions });
      form.setRefusals(refusals);
    },
  });

  const goTo = (next: Step) => {
    form.leaveSteps(next === 'review' ? steps : [step]);
    setUrl({ step: steps.indexOf(next) });
  };
  useStepFocus(step, heading);

  const blocked = firstErrorStep(found);
  const reason = blocked ? t('launcher.launch.blocked', { step: t(`launcher.steps.${blocked}`) }) : facts.ready ? null : t('launcher.launch.loading');

  const onLaunch = () => {
    // Checked anew at this very moment: a start time may just have passed (pitfall 13).
    const now = Date.now();
    const late = checkLaunch(facts.values, { ...facts.check, now }).some((one) => one.level === 'error');
    setCheckedAt(now);
    if (reason || late) {
      // After the drawing that shows what has turned wrong.
      requestAnimationFrame(() => pointAtFirstError(panel.current));
      if (reason) announce(reason);
      return;
    }
    if (form.values.type === 'interactive' && facts.values.mounts.length === 0) setAsking('noFolder');
    else void launch(facts);
  };

  const Panel = panels[step];
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('launcher.title')}
        actions={
          <>
            <HistoryButton />
            <TemplateButton />
            <Button icon={<ReloadOutlined aria-hidden />} onClick={() => setAsking('reset')}>
              {t('launcher.reset.button')}
            </Button>
          </>
        }
      />
      {form.unreadable && (
        <Alert
          className={styles.aside}
          type="info"
          showIcon
          title={t('launcher.link.unreadable')}
          closable={{ closeIcon: true, onClose: form.dismissUnreadable, 'aria-label': t('launcher.history.close') }}
        />
      )}
      {form.setAside && (
        <Alert
          className={styles.aside}
          type="info"
          showIcon
          title={t('launcher.setAside.text')}
          action={
            <Button size="small" onClick={() => form.takeUp(form.setAside)}>
              {t('launcher.setAside.takeUp')}
            </Button>
          }
          closable={{ closeIcon: true, onClose: () => form.takeUp(null), 'aria-label': t('launcher.setAside.close') }}
        />
      )}
      <LauncherProvider value={{ values: form.values, set: form.set, facts, forecast: forecastOf(facts), problems, leave: form.leave, goTo }}>
        <div className={styles.layout}>
          <div className={styles.main}>
            <h2 ref={heading} tabIndex={-1} className={styles.stepTitle}>
              {t('launcher.steps.heading', { number: number + 1, name: t(`launcher.steps.${step}`) })}
            </h2>
            <div ref={panel}>
              <Panel />
            </div>
            <footer className={styles.foot}>
              <Button disabled={number === 0 || launching} onClick={() => goTo(steps[number - 1] ?? 'type')}>
                {t('launcher.previous')}
              </Button>
              {step === 'review' ? (
                <Button
                  type="primary"
                  className={`${styles.push} ${styles.launch}`}
                  aria-disabled={reason ? true : undefined}
                  data-hint={launching || !reason ? undefined : reason}
                  loading={launching}
                  onClick={onLaunch}
                >
                  {t('launcher.launch.button')}
                </Button>
              ) : (
                <>
                  <Button className={styles.push} onClick={() => goTo('review')}>
                    {t('launcher.skip')}
                  </Button>
                  <Button type="primary" onClick={() => goTo(steps[number + 1] ?? 'review')}>
                    {t('launcher.next')}
                  </Button>
                </>
              )}
            </footer>
          </div>
          <aside className={styles.side} aria-label={t('launcher.steps.aside')}>
            <StepMenu current={step} problems={problems} summaries={summaries} onGo={goTo} />
            <p className={styles.kept}>{t('launcher.kept')}</p>
          </aside>
        </div>
      </LauncherProvider>
      <ConfirmDialog
        open={asking === 'reset'}
        title={t('launcher.reset.title')}
        confirmLabel={t('launcher.reset.confirm')}
        onConfirm={() => {
          form.reset();
          setUrl({ step: 0 });
        }}
        onClose={() => setAsking(null)}
      >
        {t('launcher.reset.text')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'noFolder'}
        title={t('launcher.noFolder.title')}
        confirmLabel={t('launcher.noFolder.start')}
        onConfirm={() => {
          void launch(facts);
        }}
        onClose={() => setAsking(null)}
      >
        {t('launcher.noFolder.text')}
      </ConfirmDialog>
    </div>
  );
}

/** After a change of step the reader is at its heading, not lost at the end of the step before. */
function useStepFocus(step: Step, heading: React.RefObject<HTMLHeadingElement | null>): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView?.({ block: 'nearest' });
  }, [step, heading]);
}

function pointAtFirstError(panel: HTMLElement | null): void {
  const card = panel?.querySelector<HTMLElement>('[data-problem="error"]');
  card?.scrollIntoView?.({ block: 'center' });
  card?.focus({ preventScroll: true });
}
