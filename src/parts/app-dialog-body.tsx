import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { appQueries } from '../client/apps';
import { sessionRules } from '../client/session-rules';
import type { SessionRow } from '../client/sessions-types';
import { CopyText } from '../ui/copy-text';
import { AppAsk, needsAsking } from './app-ask';
import styles from './app-dialog.module.css';
import { AppGateway } from './app-gateway';
import { AppIcon } from './app-icon';
import { findApp, listApps } from './app-list';
import type { AppList, OfferedApp } from './app-list';
import { takeApp } from './app-opening';
import { AppOptions, extrasOf, noOptions, problemsOf } from './app-options';
import { AppFailed, AppOpened, AppProgress } from './app-outcome';
import { useMe, useSiteConfig } from './console-context';
import { refusalText } from './session-refusals';
import { readSshPort } from './ssh-port';
import { useAppLaunch } from './use-app-launch';
import type { LaunchExtras } from './use-app-launch';

function Tile({ app, onClick }: { app: OfferedApp; onClick: () => void }) {
  return (
    <li>
      <button type="button" className={styles.tile} onClick={onClick}>
        <span className={styles.icon}>
          <AppIcon app={app} />
        </span>
        <span className={styles.name}>{app.title}</span>
      </button>
    </li>
  );
}

function Tiles({ list, onOpen }: { list: AppList; onOpen: (app: OfferedApp) => void }) {
  const { t } = useTranslation();
  return (
    <>
      {list.groups.map(({ category, apps }) => (
        <section key={category} className={styles.part}>
          <h3 className={styles.subheading}>{t(`apps.category.${category}`)}</h3>
          <ul className={styles.tiles}>
            {apps.map((app) => (
              <Tile key={app.name} app={app} onClick={() => onOpen(app)} />
            ))}
          </ul>
        </section>
      ))}
      {list.preopen.length > 0 ? (
        <section className={styles.part}>
          <h3 className={styles.subheading}>{t('apps.preopen.title')}</h3>
          <p className={styles.note}>{t('apps.preopen.hint')}</p>
          <ul className={styles.tiles}>
            {list.preopen.map((app) => (
              <Tile key={app.name} app={app} onClick={() => onOpen(app)} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

/** SES-289 */
function CommandLine({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  // A name that could mean something to a shell makes way for the id.
  const name = /^\w[\w.-]*$/.test(session.name) ? session.name : session.id;
  const commands = [`backend.ai ssh ${name}`, `backend.ai app ${name} sshd -b 9922`, `backend.ai session download ${name} id_container`];
  return (
    <details className={styles.more}>
      <summary>{t('apps.cli.title')}</summary>
      <p className={styles.note}>{t('apps.cli.hint')}</p>
      <ul className={styles.plain}>
        {commands.map((command) => (
          <li key={command}>
            <CopyText mono text={command} label={t('apps.command', { name: command })} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export interface AppDialogBodyProps {
  session: SessionRow;
  onLogs: () => void;
}

export function AppDialogBody({ session, onLogs }: AppDialogBodyProps) {
  const { t } = useTranslation();
  const me = useMe();
  const config = useSiteConfig();
  const reason = refusalText(t, sessionRules.apps(session, me));
  const [options, setOptions] = useState(noOptions);
  const [tried, setTried] = useState(false);
  const { view, show, launch } = useAppLaunch(session);
  const allowances = useQuery({ ...appQueries.allowances(session.id), enabled: reason === null });
  const list = listApps(session, { tcp: config.resources.allowNonAuthTCP, console: t('apps.console') });
  const top = useRef<HTMLHeadingElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const problems = problemsOf(options);
  const allowanceOf = (app: OfferedApp) => allowances.data?.find(({ name }) => name === app.service);
  const place = (app: OfferedApp) => ({ app: app.title, group: session.resourceGroup ?? '' });

  const start = (app: OfferedApp, extras: LaunchExtras) => {
    const sshPort = app.service === 'sshd' && session.type !== 'system' ? readSshPort(me.uuid) : null;
    launch(app, { ...(sshPort === null ? {} : { port: sshPort }), ...extrasOf(options), ...extras });
  };
  const open = (app: OfferedApp) => {
    setTried(true);
    if (problems.port || problems.networks.length > 0) {
      // Once the field says that it is wrong.
      setTimeout(() => root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
      return;
    }
    if (needsAsking(app, allowanceOf(app))) show({ at: 'ask', app });
    else start(app, {});
  };

  // Each view begins at its heading (A11-02); the list does where the dialog's own focus is.
  const { at } = view;
  const before = useRef(at);
  useEffect(() => {
    if (before.current !== at) top.current?.focus();
    before.current = at;
  }, [at]);

  // What a launch or the terminal asked for, once (SES-046, SES-295).
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current || reason !== null) return;
    asked.current = true;
    const handed = takeApp(session.id);
    const app = handed?.option ? findApp(list, handed.option.app) : undefined;
    if (app) launch(app, handed?.option?.path ? { path: handed.option.path } : {}, handed?.tab);
    else handed?.tab?.close();
  });

  if (reason !== null && view.at === 'list') {
    return (
      <div className={styles.body}>
        <Alert type="info" showIcon title={reason} />
      </div>
    );
  }
  if (view.at === 'list') {
    return (
      <div ref={root} className={styles.body}>
        <h3 ref={top} tabIndex={-1} className={styles.hidden}>
          {t('apps.choose')}
        </h3>
        <Tiles list={list} onOpen={open} />
        <AppOptions values={options} problems={tried ? problems : { ...problems, port: problems.port && options.port !== null }} onChange={(patch) => setOptions({ ...options, ...patch })} />
        <CommandLine session={session} />
      </div>
    );
  }
  const { app } = view;
  return (
    <div className={styles.body}>
      <div className={styles.head}>
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={() => show({ at: 'list' })}>
          {t('apps.all')}
        </Button>
        <h3 ref={top} tabIndex={-1} className={styles.heading}>
          <AppIcon app={app} />
          {app.title}
        </h3>
      </div>
      {view.at === 'ask' ? <AppAsk app={app} allowance={allowanceOf(app)} onOpen={(extras) => start(app, extras)} /> : null}
      {view.at === 'progress' ? <AppProgress step={view.step} place={place(app)} onCancel={() => show({ at: 'list' })} /> : null}
      {view.at === 'failed' ? (
        <AppFailed view={view} place={place(app)} onRetry={() => launch(app, view.extras)} onAnyPort={() => launch(app, { ...view.extras, port: undefined })} onLogs={onLogs} />
      ) : null}
      {view.at === 'web' ? <AppOpened view={view} onLogs={onLogs} /> : null}
      {view.at === 'gateway' ? <AppGateway session={session} app={app} gateway={view.gateway} /> : null}
    </div>
  );
}
