import { useTranslation } from 'react-i18next';
import { logoSource, useThemeFile } from '../theme-file';
import { useDark } from '../theme-mode';
import styles from './logo.module.css';

/** The installation's own logo, else our mark: what ran, what runs up to now, and what comes. */
export function Logo({ collapsed = false }: { collapsed?: boolean }) {
  const { t } = useTranslation();
  const file = useThemeFile();
  const dark = useDark();
  const name = file?.branding?.brandName ?? t('common.appName');
  const source = logoSource(file, collapsed ? 'collapsed' : 'wide', dark);
  if (source) {
    const { width = 159, height = 24 } = (!collapsed && file?.logo?.size) || {};
    return <img src={source} alt={file?.logo?.alt ?? name} width={collapsed ? 24 : width} height={height} />;
  }
  return (
    <span className={styles.logo}>
      <Mark />
      <span className={collapsed ? styles.hidden : styles.name}>{name}</span>
    </span>
  );
}

export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <rect x="2" y="3.6" width="10.5" height="4.4" rx="2.2" className={styles.past} />
      <rect x="5" y="9.8" width="12" height="4.4" rx="2.2" />
      <rect x="2" y="16" width="7.5" height="4.4" rx="2.2" className={styles.past} />
      <rect x="16.2" y="2" width="1.6" height="20" rx="0.8" />
      <circle cx="21" cy="12" r="1.5" className={styles.next} />
    </svg>
  );
}
