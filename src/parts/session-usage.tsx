import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionRow } from '../client/sessions';
import { formatBytes } from '../lib/quantities';
import { useFormat } from '../ui/use-format';
import drawer from './session-drawer.module.css';
import styles from './session-usage.module.css';
import { UsageBars } from './usage-bars';
import { ioOf, liveContainers, usageModes, usageOf } from './usage-stats';
import type { IoFigure, UsageMode } from './usage-stats';

/** SES-260: what the session uses over all its containers. */
export function SessionUsage({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const name = useId();
  const [mode, setMode] = useState<UsageMode>('now');
  const containers = liveContainers(session.kernels);
  if (containers.length === 0) return null;
  return (
    <section>
      <div className={styles.head}>
        <h3 className={drawer.subheading}>{t('sessions.usage.title')}</h3>
        <div role="radiogroup" aria-label={t('sessions.usage.mode')} className={styles.modes}>
          {usageModes.map((one) => (
            <label key={one} className={styles.mode}>
              <input type="radio" name={name} checked={one === mode} onChange={() => setMode(one)} />
              {t(`sessions.usage.modes.${one}`)}
            </label>
          ))}
        </div>
      </div>
      <div className={styles.body}>
        <UsageBars figures={usageOf(containers, mode)} detailed />
        <dl className={styles.io}>
          {ioOf(containers).map((figure) => (
            <Io key={figure.key} figure={figure} />
          ))}
        </dl>
      </div>
    </section>
  );
}

function Io({ figure: { key, rate, total } }: { figure: IoFigure }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const words = [
    total === null ? null : formatBytes(total, locale),
    rate === null ? null : t('sessions.usage.perSecond', { amount: formatBytes(rate, locale) }),
  ];
  return (
    <div className={styles.row}>
      <dt>{t(`sessions.usage.io.${key}`)}</dt>
      <dd>{words.filter((word) => word !== null).join(' · ')}</dd>
    </div>
  );
}
