import { CheckCircleFilled, ExportOutlined, FileTextOutlined, LoadingOutlined, MinusOutlined, ReloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { launchSteps } from '../client/app-launch';
import type { LaunchStep } from '../client/app-launch';
import { can } from '../client/capabilities';
import { useErrorWords } from '../ui/error-words';
import styles from './app-dialog.module.css';
import { failureText, pointsAtLogs, serverWords, stepText } from './app-words';
import type { LaunchPlace } from './app-words';
import type { LaunchView } from './use-app-launch';

export function AppProgress({ step, place, onCancel }: { step: LaunchStep; place: LaunchPlace; onCancel: () => void }) {
  const { t } = useTranslation();
  const at = launchSteps.indexOf(step);
  return (
    <>
      <ol className={styles.steps} aria-label={t('apps.preparing', { app: place.app })}>
        {launchSteps.map((one, i) => (
          <li key={one} aria-current={i === at ? 'step' : undefined} data-state={i < at ? 'done' : i === at ? 'now' : 'later'}>
            {i < at ? <CheckCircleFilled aria-hidden /> : i === at ? <LoadingOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
            <span>{stepText(t, one, place)}</span>
          </li>
        ))}
      </ol>
      <div>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </>
  );
}

export interface AppFailedProps {
  view: Extract<LaunchView, { at: 'failed' }>;
  place: LaunchPlace;
  onRetry: () => void;
  /** The same without the wished port, which may be one that was kept for every session (SES-286). */
  onAnyPort: () => void;
  onLogs: () => void;
}

export function AppFailed({ view, place, onRetry, onAnyPort, onLogs }: AppFailedProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { error } = view;
  const said = serverWords(error);
  return (
    <>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t('apps.failed', { app: place.app })}
        description={
          <>
            <p className={styles.text}>{failureText(t, error, place) ?? words(error.error).summary}</p>
            {said !== null && error.failure !== 'other' ? <p className={styles.said}>{t('apps.said', { words: said })}</p> : null}
            {pointsAtLogs(error) ? <p className={styles.text}>{t('apps.failure.logsHint')}</p> : null}
          </>
        }
      />
      <div className={styles.deeds}>
        <Button type="primary" icon={<ReloadOutlined aria-hidden />} onClick={onRetry}>
          {t('apps.retry')}
        </Button>
        {error.failure === 'port-taken' && view.extras.port !== undefined ? <Button onClick={onAnyPort}>{t('apps.anyPort')}</Button> : null}
        <Button icon={<FileTextOutlined aria-hidden />} onClick={onLogs}>
          {t('sessions.action.logs')}
        </Button>
      </div>
    </>
  );
}

export interface AppOpenedProps {
  view: Extract<LaunchView, { at: 'web' }>;
  onLogs: () => void;
}

/** The app stands in its tab, or waits for the user to open one (SES-283). */
export function AppOpened({ view, onLogs }: AppOpenedProps) {
  const { t } = useTranslation();
  const { app, extras, url, mixed, blocked } = view;
  const path = extras.path ?? app.path;
  const isJupyter = app.name === 'jupyter' || app.name === 'jupyterlab';
  return (
    <>
      <p role="status" className={styles.text}>
        {blocked ? t('apps.opened.blocked', { app: app.title }) : t('apps.opened.done', { app: app.title })}
      </p>
      {extras.openToPublic ? <Alert type="warning" showIcon title={t('apps.options.publicWarning')} /> : null}
      <div className={styles.deeds}>
        {/* A link opens a tab where a script may not. */}
        <Button type={blocked ? 'primary' : 'default'} icon={<ExportOutlined aria-hidden />} href={url} target="_blank" rel="noopener noreferrer">
          {blocked ? t('apps.open') : t('apps.opened.again')}
        </Button>
        <Button icon={<FileTextOutlined aria-hidden />} onClick={onLogs}>
          {t('sessions.action.logs')}
        </Button>
      </div>
      <ul className={styles.hints}>
        {extras.openToPublic ? <li>{t('apps.opened.share')}</li> : null}
        {mixed ? <li>{t('apps.opened.mixed')}</li> : null}
        {app.protocol === 'preopen' ? <li>{t('apps.opened.preopen')}</li> : <li>{t('apps.opened.reload')}</li>}
        {path !== '' && !can('newAppProxy') ? <li>{t('apps.opened.path', { path: path.split('?')[0] })}</li> : null}
        {isJupyter ? <li>{t('apps.opened.jupyter')}</li> : null}
      </ul>
    </>
  );
}
