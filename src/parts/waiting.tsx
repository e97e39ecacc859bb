import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionRow } from '../client/sessions';
import { waitingReason } from './session-explanation-words';

const Help = lazy(() => import('./waiting-help').then((module) => ({ default: module.WaitingHelp })));
const Sentence = lazy(() => import('./waiting-help').then((module) => ({ default: module.WaitingSentence })));

/** Why a session waits: what the manager says at once, what can be found out beside it when that has arrived. */
export function Waiting({ session, short = false, onLeave }: { session: SessionRow; short?: boolean; onLeave?: () => void }) {
  const { t } = useTranslation();
  const reason = waitingReason(t, session);
  const Body = short ? Sentence : Help;
  return (
    <Suspense fallback={reason}>
      <Body session={session} otherwise={reason} onLeave={onLeave} />
    </Suspense>
  );
}
