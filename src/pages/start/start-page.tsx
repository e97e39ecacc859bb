import { CodeOutlined, FieldTimeOutlined, FolderAddOutlined, LinkOutlined, RightOutlined } from '@ant-design/icons';
import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { readBadgeData } from '../../lib/import-links';
import { paths } from '../../lib/paths';
import { useSiteConfig } from '../../parts/console-context';
import { PageHeader } from '../../ui/page-header';
import styles from './start-page.module.css';

const CreateFolderDialog = lazy(() => import('../../parts/create-folder-dialog').then((module) => ({ default: module.CreateFolderDialog })));
const UrlDialog = lazy(() => import('./url-dialog').then((module) => ({ default: module.UrlDialog })));
const LatestSessions = lazy(() => import('./latest-sessions').then((module) => ({ default: module.LatestSessions })));
const BadgeVisit = lazy(() => import('./badge-visit').then((module) => ({ default: module.BadgeVisit })));

/** Where one begins (ACC-080, SES-001, SES-404); a card whose place is switched off is left out. */
export function StartPage() {
  const { t } = useTranslation();
  const { menu } = useSiteConfig();
  const [search, setSearch] = useSearchParams();
  const [dialog, setDialog] = useState<null | 'folder'>(null);
  const closed = (...keys: string[]) => keys.some((key) => menu.blocklist.includes(key) || menu.inactivelist.includes(key));
  const fromUrl = search.get('type') === 'url';
  const notebook = fromUrl && search.has('data') ? (readBadgeData(search.get('data')) ?? '') : null;
  // The dialog is an address: it opens cold, and Back closes it.
  const setUrl = (open: boolean) => setSearch(open ? { type: 'url' } : {}, { preventScrollReset: true });
  const importClosed = closed('import');

  return (
    <div className={styles.page}>
      <PageHeader title={t('frame.pages.start')} description={t('start.description')} />
      <ul className={styles.cards} aria-label={t('start.cards')}>
        {!closed('data') && (
          <Card icon={<FolderAddOutlined />} title={t('start.folder')} note={t('start.folderNote')} onClick={() => setDialog('folder')} />
        )}
        {!closed('session', 'job') && (
          <>
            <Card icon={<CodeOutlined />} title={t('sessions.start.interactive')} note={t('sessions.start.interactiveNote')} to={paths.launcher({ type: 'interactive' })} />
            <Card icon={<FieldTimeOutlined />} title={t('sessions.start.batch')} note={t('sessions.start.batchNote')} to={paths.launcher({ type: 'batch' })} />
          </>
        )}
        {!importClosed && <Card icon={<LinkOutlined />} title={t('start.url')} note={t('start.urlNote')} onClick={() => setUrl(true)} />}
      </ul>
      <Suspense fallback={null}>{!closed('session', 'job') && notebook === null && <LatestSessions />}</Suspense>
      <Suspense fallback={null}>
        {dialog === 'folder' && <CreateFolderDialog onClose={() => setDialog(null)} />}
        {fromUrl && notebook === null && !importClosed && <UrlDialog onClose={() => setUrl(false)} />}
        {notebook !== null && !importClosed && <BadgeVisit notebook={notebook} />}
      </Suspense>
    </div>
  );
}

interface CardProps {
  icon: ReactNode;
  title: string;
  note: string;
  to?: string;
  onClick?: () => void;
}

function Card({ icon, title, note, to, onClick }: CardProps) {
  const inside = (
    <>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{title}</span>
        <span className={styles.note}>{note}</span>
      </span>
      <RightOutlined className={styles.arrow} aria-hidden />
    </>
  );
  return (
    <li>
      {to ? (
        <Link to={to} className={styles.card}>
          {inside}
        </Link>
      ) : (
        <button type="button" className={styles.card} onClick={onClick}>
          {inside}
        </button>
      )}
    </li>
  );
}
