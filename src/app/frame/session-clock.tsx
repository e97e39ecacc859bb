import { ClockCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../../client/capabilities';
import { extendSession } from '../../client/login';
import { sessionClock } from '../../client/session-clock';
import { formatDuration } from '../../lib/time';
import { useSiteConfig } from '../../parts/console-context';
import { notify } from '../../parts/notification-store';
import { useFormat } from '../../ui/use-format';
import { useSingleFlight } from '../../ui/use-single-flight';
import { useToast } from '../../ui/toast';
import styles from './session-clock.module.css';

/** Before the end there is still time to read and to press a button (A11-05). */
const WARN_MS = 5 * 60_000;

/** The log-in's remaining time and its extension, where the site allows one (ACC-052). */
export function SessionClock() {
  const { general } = useSiteConfig();
  return general.enableExtendLoginSession && can('sessionExtension') ? <Clock /> : null;
}

function Clock() {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const { endsAt, remainingMs } = useSyncExternalStore(sessionClock.subscribe, sessionClock.get);
  const [extend, running] = useSingleFlight(async () => {
    try {
      const { expires } = await extendSession();
      toast.success(t('frame.clock.extended', { time: format.dateTime(expires) }));
    } catch (error) {
      toast.error(t('frame.clock.failed'), error);
    }
  });
  const warned = useRef<number | null>(null);
  const soon = remainingMs !== null && remainingMs <= WARN_MS;
  useEffect(() => {
    if (!soon || warned.current === endsAt) return;
    warned.current = endsAt;
    notify({
      key: 'session-clock',
      kind: 'info',
      title: t('frame.clock.soon'),
      description: t('frame.clock.soonText'),
      actions: [{ label: t('frame.clock.extend'), run: () => void extend() }],
    });
  }, [soon, endsAt, extend, t]);
  if (remainingMs === null || endsAt === null) return null;
  return (
    <span className={styles.root} data-soon={soon || undefined}>
      <ClockCircleOutlined aria-hidden />
      <span title={t('frame.clock.ends', { time: format.dateTime(endsAt) })}>{formatDuration(remainingMs / 1000, format.locale)}</span>
      <Button size="small" onClick={() => void extend()} loading={running}>
        {t('frame.clock.extend')}
      </Button>
    </span>
  );
}
