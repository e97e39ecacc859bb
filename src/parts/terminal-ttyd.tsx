import { CodeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import { ActionButton } from '../ui/action-button';
import { handApp } from './app-opening';
import { openAppTab } from './app-tab';
import { useMe } from './console-context';
import { refusalText } from './session-refusals';

export interface TtydButtonProps {
  sessionId: string;
  /** Opens the dialog of apps, which goes on from here. */
  onApps: (sessionId: string) => void;
}

/** SES-295: the terminal as an app, by the app proxy, in a tab of its own. */
export function TtydButton({ sessionId, onApps }: TtydButtonProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: session } = useQuery(sessionQueries.detail(sessionId));
  if (!session) return null;
  const title = t('apps.console');
  return (
    <ActionButton
      type="text"
      icon={<CodeOutlined aria-hidden />}
      hint={t('apps.ttyd')}
      reason={refusalText(t, sessionRules.apps(session, me))}
      onClick={() => {
        // The tab within the click (pitfall 7), the rest in the dialog.
        handApp({ sessionId, option: { app: 'ttyd', path: '' }, tab: openAppTab(title, t('apps.preparing', { app: title })) });
        onApps(sessionId);
      }}
    />
  );
}
