import { Button } from 'antd';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteConfig } from '../client/config';
import { useNow } from '../ui/use-now';
import { useLoginAttempt } from './login-attempt';
import type { LoginInput } from './login-attempt';
import { CodeStep } from './login-code-step';
import { ConcurrentDialog } from './login-concurrent';
import { checkEndpoint, endpointHistory, lastLoginMode } from './login-endpoint';
import { EndpointField } from './login-endpoint-field';
import { LoginField, SecretField } from './login-fields';
import styles from './login-form.module.css';
import { loginGuard } from './login-guard';
import { ModeSwitch } from './login-mode-switch';
import { BlockNote, FormProblem, ProblemWords } from './login-problem-view';
import type { LoginProblem } from './login-problems';

const ExpiredPasswordDialog = lazy(() =>
  import('./login-expired-password').then((module) => ({ default: module.ExpiredPasswordDialog })),
);

type Mode = 'SESSION' | 'API';
type NeedCode = 'id' | 'password' | 'accessKey' | 'secretKey' | 'endpointEmpty' | 'endpointScheme' | 'endpointInvalid';
type Needs = Partial<Record<'id' | 'password' | 'endpoint', NeedCode>>;

export interface LoginFormProps {
  config: SiteConfig;
  /** Log-in over the page (ACC-053): the connection stays; with an id only that user may come back. */
  over?: { mode: Mode; user?: { id: string; accessKey: string } };
  /** Shown until the first try. */
  notice?: ReactNode;
  /** A log-in link's token, tried at once instead of the fields (ACC-041). */
  link?: { token: string; extras: Record<string, string> };
  /** After the server said yes; a problem found then is told like any other. */
  onIn: () => Promise<LoginProblem | null>;
  /** A try begins: time to fetch what comes after it. */
  onTry?: () => void;
  /** Under the button. `fill` puts an id and a password into the fields. */
  children?: (fill: (id: string, password: string) => void) => ReactNode;
}

/** Access keys as the manager makes them (name rules). Secret keys differ between installations. */
const accessKeyShape = /^AKIA[A-Z2-7]{16}$/;

/** Id, password, endpoint, code: the whole log-in, on its page and over other pages. */
export function LoginForm({ config, over, notice, link, onIn, onTry, children }: LoginFormProps) {
  const { t } = useTranslation();
  const { general } = config;
  const user = over?.user;
  const [mode, setMode] = useState<Mode>(() => over?.mode ?? ((general.allowChangeSigninMode && lastLoginMode.get()) || general.connectionMode));
  const [typedId, setId] = useState('');
  const [password, setPassword] = useState('');
  // Where the site fixes the endpoint, what was typed before was the other mode's.
  const [endpointText, setEndpointText] = useState(() => endpointHistory.list()[0] ?? general.apiEndpoint);
  const [needs, setNeeds] = useState<Needs>({});
  const idRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const endpointRef = useRef<HTMLInputElement>(null);
  const byKeys = mode === 'API';
  const id = user ? (byKeys ? user.accessKey : user.id) : typedId;
  // A fixed endpoint is that of the configured mode: the other mode needs the other server's address (ACC-017).
  const typesEndpoint = !over && (general.apiEndpoint === '' || mode !== general.connectionMode);

  const login = useLoginAttempt({
    limit: general.loginAttemptLimit,
    blockTime: general.loginBlockTime,
    onTry,
    onIn: async (input) => {
      if (typesEndpoint && input.endpoint) endpointHistory.remember(input.endpoint);
      if (!over && general.allowChangeSigninMode) lastLoginMode.remember(mode);
      return onIn();
    },
  });
  const { step, question, busy, problem, round, start } = login;

  const block = loginGuard.blockFor(id.trim());
  const now = useNow(block ? 1000 : 0);

  const linkStarted = useRef(false);
  useEffect(() => {
    if (!link || linkStarted.current) return;
    linkStarted.current = true;
    void start({ by: 'token', endpoint: general.apiEndpoint, ...link });
  }, [link, start, general.apiEndpoint]);

  const known = Boolean(user);
  // ACC-014, ACC-047: after each answer the focus is where the next thing is to be typed.
  useEffect(() => {
    if (step === 'otp' || question) return;
    if (round > 0) {
      passwordRef.current?.focus();
      passwordRef.current?.select();
    } else if (known) passwordRef.current?.focus();
    else idRef.current?.focus();
  }, [round, step, question, known]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || block) return;
    const name = id.trim();
    const found: Needs = {};
    if (byKeys ? !accessKeyShape.test(name) : name === '') found.id = byKeys ? 'accessKey' : 'id';
    if (password === '') found.password = byKeys ? 'secretKey' : 'password';
    const address = typesEndpoint ? checkEndpoint(endpointText) : null;
    if (address && !address.ok) found.endpoint = address.reason;
    setNeeds(found);
    const first = found.id && !user ? idRef : found.password ? passwordRef : found.endpoint ? endpointRef : null;
    if (first) return first.current?.focus();
    const endpoint = over ? undefined : address?.ok ? address.endpoint : general.apiEndpoint;
    const input: LoginInput = byKeys
      ? { by: 'keys', endpoint, accessKey: name, secretKey: password }
      : { by: 'password', endpoint, username: name, password };
    void start(input);
  }

  function change(field: keyof Needs, set: (value: string) => void) {
    return (value: string) => {
      set(value);
      if (needs[field]) setNeeds({ ...needs, [field]: undefined });
    };
  }
  const changeId = change('id', setId);
  const changePassword = change('password', setPassword);

  const need = (code: NeedCode | undefined) => code && t(`login.need.${code}`);
  const atPassword = problem?.field === 'password' && step === 'credentials' ? problem : null;
  const atEndpoint = problem?.field === 'endpoint' && typesEndpoint ? problem : null;
  const atForm = problem && !atPassword && !atEndpoint && step === 'credentials' ? problem : null;

  if (link && busy && step === 'credentials') {
    return (
      <output className={styles.calm}>{t('login.token.authenticating')}</output>
    );
  }

  return (
    <>
      {step === 'otp' ? (
        <CodeStep id={id} busy={busy} problem={problem} round={round} onCode={login.answerCode} onBack={login.backToFields} />
      ) : (
        <form className={styles.form} onSubmit={submit} noValidate aria-label={t('login.title')}>
          {round === 0 && !busy && notice}
          {!over && general.allowChangeSigninMode && (
            <ModeSwitch
              mode={mode}
              disabled={busy}
              onChange={(next) => {
                setMode(next);
                setId('');
                setPassword('');
                setNeeds({});
                if (round > 0) login.backToFields();
              }}
            />
          )}
          <LoginField
            key={`${mode} id`}
            label={byKeys ? t('login.accessKey') : t('login.id')}
            inputRef={idRef}
            name="username"
            autoComplete="username"
            maxLength={byKeys ? 20 : undefined}
            value={id}
            fixed={known}
            readOnly={busy || known}
            required
            error={need(needs.id)}
            onChange={(event) => changeId(event.target.value)}
          />
          <SecretField
            key={`${mode} secret`}
            label={byKeys ? t('login.secretKey') : t('login.password')}
            showLabel={byKeys ? t('login.showSecretKey') : t('login.showPassword')}
            inputRef={passwordRef}
            name="password"
            autoComplete={byKeys ? 'off' : 'current-password'}
            maxLength={byKeys ? 40 : undefined}
            value={password}
            readOnly={busy}
            required
            error={need(needs.password) ?? (atPassword && <ProblemWords problem={atPassword} />)}
            onChange={(event) => changePassword(event.target.value)}
          />
          {typesEndpoint && (
            <EndpointField
              label={t('login.endpoint')}
              hint={byKeys ? t('login.apiEndpointHint') : undefined}
              inputRef={endpointRef}
              value={endpointText}
              readOnly={busy}
              error={need(needs.endpoint) ?? (atEndpoint && <ProblemWords problem={atEndpoint} />)}
              onChange={change('endpoint', setEndpointText)}
            />
          )}
          {block ? <BlockNote block={block} now={now} /> : atForm && <FormProblem problem={atForm} />}
          <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={block !== null}>
            {block ? t('login.blockedFor', { time: countdown(block.until - now) }) : busy ? t('login.busy') : t('login.submit')}
          </Button>
          {!over && !typesEndpoint && (
            <p className={styles.endpoint}>
              <span>{general.apiEndpointText}</span> <bdi>{general.apiEndpoint}</bdi>
            </p>
          )}
          {children?.((name, secret) => {
            setId(name);
            setPassword(secret);
            setNeeds({});
          })}
        </form>
      )}
      {question === 'concurrent' && <ConcurrentDialog busy={busy} onForce={login.force} onCancel={login.backToFields} />}
      {question === 'password-expired' && (
        <Suspense fallback={null}>
          <ExpiredPasswordDialog
            username={id.trim()}
            current={password}
            onCancel={login.backToFields}
            onChanged={(next) => {
              setPassword(next);
              void login.restart(next);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** Minutes and seconds to wait. */
function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
