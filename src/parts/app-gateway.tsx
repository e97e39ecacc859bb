import { DownloadOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { appMutations } from '../client/apps';
import type { Gateway } from '../client/gateway';
import { can } from '../client/capabilities';
import type { SessionRow } from '../client/sessions-types';
import { announce } from '../ui/announcer';
import { CopyText } from '../ui/copy-text';
import { useErrorWords } from '../ui/error-words';
import { useSingleFlight } from '../ui/use-single-flight';
import styles from './app-dialog.module.css';
import type { OfferedApp } from './app-list';
import { useMe } from './console-context';
import { readSshPort, sshPorts, writeSshPort } from './ssh-port';

const KEY_FILE = 'id_container';
const USER = 'work';

/** How another program connects, as a user would type it. */
export function sshCommands({ host, port }: Gateway): { name: string; command: string }[] {
  // Host and key are others with every session and every opening (pitfall 8).
  const trust = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null';
  const at = host.includes(':') ? `[${host}]` : host;
  return [
    { name: 'ssh', command: `ssh -i ${KEY_FILE} ${trust} -p ${port} ${USER}@${host}` },
    { name: 'sftp', command: `sftp -i ${KEY_FILE} ${trust} -P ${port} ${USER}@${at}` },
    { name: 'scp', command: `scp -i ${KEY_FILE} ${trust} -P ${port} <file> ${USER}@${at}:/home/work/` },
    { name: 'rsync', command: `rsync -av -e "ssh -i ${KEY_FILE} ${trust} -p ${port}" <folder>/ ${USER}@${at}:/home/work/` },
  ];
}

export function sshConfig({ host, port }: Gateway): string {
  return [
    'Host bai-vscode',
    `  HostName ${host}`,
    `  Port ${port}`,
    `  User ${USER}`,
    `  IdentityFile ~/.ssh/${KEY_FILE}`,
    '  StrictHostKeyChecking no',
    '  UserKnownHostsFile none',
  ].join('\n');
}

/** An address that the editor on the user's machine takes. */
export function editorAddress({ host, port }: Gateway): string {
  return `vscode://vscode-remote/ssh-remote+${USER}%40${encodeURIComponent(host)}%3A${port}/home/work`;
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = KEY_FILE;
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function KeyDownload({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { mutateAsync, error, data } = useMutation(appMutations.sshKey());
  const [download, running] = useSingleFlight(async () => {
    try {
      const key = await mutateAsync(session.id);
      if (key === null) return;
      save(key);
      announce(t('apps.ssh.keyDone'));
    } catch {
      // Told below.
    }
  });
  return (
    <div className={styles.deed}>
      <Button icon={<DownloadOutlined aria-hidden />} loading={running} onClick={() => void download()}>
        {t('apps.ssh.key')}
      </Button>
      <p className={styles.note}>
        {t('apps.ssh.keyHint')} <code>{`chmod 600 ${KEY_FILE}`}</code>
      </p>
      {error ? (
        <p role="alert" className={styles.error}>
          {words(error).summary}
        </p>
      ) : null}
      {data === null ? (
        <p role="alert" className={styles.error}>
          {t('apps.ssh.noKey')}
        </p>
      ) : null}
    </div>
  );
}

function PreferredPort() {
  const { t } = useTranslation();
  const me = useMe();
  const id = useId();
  const [port, setPort] = useState<number | null>(() => readSshPort(me.uuid));
  const bad = port !== null && (!Number.isInteger(port) || port < sshPorts.min || port > sshPorts.max);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('apps.ssh.preferredPort')}</label>
      <InputNumber
        id={id}
        value={port}
        precision={0}
        controls={false}
        status={bad ? 'error' : undefined}
        aria-invalid={bad}
        aria-describedby={`${id}-hint`}
        onChange={(value) => {
          setPort(value);
          const fits = value === null || (Number.isInteger(value) && value >= sshPorts.min && value <= sshPorts.max);
          if (fits) writeSshPort(me.uuid, value);
        }}
      />
      <p id={`${id}-hint`} className={bad ? styles.error : styles.note}>
        {bad ? t('apps.options.badPort', sshPorts) : t('apps.ssh.preferredPortHint')}
        {can('newAppProxy') ? null : ` ${t('apps.options.portIgnored')}`}
      </p>
    </div>
  );
}

function Address({ gateway, user }: { gateway: Gateway; user: string | null }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      {user === null ? null : (
        <>
          <dt>{t('apps.ssh.user')}</dt>
          <dd>
            <CopyText mono text={user} label={t('apps.ssh.user')} />
          </dd>
        </>
      )}
      <dt>{t('apps.ssh.host')}</dt>
      <dd>
        <CopyText mono text={gateway.host} label={t('apps.ssh.host')} />
      </dd>
      <dt>{t('apps.ssh.port')}</dt>
      <dd>
        <CopyText mono text={String(gateway.port)} label={t('apps.ssh.port')} />
      </dd>
    </dl>
  );
}

/** A command breaks between its words, not at a hyphen. */
function Words({ text }: { text: string }) {
  return text.split(' ').map((word, i) => (
    <Fragment key={i}>
      {i > 0 ? ' ' : null}
      <span className={styles.word}>{word}</span>
    </Fragment>
  ));
}

function Ssh({ session, gateway }: { session: SessionRow; gateway: Gateway }) {
  const { t } = useTranslation();
  return (
    <>
      <Address gateway={gateway} user={USER} />
      <KeyDownload session={session} />
      <section className={styles.part}>
        <h4 className={styles.subheading}>{t('apps.ssh.examples')}</h4>
        <dl className={styles.commands}>
          {sshCommands(gateway).map(({ name, command }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <CopyText mono text={command} label={t('apps.command', { name })}>
                  <Words text={command} />
                </CopyText>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <ul className={styles.hints}>
        {session.type === 'system' ? null : <li>{t('apps.ssh.random')}</li>}
        <li>{t('apps.ssh.putty')}</li>
        {session.type === 'system' ? null : <li>{t('apps.ssh.ownKeys')}</li>}
      </ul>
      {session.type === 'system' ? null : <PreferredPort />}
    </>
  );
}

/** The password stays out of the page until it is asked for (SEC-18). */
function EditorPassword({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { mutateAsync, data, error } = useMutation(appMutations.editorPassword());
  const [read, running] = useSingleFlight(() => mutateAsync(session.id).catch(() => undefined));
  if (data !== undefined) {
    return (
      <dl className={styles.facts}>
        <dt>{t('apps.editor.password')}</dt>
        <dd>
          <CopyText mono text={data} label={t('apps.editor.password')} />
        </dd>
      </dl>
    );
  }
  return (
    <div className={styles.deed}>
      <Button icon={<EyeOutlined aria-hidden />} loading={running} onClick={() => void read()}>
        {t('apps.editor.showPassword')}
      </Button>
      {error ? (
        <p role="alert" className={styles.error}>
          {words(error).summary}
        </p>
      ) : null}
    </div>
  );
}

function Editor({ session, gateway }: { session: SessionRow; gateway: Gateway }) {
  const { t } = useTranslation();
  const config = sshConfig(gateway);
  return (
    <>
      <Address gateway={gateway} user={USER} />
      <p className={styles.text}>{t('apps.editor.how')}</p>
      <div>
        <Button type="primary" href={editorAddress(gateway)}>
          {t('apps.editor.open')}
        </Button>
      </div>
      <EditorPassword session={session} />
      <KeyDownload session={session} />
      <section className={styles.part}>
        <div className={styles.partHead}>
          <h4 className={styles.subheading}>{t('apps.editor.config')}</h4>
          <CopyText text={config} label={t('apps.editor.config')}>
            {null}
          </CopyText>
        </div>
        {/* Scrolls, so it must be reachable by keyboard. */}
        <pre className={styles.code} tabIndex={0} aria-label={t('apps.editor.config')}>
          {config}
        </pre>
      </section>
      <PreferredPort />
    </>
  );
}

export interface AppGatewayProps {
  session: SessionRow;
  app: OfferedApp;
  gateway: Gateway;
}

/** What another program needs to connect to an app that is no web page (SES-286 … SES-288). */
export function AppGateway({ session, app, gateway }: AppGatewayProps) {
  const { t } = useTranslation();
  if (app.name === 'vscode-desktop') return <Editor session={session} gateway={gateway} />;
  if (app.service === 'sshd' || app.name === 'sftp') return <Ssh session={session} gateway={gateway} />;
  const scheme = app.protocol === 'vnc' || app.protocol === 'rdp' ? app.protocol : 'tcp';
  const host = gateway.host.includes(':') ? `[${gateway.host}]` : gateway.host;
  return (
    <>
      <p className={styles.text}>{t('apps.gateway.how', { app: app.title })}</p>
      <dl className={styles.facts}>
        <dt>{t('apps.gateway.address')}</dt>
        <dd>
          <CopyText mono text={`${scheme}://${host}:${gateway.port}`} label={t('apps.gateway.address')} />
        </dd>
      </dl>
      <Address gateway={gateway} user={null} />
    </>
  );
}
