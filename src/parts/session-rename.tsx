import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionNamePattern, sessionRules } from '../client/session-rules';
import { sessionMutations } from '../client/sessions';
import type { SessionRow } from '../client/sessions';
import { announce } from '../ui/announcer';
import { EditInPlace } from '../ui/edit-in-place';
import { useMe } from './console-context';
import styles from './session-drawer.module.css';
import { refusalText } from './session-refusals';

/** The name with a pencil (SES-300). */
export function SessionName({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const me = useMe();
  const { mutateAsync } = useMutation(sessionMutations.rename());
  return (
    <EditInPlace
      initial={session.name}
      openLabel={t('sessions.rename.open')}
      reason={refusalText(t, sessionRules.rename(session, me))}
      fieldLabel={t('sessions.rename.field')}
      field={{ maxLength: 64 }}
      check={(name) => (sessionNamePattern.test(name) ? null : t('sessions.rename.rule'))}
      save={async (name) => {
        await mutateAsync({ id: session.id, name });
        announce(t('sessions.rename.done', { name }));
      }}
    >
      <span className={styles.name}>{session.name}</span>
    </EditInPlace>
  );
}
