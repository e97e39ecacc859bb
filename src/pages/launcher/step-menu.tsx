import { CheckOutlined, ExclamationCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { levelOf } from './problem';
import type { Problem } from './problem';
import { steps } from './launch-values';
import type { Step } from './launch-values';
import styles from './step-menu.module.css';

export interface StepMenuProps {
  current: Step;
  problems: readonly Problem[];
  /** What was chosen in a step, in a few words. */
  summaries: Partial<Record<Step, string>>;
  onGo: (step: Step) => void;
}

/** Jumps anywhere, and marks steps with errors and warnings (SES-040). */
export function StepMenu({ current, problems, summaries, onGo }: StepMenuProps) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('launcher.steps.label')} className={styles.menu}>
      <ol className={styles.list}>
        {steps.map((step, index) => {
          const level = levelOf(problems.filter((one) => one.step === step));
          return (
            <li key={step}>
              <button
                type="button"
                className={styles.step}
                data-level={level ?? undefined}
                aria-current={step === current ? 'step' : undefined}
                onClick={() => onGo(step)}
              >
                <span className={styles.mark} aria-hidden>
                  {level === 'error' ? (
                    <ExclamationCircleFilled />
                  ) : level === 'warning' ? (
                    <WarningFilled />
                  ) : index < steps.indexOf(current) ? (
                    <CheckOutlined />
                  ) : (
                    index + 1
                  )}
                </span>
                <span className={styles.words}>
                  <span className={styles.name}>{t(`launcher.steps.${step}`)}</span>
                  {summaries[step] && <span className={styles.summary}>{summaries[step]}</span>}
                  {level && <VisuallyHidden>{t(`launcher.steps.has.${level}`)}</VisuallyHidden>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
