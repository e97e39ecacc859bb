import { formatElapsed } from '../lib/time';
import { useNow } from '../ui/use-now';
import { elapsedRange } from './session-words';

function Ticking({ from }: { from: number }) {
  const now = useNow(1000);
  // The wished start of a waiting batch session lies ahead.
  return <>{from > now + 1000 ? '-' : formatElapsed(now - from)}</>;
}

/** SES-006: ticks without calls while the session lives. */
export function SessionElapsed({ session }: { session: Parameters<typeof elapsedRange>[0] }) {
  const range = elapsedRange(session);
  if (range === null) return <>-</>;
  return range.to === null ? <Ticking from={range.from} /> : <>{formatElapsed(range.to - range.from)}</>;
}
