import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HelpHint } from '../../ui/help-hint';
import styles from './field.module.css';
import type { Problem } from './problem';
import { useLauncher } from './launcher-context';

/** What a control must carry so that its label and its message are heard with it. */
export interface ControlProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  status?: 'error' | 'warning';
}

export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  return (problem) => t(`launcher.problem.${problem.id}`, problem.params ?? {});
}

export function ProblemLine({ problem, name }: { problem: Problem; name?: string | null }) {
  const text = useProblemText();
  const Icon = problem.level === 'error' ? ExclamationCircleFilled : WarningFilled;
  return (
    <span className={styles.problem} data-level={problem.level}>
      <Icon aria-hidden className={styles.problemIcon} />
      <span>
        {name && <span className={styles.problemField}>{`${name}: `}</span>}
        {text(problem)}
      </span>
    </span>
  );
}

/** The worst of what is shown at a field. */
export function useFieldProblem(field: string): Problem | undefined {
  const { problems } = useLauncher();
  const own = problems.filter((one) => one.field === field);
  return own.find((one) => one.level === 'error') ?? own[0];
}

export interface FieldProps {
  /** As in `Problem.field`. */
  field: string;
  label: string;
  help?: string;
  /** One line below the control, in whose place a problem is told. */
  hint?: ReactNode;
  required?: boolean;
  /** At the right end of the label's line. */
  aside?: ReactNode;
  /** The control is a group of its own: the label names the group instead of one control. */
  group?: boolean;
  children: (control: ControlProps) => ReactNode;
}

export function Field({ field, label, help, hint, required, aside, group, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const problem = useFieldProblem(field);
  const noteId = `${id}-note`;
  const note = problem ? <ProblemLine problem={problem} /> : hint;
  const control: ControlProps = {
    id,
    ...(note ? { 'aria-describedby': noteId } : {}),
    ...(problem?.level === 'error' ? { 'aria-invalid': true as const } : {}),
    ...(problem ? { status: problem.level } : {}),
  };
  const labelText = (
    <>
      {label}
      {required && (
        <span className={styles.required} title={t('launcher.required')} aria-hidden>
          {'*'}
        </span>
      )}
    </>
  );
  return (
    <div className={styles.field} {...(group ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})} data-field={field}>
      <div className={styles.head}>
        {group ? (
          <span id={`${id}-label`} className={styles.label}>
            {labelText}
          </span>
        ) : (
          <label htmlFor={id} className={styles.label}>
            {labelText}
          </label>
        )}
        {help && <HelpHint about={label}>{help}</HelpHint>}
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      {children(control)}
      <div id={noteId} className={styles.note} aria-live="polite">
        {note}
      </div>
    </div>
  );
}

/** A titled part of a step. */
export function Part({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.part}>
      <h3 id={id} className={styles.partTitle}>
        {title}
      </h3>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
