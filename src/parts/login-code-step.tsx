import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginField } from './login-fields';
import styles from './login-form.module.css';
import { FormProblem, ProblemWords } from './login-problem-view';
import type { LoginProblem } from './login-problems';

interface CodeStepProps {
  /** Whose code is wanted; '' where the server alone knows (log-in by a link). */
  id: string;
  busy: boolean;
  problem: LoginProblem | null;
  /** Grows with each answer. */
  round: number;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** The one-time password, asked after id and password were accepted (ACC-047). */
export function CodeStep({ id, busy, problem, round, onCode, onBack }: CodeStepProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [round]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const complete = /^\d{6}$/.test(code);
    setIncomplete(!complete);
    if (complete) onCode(code);
    else field.current?.focus();
  }

  const wrong = problem?.field === 'otp' ? <ProblemWords problem={problem} /> : undefined;
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label={t('login.title')}>
      <p className={styles.lead}>{id ? t('login.otp.lead', { id }) : t('login.otp.leadPlain')}</p>
      <LoginField
        label={t('login.otp.label')}
        inputRef={field}
        name="one-time-code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\d{6}"
        maxLength={6}
        required
        readOnly={busy}
        value={code}
        error={incomplete ? t('login.need.otp') : wrong}
        onChange={(event) => {
          setCode(event.target.value.replace(/\D/g, ''));
          setIncomplete(false);
        }}
      />
      {problem && problem.field !== 'otp' && <FormProblem problem={problem} />}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {busy ? t('login.busy') : t('login.submit')}
      </Button>
      <Button type="text" htmlType="button" block disabled={busy} onClick={onBack}>
        {t('login.otp.back')}
      </Button>
    </form>
  );
}
