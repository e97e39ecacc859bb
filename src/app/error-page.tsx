import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router-dom';
import { paths } from '../lib/paths';
import { useConsole } from '../parts/console-context';
import { useDocumentTitle } from '../ui/page-header';
import { takeTitleFocus } from '../ui/title-focus';
import styles from './error-page.module.css';

/** Nothing at this address, or a page the site switched off (ACC-063). */
export function NotFoundPage() {
  const { t } = useTranslation();
  return <ErrorPage code="404" title={t('frame.notFound.title')} text={t('frame.notFound.text')} />;
}

/** The page exists but not for this role; its address stays, and the manager is asked for nothing (SEC-17). */
export function UnauthorizedPage() {
  const { t } = useTranslation();
  return <ErrorPage code="401" title={t('frame.unauthorized.title')} text={t('frame.unauthorized.text')} />;
}

/** The manager is too old for the page; it says from which version on it is there. */
export function UnsupportedPage({ needed }: { needed: string }) {
  const { t } = useTranslation();
  const { managerVersion } = useConsole();
  return <ErrorPage title={t('frame.unsupported.title')} text={t('frame.unsupported.text', { needed, version: managerVersion })} />;
}

function ErrorPage({ code = '', title, text }: { code?: string; title: string; text: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    if (takeTitleFocus()) heading.current?.focus();
  }, []);
  return (
    <div className={styles.root}>
      <p className={styles.code}>
        {code} {pathname}
      </p>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      <p className={styles.text}>{text}</p>
      <p className={styles.text}>{t('frame.errorHelp')}</p>
      <div className={styles.actions}>
        <Button type="primary" onClick={() => void navigate(paths.home())}>
          {t('frame.crash.home')}
        </Button>
      </div>
    </div>
  );
}
