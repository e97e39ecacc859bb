import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { statusFacts } from '../client/session-status';
import styles from './status-tag.module.css';

// Made once: a hundred rows show the same few.
const spinning = <LoadingOutlined />;
const degraded = <WarningOutlined />;
const suspended = <PauseCircleOutlined />;
const cancelled = <CloseCircleOutlined />;
const waiting = <ClockCircleOutlined />;
const broken = <ExclamationCircleOutlined />;
const over = <MinusCircleOutlined />;
const well = <CheckCircleOutlined />;

/** Told by text and icon as well as colour (A11-03). */
function iconOf(status: string, past: boolean): ReactNode {
  const { phase, spinner } = statusFacts(status);
  // Nothing turns in what lies behind.
  if (spinner && past) return well;
  if (spinner) return spinning;
  if (status === 'RUNNING_DEGRADED') return degraded;
  if (status === 'SUSPENDED') return suspended;
  if (status === 'CANCELLED') return cancelled;
  if (phase === 'waiting' || phase === 'starting') return waiting;
  if (phase === 'error') return broken;
  return phase === 'ended' ? over : well;
}

/** Status of a session or kernel in the manager's own word. */
export function StatusTag({ status, past = false }: { status: string; past?: boolean }) {
  return (
    <span className={styles.tag} data-tone={statusFacts(status).tone}>
      <span aria-hidden>{iconOf(status, past)}</span>
      {status}
    </span>
  );
}

/** SUCCESS or FAILURE of a batch session; nothing while it is not known. */
export function ResultTag({ result }: { result: string | null }) {
  if (result === null || result === 'UNDEFINED') return <>-</>;
  const good = result === 'SUCCESS';
  return (
    <span className={styles.tag} data-tone={good ? 'success' : 'error'}>
      <span aria-hidden>{good ? well : cancelled}</span>
      {result}
    </span>
  );
}
