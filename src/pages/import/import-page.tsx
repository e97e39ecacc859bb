import { useTranslation } from 'react-i18next';
import { ImportBlock, importKinds } from '../../parts/import-blocks';
import { PageHeader } from '../../ui/page-header';
import styles from './import-page.module.css';

/** Import & Run (SES-400…403). */
export function ImportPage() {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <PageHeader title={t('frame.pages.import')} description={t('import.description')} />
      <div className={styles.grid}>
        {importKinds.map((kind) => (
          <section key={kind} className={styles.card} aria-labelledby={`import-${kind}`}>
            <h2 id={`import-${kind}`} className={styles.title}>
              {t(`import.kind.${kind}`)}
            </h2>
            <ImportBlock kind={kind} />
          </section>
        ))}
      </div>
    </div>
  );
}
