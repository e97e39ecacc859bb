import { CodeOutlined, EllipsisOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { connection } from '../client/connection';
import type { SessionRow } from '../client/sessions';
import { ActionMenu } from '../ui/action-menu';
import { useConsole } from './console-context';
import { useOpenLauncher } from './launch-link';
import { commandOfSession } from './session-launch';
import { useFolderNames } from './use-folder-names';
import { useSessionLink } from './use-session-link';

const CommandDialog = lazy(() => import('./command-dialog').then((module) => ({ default: module.CommandDialog })));

function Command({ session, onClose }: { session: SessionRow; onClose: () => void }) {
  const { t } = useTranslation();
  const { me, projects, project: here } = useConsole();
  const project = projects.find(({ id }) => id === session.projectId) ?? here;
  const folderNames = useFolderNames(session);
  const source = commandOfSession(session, {
    project: project.name,
    domain: me.domain,
    apiVersion: connection.get().apiVersion ?? '',
    folderNames,
    mountById: can('mountById'),
  });
  return source ? (
    <Suspense>
      <CommandDialog source={source} gaps={t('launcher.command.gaps')} onClose={onClose} />
    </Suspense>
  ) : null;
}

/** What else a session is good for: the next one like it (UX-09). */
export function SessionLaunchMenu({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const { me, project } = useConsole();
  const openLauncher = useOpenLauncher();
  const linkOf = useSessionLink();
  const [asking, setAsking] = useState(false);
  const reason =
    me.role === 'monitor'
      ? t('sessions.refusal.monitor')
      : session.type !== 'interactive' && session.type !== 'batch'
        ? t('sessions.again.otherType')
        : session.image === null
          ? t('sessions.again.noImage')
          : null;
  const elsewhere = session.projectId !== null && session.projectId !== project.id ? t('sessions.again.otherProject') : null;
  return (
    <>
      <ActionMenu
        label={t('sessions.again.menu')}
        entries={[
          {
            key: 'again',
            label: t('sessions.again.launch'),
            icon: <RedoOutlined aria-hidden />,
            reason: reason ?? elsewhere,
            run: () => openLauncher(linkOf(session)),
          },
          { key: 'command', label: t('launcher.command.copy'), icon: <CodeOutlined aria-hidden />, reason, run: () => setAsking(true) },
        ]}
      >
        {(trigger) => <Button {...trigger} icon={<EllipsisOutlined aria-hidden />} aria-label={t('sessions.again.menu')} />}
      </ActionMenu>
      {asking && <Command session={session} onClose={() => setAsking(false)} />}
    </>
  );
}
