import { CameraOutlined } from '@ant-design/icons';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { sessionRules } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
import { ActionButton } from '../ui/action-button';
import { useMe, useSiteConfig } from './console-context';
import { refusalText } from './session-refusals';

const CommitDialog = lazy(() => import('./commit-dialog').then((module) => ({ default: module.CommitDialog })));

/** Convert Session to Image (SES-330); not there where the site or the manager doesn't have it. */
export function CommitAction({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const me = useMe();
  const { general } = useSiteConfig();
  const [open, setOpen] = useState(false);
  if (!general.enableContainerCommit || !can('customizedImages')) return null;
  return (
    <>
      <ActionButton icon={<CameraOutlined aria-hidden />} reason={refusalText(t, sessionRules.commit(session, me))} onClick={() => setOpen(true)}>
        {t('sessions.commit.action')}
      </ActionButton>
      {open && (
        <Suspense fallback={null}>
          <CommitDialog session={session} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
