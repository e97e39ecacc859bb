import { AppstoreOutlined, CodeOutlined, FileTextOutlined, PoweroffOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
import { ActionButton } from '../ui/action-button';
import { useMe } from './console-context';
import { refusalText } from './session-refusals';

// Made once, so that a hundred rows that are filled in anew leave them alone (PER-03).
const icons = {
  apps: <AppstoreOutlined aria-hidden />,
  terminal: <CodeOutlined aria-hidden />,
  logs: <FileTextOutlined aria-hidden />,
  terminate: <PoweroffOutlined aria-hidden />,
};

const actions = [
  { key: 'apps', rule: sessionRules.apps },
  { key: 'terminal', rule: sessionRules.apps },
  { key: 'logs', rule: sessionRules.logs },
  { key: 'terminate', rule: sessionRules.forceTerminate },
] as const;

export type SessionAction = (typeof actions)[number]['key'];

/** What can be done with a session, as icons beside its name: in the list and in its notification (SES-011, SES-130). */
export function SessionIcons({ session, onAct }: { session: SessionRow; onAct: (action: SessionAction, session: SessionRow) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { name } = session;
  return actions.map(({ key, rule }) => (
    <ActionButton
      key={key}
      type="text"
      size="small"
      danger={key === 'terminate'}
      icon={icons[key]}
      aria-label={t(`sessions.action.${key}Of`, { name })}
      hint={t(`sessions.action.${key}`)}
      reason={refusalText(t, rule(session, me))}
      onClick={() => onAct(key, session)}
    />
  ));
}
