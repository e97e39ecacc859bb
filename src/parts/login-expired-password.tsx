import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toClientError } from '../client/errors';
import { updateExpiredPassword } from '../client/login';
import { useSingleFlight } from '../ui/use-single-flight';
import { DialogActions, LoginDialog } from './login-dialog';
import { SecretField } from './login-fields';
import styles from './login-form.module.css';
import { FormProblem } from './login-problem-view';
import { problemOfError, readable } from './login-problems';
import type { LoginProblem } from './login-problems';
import { passwordFlaw, passwordMaxLength } from './password-rule';
import type { PasswordFlaw } from './password-rule';

type Flaw = PasswordFlaw | 'same' | 'repeat' | 'currentWrong' | 'refused';
type Flaws = Partial<Record<'current' | 'next' | 'repeat', Flaw>>;

interface ExpiredPasswordProps {
  username: string;
  /** As typed a moment ago. */
  current: string;
  onCancel: () => void;
  onChanged: (password: string) => void;
}

/** A password past the manager's greatest age has to be replaced before the log-in goes on (ACC-022). */
export function ExpiredPasswordDialog({ username, current: typed, onCancel, onChanged }: ExpiredPasswordProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState(typed);
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const [flaws, setFlaws] = useState<Flaws>({});
  const [problem, setProblem] = useState<LoginProblem | null>(null);
  const [words, setWords] = useState<string>();

  const nextRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typed) nextRef.current?.focus();
  }, [typed]);

  const [change, busy] = useSingleFlight(async () => {
    setProblem(null);
    setWords(undefined);
    try {
      const answer = await updateExpiredPassword({ username, currentPassword: current, newPassword: next });
      if (answer.ok) return onChanged(next);
      // The webserver answers 200 with the manager's refusal inside.
      if (answer.slug === 'auth-failed') setFlaws({ current: 'currentWrong' });
      else {
        setFlaws({ next: 'refused' });
        setWords(readable(answer.detail) ?? readable(answer.title));
      }
    } catch (error) {
      setProblem(problemOfError(toClientError(error, 'updateExpiredPassword')));
    }
    return undefined;
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const found: Flaws = {};
    if (current === '') found.current = 'empty';
    const flaw = passwordFlaw(next) ?? (next === current ? 'same' : null);
    if (flaw) found.next = flaw;
    else if (repeat !== next) found.repeat = 'repeat';
    setFlaws(found);
    if (Object.keys(found).length === 0) void change();
  }

  const told = (flaw: Flaw | undefined) => flaw && [t(`login.passwordFlaw.${flaw}`), flaw === 'refused' ? words : ''].filter(Boolean).join(' ');
  return (
    <LoginDialog title={t('login.expiredPassword.title')} lead={t('login.expiredPassword.lead')} onCancel={busy ? () => undefined : onCancel}>
      <form className={`${styles.form} ${styles.inDialog}`} onSubmit={submit} noValidate>
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <SecretField
          label={t('login.expiredPassword.current')}
          showLabel={t('login.showPassword')}
          autoComplete="current-password"
          required
          readOnly={busy}
          value={current}
          error={told(flaws.current)}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <SecretField
          label={t('login.expiredPassword.next')}
          showLabel={t('login.showPassword')}
          hint={t('login.expiredPassword.rule')}
          inputRef={nextRef}
          autoComplete="new-password"
          maxLength={passwordMaxLength}
          required
          readOnly={busy}
          value={next}
          error={told(flaws.next)}
          onChange={(event) => setNext(event.target.value)}
        />
        <SecretField
          label={t('login.expiredPassword.repeat')}
          showLabel={t('login.showPassword')}
          autoComplete="new-password"
          maxLength={passwordMaxLength}
          required
          readOnly={busy}
          value={repeat}
          error={told(flaws.repeat)}
          onChange={(event) => setRepeat(event.target.value)}
        />
        {problem && <FormProblem problem={problem} />}
        <DialogActions>
          <Button htmlType="button" disabled={busy} onClick={onCancel}>
            {t('login.expiredPassword.cancel')}
          </Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('login.expiredPassword.submit')}
          </Button>
        </DialogActions>
      </form>
    </LoginDialog>
  );
}
