import { RocketOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { SessionRow } from '../client/sessions';
import { formatBytes } from '../lib/quantities';
import { paths } from '../lib/paths';
import { useConsole } from './console-context';
import { useOpenLauncher } from './launch-link';
import type { SmallerRequest } from './smaller-request';
import type { WaitingAdvice } from './waiting-advice';
import styles from './waiting-help.module.css';
import { missingText, waitingSentence } from './waiting-words';
import type { WaitingFormat } from './waiting-words';
import { useSessionLink } from './use-session-link';
import { useWaitingAdvice } from './use-waiting-advice';

/** So many are named; more would be a list to read. */
const named = 4;

function Holders({ advice, format, onLeave }: { advice: WaitingAdvice; format: WaitingFormat; onLeave?: () => void }) {
  const { t } = useTranslation();
  const { holders, cause, shortages } = advice;
  if (holders.length === 0) return null;
  const slots = shortages.map(({ slot }) => slot);
  const rest = holders.length - named;
  return (
    <div>
      <p className={styles.note}>{t(cause === 'concurrency' || cause.startsWith('pending') ? 'sessions.waiting.countedOwn' : 'sessions.waiting.heldOwn')}</p>
      <ul className={styles.holders}>
        {holders.slice(0, named).map((one) => (
          <li key={one.id}>
            <Link to={paths.sessions({ sessionDetail: one.id })} onClick={onLeave}>
              {one.name}
            </Link>
            <span className={styles.note}>
              {slots
                .filter((slot) => (one.slots[slot] ?? 0) > 0)
                .map((slot) => format.amount(slot, one.slots[slot] ?? 0))
                .join(' · ')}
            </span>
          </li>
        ))}
        {rest > 0 ? <li className={styles.note}>{t('sessions.waiting.more', { count: rest })}</li> : null}
      </ul>
    </div>
  );
}

function amountsText({ amounts, containers }: SmallerRequest, { t, locale, amount }: WaitingFormat): string {
  const { cpu, mem, accelerator } = amounts;
  const each = [amount('cpu', cpu), formatBytes(mem, locale), accelerator ? amount(accelerator.slot, accelerator.amount) : null].filter(Boolean).join(' · ');
  return containers > 1 ? t('sessions.waiting.times', { count: containers, amounts: each }) : each;
}

function Smaller({ session, advice, format, onLeave }: { session: SessionRow; advice: WaitingAdvice; format: WaitingFormat; onLeave?: () => void }) {
  const { t } = useTranslation();
  const { project } = useConsole();
  const open = useOpenLauncher();
  const linkOf = useSessionLink();
  // The launcher works in the project of the header.
  if (advice.smaller.length === 0 || session.projectId !== project.id || session.image === null) return null;
  return (
    <div>
      <p className={styles.note}>{t('sessions.waiting.smaller')}</p>
      <div className={styles.smaller}>
        {advice.smaller.map((one) => {
          const text = amountsText(one, format);
          return (
            <Button
              key={text}
              size="small"
              icon={<RocketOutlined aria-hidden />}
              aria-label={t('sessions.waiting.launchSmaller', { amounts: text })}
              onClick={() => {
                onLeave?.();
                open(linkOf(session, { amounts: one.amounts, clusterSize: one.containers }));
              }}
            >
              {text}
              {one.by === 'noAccelerator' ? ` · ${t('sessions.waiting.noAccelerator')}` : null}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

export interface WaitingHelpProps {
  session: SessionRow;
  /** What there is to say where nothing more can be found out. */
  otherwise: string | null;
  /** Called when what is shown leads elsewhere, so that a dialog around it does not stay. */
  onLeave?: () => void;
}

/** UX-06: why a session waits, its place, what would let it start, and what would start now. */
export function WaitingHelp({ session, otherwise, onLeave }: WaitingHelpProps) {
  const { t } = useTranslation();
  const help = useWaitingAdvice(session, true);
  if (!help) return <PlainReason session={session} text={otherwise} />;
  const { advice, format } = help;
  const missing = missingText(advice, format);
  return (
    <section className={styles.help} aria-label={t('sessions.waiting.title')}>
      <p className={styles.sentence}>{waitingSentence(advice, format)}</p>
      {advice.place !== null ? (
        <p className={styles.note}>{t('sessions.explanation.queuePosition', { position: advice.place })}</p>
      ) : advice.ownAhead > 0 ? (
        <p className={styles.note}>{t('sessions.waiting.ownAhead', { count: advice.ownAhead })}</p>
      ) : null}
      {missing !== null ? <p className={styles.note}>{t('sessions.waiting.wouldStart', { missing })}</p> : null}
      <Holders advice={advice} format={format} onLeave={onLeave} />
      <Smaller session={session} advice={advice} format={format} onLeave={onLeave} />
    </section>
  );
}

function PlainReason({ session, text }: { session: SessionRow; text: string | null }) {
  const { t } = useTranslation();
  return (
    <div className={styles.help}>
      {text !== null ? <p className={styles.sentence}>{text}</p> : null}
      {session.queuePosition !== null ? (
        <p className={styles.note}>{t('sessions.explanation.queuePosition', { position: session.queuePosition + 1 })}</p>
      ) : null}
    </div>
  );
}

/** The same in one sentence, where there is no room for more. */
export function WaitingSentence({ session, otherwise }: WaitingHelpProps) {
  const help = useWaitingAdvice(session, false);
  return <>{help ? waitingSentence(help.advice, help.format) : otherwise}</>;
}
