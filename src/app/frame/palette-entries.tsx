import { BellOutlined, BookOutlined, DesktopOutlined, GlobalOutlined, InfoCircleOutlined, LinkOutlined, LogoutOutlined, MoonOutlined, PlusOutlined, QuestionCircleOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router-dom';
import { authStore } from '../../client/auth-store';
import { sessionQueries } from '../../client/sessions';
import type { SessionRow } from '../../client/sessions';
import { buildFilter } from '../../lib/filter-language';
import { paths } from '../../lib/paths';
import { useMe, useProject, useSiteConfig } from '../../parts/console-context';
import { helpAddress } from '../help-map';
import { chooseLanguage, offeredLanguages } from '../i18n';
import { menuFor, pageAccess } from '../menu';
import { chooseThemeMode, useDark } from '../theme-mode';
import type { FramePanel } from './frame-state';

export interface PaletteEntry {
  key: string;
  group: 'pages' | 'actions' | 'sessions';
  label: string;
  /** Small print behind the label. */
  note?: string;
  icon: ReactNode;
  run: () => void;
}

/** What can be jumped to or done from anywhere, without the sessions (UX-01). */
export function usePaletteActions(openPanel: (panel: FramePanel) => void): PaletteEntry[] {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { menu, general } = useSiteConfig();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const dark = useDark();
  const pages = menuFor(me.role, menu)
    .filter(({ access }) => access === 'open')
    .map(({ entry }): PaletteEntry => ({ key: `page:${entry.key}`, group: 'pages', label: t(`frame.pages.${entry.key}`), icon: entry.icon, run: () => void navigate(entry.to) }));
  const action = (key: string, label: string, icon: ReactNode, run: () => void): PaletteEntry => ({ key, group: 'actions', label, icon, run });
  const launch =
    pageAccess('session', me.role, menu) === 'open'
      ? [
          action('interactive', t('frame.palette.startInteractive'), <PlusOutlined aria-hidden />, () => void navigate(paths.launcher({ type: 'interactive' }))),
          action('batch', t('frame.palette.startBatch'), <PlusOutlined aria-hidden />, () => void navigate(paths.launcher({ type: 'batch' }))),
        ]
      : [];
  const fromUrl =
    pageAccess('start', me.role, menu) === 'open' && pageAccess('import', me.role, menu) === 'open'
      ? [action('url', t('start.url'), <LinkOutlined aria-hidden />, () => void navigate(paths.start({ type: 'url' })))]
      : [];
  const look =
    general.allowThemeMode === false
      ? []
      : [action('theme', t(dark ? 'frame.palette.light' : 'frame.palette.dark'), dark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />, () => chooseThemeMode(dark ? 'light' : 'dark'))];
  const tongues = offeredLanguages
    .filter(({ tag }) => tag !== i18n.language)
    .map(({ tag, name }) => action(`language:${tag}`, t('frame.palette.language', { name }), <GlobalOutlined aria-hidden />, () => void chooseLanguage(tag)));
  return [
    ...pages,
    ...launch,
    ...fromUrl,
    ...look,
    ...tongues,
    action('notifications', t('frame.notifications.open'), <BellOutlined aria-hidden />, () => openPanel('notifications')),
    action('account', t('frame.user.account'), <UserOutlined aria-hidden />, () => openPanel('account')),
    action('about', t('frame.user.about'), <InfoCircleOutlined aria-hidden />, () => openPanel('about')),
    action('shortcuts', t('frame.shortcuts.list'), <QuestionCircleOutlined aria-hidden />, () => openPanel('shortcuts')),
    action('help', t('frame.header.help'), <QuestionCircleOutlined aria-hidden />, () => window.open(helpAddress(pathname, i18n.language), '_blank', 'noopener,noreferrer')),
    action('builtInHelp', t('help.open'), <BookOutlined aria-hidden />, () => void navigate(paths.help())),
    action('logout', t('frame.user.logOut'), <LogoutOutlined aria-hidden />, () => void authStore.leave('logged-out')),
  ];
}

const SHOWN = 8;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Sessions of the project by a part of their name, or the one of this id; ended ones are found by id only. */
export function usePaletteSessions(text: string): { entries: PaletteEntry[]; searching: boolean; error: unknown } {
  const me = useMe();
  const { menu } = useSiteConfig();
  const project = useProject();
  const navigate = useNavigate();
  const open = pageAccess('session', me.role, menu) === 'open';
  const byId = uuid.test(text);
  const list = useQuery({
    ...sessionQueries.list({
      projectId: project.id,
      type: 'all',
      finished: false,
      page: 1,
      pageSize: SHOWN,
      order: '-created_at',
      filter: buildFilter([{ field: 'name', op: 'contains', value: text }]),
    }),
    enabled: open && text.length > 0 && !byId,
    refetchInterval: false,
  });
  const one = useQuery({ ...sessionQueries.detail(text.toLowerCase()), enabled: open && byId, refetchInterval: false });
  const rows: SessionRow[] = byId ? (one.data ? [one.data] : []) : text && !list.isPlaceholderData ? (list.data?.rows ?? []) : [];
  return {
    entries: rows.map((row) => ({
      key: `session:${row.id}`,
      group: 'sessions',
      label: row.name,
      note: row.status,
      icon: <DesktopOutlined aria-hidden />,
      run: () => void navigate(paths.sessions({ sessionDetail: row.id })),
    })),
    searching: byId ? one.isFetching : list.isFetching,
    error: byId ? one.error : list.error,
  };
}
