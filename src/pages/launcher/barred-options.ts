import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './barred-options.module.css';

interface BarredOptions {
  /** Of an option: how it looks, and what is heard of it, of which the list for readers would have the label alone. */
  props: (value: string, words: string) => { className: string | undefined; 'aria-label': string };
  /** Whether the value may be taken; where not, `said` tells why from now on. */
  allows: (value: string) => boolean;
  /** For the line below the field. */
  said: string | undefined;
}

/**
 * The keyboard steps over `disabled` options of antd, and so over the reasons that stand in them (A11-02). Here an
 * option that can't be taken stays within reach, and choosing it says why instead.
 */
export function useBarredOptions(reasonOf: (value: string) => string | null, nameOf: (value: string) => string): BarredOptions {
  const { t } = useTranslation();
  const [tried, setTried] = useState<string | null>(null);
  const reason = tried === null ? null : reasonOf(tried);
  return {
    props: (value, words) => {
      const own = reasonOf(value);
      return own === null ? { className: undefined, 'aria-label': words } : { className: styles.option, 'aria-label': t('launcher.barred', { words, reason: own }) };
    },
    allows: (value) => {
      const allowed = reasonOf(value) === null;
      setTried(allowed ? null : value);
      return allowed;
    },
    said: tried === null || reason === null ? undefined : `${nameOf(tried)}: ${reason}`,
  };
}
