import { ExclamationCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from './login-guard';
import type { LoginProblem } from './login-problems';
import styles from './login-problem-view.module.css';

const icons = { error: ExclamationCircleFilled, warning: WarningFilled, info: InfoCircleFilled };

export function LoginNote({ tone, title, children }: { tone: keyof typeof icons; title?: ReactNode; children?: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={styles.note} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon aria-hidden className={styles.icon} />
      <div className={styles.text}>
        {title && <strong className={styles.title}>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

/** What went wrong and what to do about it (ACC-014). */
export function ProblemWords({ problem }: { problem: LoginProblem }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{t(`login.problem.${problem.code}.what`)}</strong> {t(`login.problem.${problem.code}.todo`)}
      {problem.words && <span className={styles.words}>{t('login.serverSays', { text: problem.words })}</span>}
    </>
  );
}

export function FormProblem({ problem }: { problem: LoginProblem }) {
  return (
    <LoginNote tone="error">
      <ProblemWords problem={problem} />
    </LoginNote>
  );
}

/** The two blocks of ACC-015 and ACC-016. The countdown itself is on the button. */
export function BlockNote({ block, now }: { block: Block; now: number }) {
  const { t } = useTranslation();
  const minutes = Math.max(1, Math.ceil((block.until - now) / 60_000));
  return block.kind === 'server' ? (
    <LoginNote tone="error">
      <strong>{t('login.problem.blocked.what')}</strong> {t('login.problem.blocked.todo', { minutes })}
    </LoginNote>
  ) : (
    <LoginNote tone="error">
      <strong>{t('login.problem.paused.what')}</strong> {t('login.problem.paused.todo')}
    </LoginNote>
  );
}
