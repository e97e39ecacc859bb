import { DownloadOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { folderQueries } from '../client/folders';
import { badgeCode, exampleLinks, gitlabBranch, notebookScript, readGithubLink, readGitlabLink, readNotebookLink } from '../lib/import-links';
import type { LinkFlaw, RepositoryLink } from '../lib/import-links';
import { randomText } from '../lib/random-text';
import { CopyText } from '../ui/copy-text';
import { ErrorPanel } from '../ui/error-panel';
import { NativeSelect } from '../ui/native-select';
import { useSingleFlight } from '../ui/use-single-flight';
import { useConsole } from './console-context';
import styles from './import-blocks.module.css';
import { ImportError, ImportHalted, useImportRepository } from './import-run';
import { useOpenLauncher } from './launch-link';
import type { LaunchLink } from './launch-link';

export const importKinds = ['notebook', 'badge', 'github', 'gitlab'] as const;
export type ImportKind = (typeof importKinds)[number];

const blocks: Record<ImportKind, () => ReactNode> = {
  notebook: NotebookBlock,
  badge: BadgeBlock,
  github: GithubBlock,
  gitlab: GitlabBlock,
};

/** One of the four ways to bring something in (SES-400…403). */
export function ImportBlock({ kind }: { kind: ImportKind }) {
  const Block = blocks[kind];
  return <Block />;
}

/** What a notebook needs of the launcher; its app opens by itself once the session runs (SES-046). */
export function useRunNotebook(): (typed: string, options?: { replace?: boolean }) => LinkFlaw | null {
  const { config } = useConsole();
  const openLauncher = useOpenLauncher();
  return (typed, options) => {
    const link = readNotebookLink(typed);
    if (typeof link === 'string') return link;
    const wished = config.general.defaultImportEnvironment || config.general.defaultSessionEnvironment;
    const launch: LaunchLink = {
      sessionType: 'interactive',
      sessionName: `imported-notebook-${randomText(5)}`,
      ...(wished === '' ? {} : { environments: { environment: wished } }),
      bootstrap_script: notebookScript(link),
    };
    openLauncher(launch, { appOption: `jupyter:/notebooks/${link.file}`, ...options });
    return null;
  };
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  hint?: string;
  problem: string | null;
}

function Field({ label, value, onChange, placeholder, hint, problem }: FieldProps) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        status={problem ? 'error' : undefined}
        aria-invalid={problem !== null}
        aria-describedby={note ? `${id}-note` : undefined}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
      />
      {note && (
        <p id={`${id}-note`} className={problem ? styles.problem : styles.hint} role={problem ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

function NotebookBlock() {
  const { t } = useTranslation();
  const run = useRunNotebook();
  const [url, setUrl] = useState('');
  const [flaw, setFlaw] = useState<LinkFlaw | null>(null);
  return (
    <form
      className={styles.block}
      onSubmit={(event) => {
        event.preventDefault();
        setFlaw(run(url));
      }}
    >
      <p className={styles.lead}>{t('import.notebook.lead')}</p>
      <Field
        label={t('import.notebook.url')}
        value={url}
        onChange={(next) => {
          setUrl(next);
          setFlaw(null);
        }}
        placeholder={exampleLinks.notebook}
        hint={t('import.notebook.hint')}
        problem={flaw && t(`import.flaw.${flaw}`)}
      />
      <div>
        <Button type="primary" htmlType="submit" icon={<PlayCircleOutlined aria-hidden />}>
          {t('import.notebook.run')}
        </Button>
      </div>
    </form>
  );
}

function BadgeBlock() {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const link = readNotebookLink(url);
  const flaw = typeof link === 'string' && link !== 'empty' ? link : null;
  const code = typeof link === 'string' ? null : badgeCode(window.location.origin, url.trim());
  return (
    <div className={styles.block}>
      <p className={styles.lead}>
        {t('import.badge.lead')} <img src="/badge.svg" alt={t('import.badge.picture')} className={styles.badge} />
      </p>
      <Field
        label={t('import.badge.url')}
        value={url}
        onChange={setUrl}
        placeholder={exampleLinks.notebook}
        hint={t('import.badge.hint')}
        problem={flaw && t(`import.flaw.${flaw}`)}
      />
      {code &&
        (['html', 'markdown'] as const).map((kind) => (
          <div key={kind} className={styles.code}>
            <span className={styles.codeName}>
              {t(`import.badge.${kind}`)}
              <CopyText text={code[kind]} label={t(`import.badge.${kind}`)}>
                {null}
              </CopyText>
            </span>
            <pre className={styles.pre} tabIndex={0} aria-label={t(`import.badge.${kind}`)}>
              {code[kind]}
            </pre>
          </div>
        ))}
    </div>
  );
}

function GithubBlock() {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  return (
    <RepositoryForm read={() => readGithubLink(url)} lead={t('import.github.lead')}>
      {(flaw, changed) => (
        <Field
          label={t('import.github.url')}
          value={url}
          onChange={(next) => {
            setUrl(next);
            changed();
          }}
          placeholder={exampleLinks.github}
          hint={t('import.github.hint')}
          problem={flaw && t(`import.flaw.${flaw}`)}
        />
      )}
    </RepositoryForm>
  );
}

function GitlabBlock() {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [branch, setBranch] = useState('master');
  return (
    <RepositoryForm read={() => readGitlabLink(url, branch)} lead={t('import.gitlab.lead')}>
      {(flaw, changed) => (
        <>
          <Field
            label={t('import.gitlab.url')}
            value={url}
            onChange={(next) => {
              setUrl(next);
              // An address that names a branch means that one, in sight and to be changed.
              setBranch(gitlabBranch(next) ?? branch);
              changed();
            }}
            placeholder={exampleLinks.gitlab}
            problem={flaw && flaw !== 'branch' ? t(`import.flaw.${flaw}`) : null}
          />
          <Field
            label={t('import.gitlab.branch')}
            value={branch}
            onChange={(next) => {
              setBranch(next);
              changed();
            }}
            problem={flaw === 'branch' ? t('import.flaw.branch') : null}
          />
        </>
      )}
    </RepositoryForm>
  );
}

interface RepositoryFormProps {
  read: () => RepositoryLink | LinkFlaw;
  lead: string;
  children: (flaw: LinkFlaw | null, changed: () => void) => ReactNode;
}

function RepositoryForm({ read, lead, children }: RepositoryFormProps) {
  const { t } = useTranslation();
  const hostId = useId();
  const { project } = useConsole();
  const places = useQuery(folderQueries.places(project));
  const importRepository = useImportRepository();
  const [host, setHost] = useState<string | null>(null);
  const [flaw, setFlaw] = useState<LinkFlaw | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [begun, setBegun] = useState(false);
  const chosen = host ?? places.data?.preferred ?? null;
  const allowed = places.data?.places.filter((place) => place.allowed) ?? [];
  const changed = () => {
    setFlaw(null);
    setError(null);
    setBegun(false);
  };
  const [run, running] = useSingleFlight(async () => {
    changed();
    const link = read();
    if (typeof link === 'string') return setFlaw(link);
    if (chosen === null) return;
    try {
      await importRepository(link, chosen);
      setBegun(true);
    } catch (cause) {
      setError(cause);
    }
  });
  return (
    <form
      className={styles.block}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p className={styles.lead}>{lead}</p>
      {children(flaw, changed)}
      {places.error && !places.data ? (
        <ErrorPanel error={places.error} title={t('folders.create.loadFailed')} onRetry={() => void places.refetch()} retrying={places.isFetching} />
      ) : places.data && chosen === null ? (
        <Alert type="warning" showIcon title={t('folders.create.noHost')} description={t('folders.create.noHostHint')} />
      ) : (
        <div className={styles.field}>
          <label htmlFor={hostId}>{t('import.host')}</label>
          <NativeSelect
            id={hostId}
            value={chosen ?? ''}
            options={allowed.map((place) => ({ value: place.host, label: place.host }))}
            disabled={allowed.length < 2}
            onChange={setHost}
          />
        </div>
      )}
      <div>
        <Button htmlType="submit" type="primary" icon={<DownloadOutlined aria-hidden />} loading={running} disabled={chosen === null}>
          {t('import.get')}
        </Button>
      </div>
      <div aria-live="polite">{begun && <Alert type="success" showIcon title={t('import.begun')} description={t('import.begunHint')} />}</div>
      {error instanceof ImportError ? (
        <Alert type="error" showIcon role="alert" title={t('import.failed')} description={t(`import.obstacle.${error.obstacle}`)} />
      ) : error instanceof ImportHalted ? (
        <ErrorPanel error={error.cause} title={t('import.halted', { folder: error.folder })} />
      ) : error !== null ? (
        <ErrorPanel error={error} title={t('import.failed')} />
      ) : null}
    </form>
  );
}
