import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../ui/visually-hidden';
import styles from './barred-options.module.css';

/** Marks the reason in an option for those who do not see that it is dim. */
export function BarredReason({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <>
      <VisuallyHidden>{t('launcher.barred')}</VisuallyHidden> <span>{children}</span>
    </>
  );
}

interface BarredOptions {
  /** For the option's `className`. */
  look: (value: string) => string | undefined;
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
  const [tried, setTried] = useState<string | null>(null);
  const reason = tried === null ? null : reasonOf(tried);
  return {
    look: (value) => (reasonOf(value) === null ? undefined : styles.option),
    allows: (value) => {
      const allowed = reasonOf(value) === null;
      setTried(allowed ? null : value);
      return allowed;
    },
    said: tried === null || reason === null ? undefined : `${nameOf(tried)}: ${reason}`,
  };
}
