import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import { sessionMutations } from '../client/sessions';
import type { SessionRow } from '../client/sessions';
import { announce } from '../ui/announcer';
import { EditInPlace } from '../ui/edit-in-place';
import { useMe } from './console-context';
import { refusalText } from './session-refusals';

const LEAST = 0;
const MOST = 100;

/** SES-C04: what waits may be moved in the queue; higher comes first. */
export function SessionPriority({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const me = useMe();
  const { mutateAsync } = useMutation(sessionMutations.prioritize());
  const isPriority = (text: string) => /^\d{1,3}$/.test(text.trim()) && Number(text) >= LEAST && Number(text) <= MOST;
  return (
    <EditInPlace
      initial={String(session.priority ?? 10)}
      openLabel={t('sessions.priority.open')}
      reason={refusalText(t, sessionRules.priority(session, me))}
      fieldLabel={t('sessions.field.priority')}
      field={{ type: 'number', inputMode: 'numeric', min: LEAST, max: MOST }}
      help={t('sessions.priority.help')}
      check={(text) => (isPriority(text) ? null : t('sessions.priority.rule', { least: LEAST, most: MOST }))}
      save={async (text) => {
        const priority = Number(text);
        await mutateAsync({ id: session.id, priority });
        announce(t('sessions.priority.done', { priority }));
      }}
    >
      {session.priority ?? '-'}
    </EditInPlace>
  );
}
