import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './page-header.module.css';
import { takeTitleFocus } from './title-focus';

export interface PageHeaderProps {
  /** The page's name: its heading and the document's title. */
  title: string;
  /** One sentence below it. */
  description?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
  /** Says more in the tab than the heading does, e.g. the session's name. */
  documentTitle?: string;
}

/** The one `h1` of a page. After a change of page the focus goes here, so that a reader hears where they are. */
export function PageHeader({ title, description, actions, documentTitle }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(documentTitle ?? title);
  useEffect(() => {
    if (takeTitleFocus()) heading.current?.focus();
  }, []);
  return (
    <header className={styles.header}>
      <div className={styles.text}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {description && <p className={styles.description}>{description}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** Names the browser's tab: `Sessions · bai-console`. */
export function useDocumentTitle(title: string): void {
  const { t } = useTranslation();
  const name = t('common.appName');
  useEffect(() => {
    document.title = title ? `${title} · ${name}` : name;
  }, [title, name]);
}
