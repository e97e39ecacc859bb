import { AppstoreOutlined, DesktopOutlined, ImportOutlined, OrderedListOutlined, PlayCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Role } from '../client/account';
import { can, capabilityVersions } from '../client/capabilities';
import type { Capability } from '../client/capabilities';
import type { SiteConfig } from '../client/config';
import { paths } from '../lib/paths';

export type MenuGroup = 'workload' | 'administration';

export interface PageEntry {
  /** The name the site's `blocklist` and `inactivelist` use. */
  key: 'start' | 'import' | 'session' | 'my-environment' | 'scheduler';
  /** Names that older installations used. */
  olderKeys?: readonly string[];
  group: MenuGroup;
  to: string;
  icon: ReactNode;
  /** Who may see it; everybody unless said. */
  roles?: readonly Role[];
  /** What the manager must be able to do; older ones lack the page. */
  needs?: Capability;
  /** Addresses under which the entry is the current one. */
  under: RegExp;
}

/**
 * The places of the console: the sidebar, the palette and the gate of every page read this one table, so that an
 * entry that is hidden is also closed (ACC-063). A page that is added to the routes is added here.
 */
export const pageEntries: readonly PageEntry[] = [
  {
    key: 'start',
    group: 'workload',
    to: paths.start(),
    icon: <PlayCircleOutlined aria-hidden />,
    under: /^\/start(\/|$)/,
  },
  {
    key: 'session',
    olderKeys: ['job'],
    group: 'workload',
    to: paths.sessions(),
    icon: <DesktopOutlined aria-hidden />,
    under: /^\/session(\/|$)/,
  },
  {
    key: 'import',
    group: 'workload',
    to: paths.imports(),
    icon: <ImportOutlined aria-hidden />,
    under: /^\/import(\/|$)/,
  },
  {
    key: 'my-environment',
    group: 'workload',
    to: paths.myEnvironments(),
    icon: <AppstoreOutlined aria-hidden />,
    needs: 'customizedImageList',
    under: /^\/my-environment(\/|$)/,
  },
  {
    key: 'scheduler',
    group: 'administration',
    to: paths.scheduler(),
    icon: <OrderedListOutlined aria-hidden />,
    roles: ['superadmin'],
    needs: 'pendingQueue',
    under: /^\/scheduler(\/|$)/,
  },
];

export type PageKey = PageEntry['key'];

/**
 * `inactive`: shown grey and closed; `blocked`: as if it did not exist; `forbidden`: not for this role;
 * `unsupported`: the manager is too old for it.
 */
export type PageAccess = 'open' | 'inactive' | 'blocked' | 'forbidden' | 'unsupported';

export function pageAccess(key: PageKey, role: Role, menu: SiteConfig['menu']): PageAccess {
  const entry = pageEntries.find((item) => item.key === key);
  if (!entry) return 'blocked';
  const names = [entry.key, ...(entry.olderKeys ?? [])];
  if (names.some((name) => menu.blocklist.includes(name))) return 'blocked';
  if (entry.roles && !entry.roles.includes(role)) return 'forbidden';
  if (entry.needs && !can(entry.needs)) return 'unsupported';
  return names.some((name) => menu.inactivelist.includes(name)) ? 'inactive' : 'open';
}

/** What the sidebar lists for this user. */
export function menuFor(role: Role, menu: SiteConfig['menu']): { entry: PageEntry; access: PageAccess }[] {
  return pageEntries
    .map((entry) => ({ entry, access: pageAccess(entry.key, role, menu) }))
    .filter(({ access }) => access === 'open' || access === 'inactive');
}

/** The first page that is open to the user (ACC-060); null if the site switched all of them off. */
export function firstPage(role: Role, menu: SiteConfig['menu']): string | null {
  return menuFor(role, menu).find(({ access }) => access === 'open')?.entry.to ?? null;
}

/** The manager's version from which the page is there; null for a page of every supported one. */
export function neededVersion(key: PageKey): string | null {
  const needs = pageEntries.find((entry) => entry.key === key)?.needs;
  return needs ? (capabilityVersions[needs].at(0) ?? null) : null;
}
