/**
 * Every address of the console. Links are made here and nowhere else, so that an address that changes is
 * changed once and a test can walk all of them through the route table.
 */

type QueryValue = string | number | boolean | readonly string[] | undefined;

/** A type with an index signature would accept any name; this keeps the callers' parameters checked. */
function address(path: string, query: object = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query) as [string, QueryValue][]) {
    if (value === undefined || value === '') continue;
    if (typeof value === 'object') for (const item of value) search.append(key, item);
    else search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export interface SessionsAddress {
  /** Opens the detail panel of this session (SES-013). */
  sessionDetail?: string;
  /** Together with it: opens the log window above, at this kernel's id, `main`, `all` or `task` (SES-265). */
  logs?: string;
  /** Together with it: shows this line, `123`, or with several containers `sub1:123`. */
  line?: string;
  /** Together with it: opens its apps (SES-280). */
  apps?: 'open';
  /** Together with it: opens the terminal in its main container (SES-295). */
  terminal?: 'main';
}

export interface LauncherAddress {
  type?: 'interactive' | 'batch';
  step?: number;
  /** A form as text, taken once and then gone from the address (SES-041). */
  formValues?: string;
  /** Where a launch leads to: a path of this console (SES-046). */
  redirectTo?: string;
  /** `app` or `app:/path`: opens once the session runs (SES-046). */
  appOption?: string;
}

export interface SchedulerAddress {
  /** Whose queue: the name of a resource group. */
  group?: string;
  sessionDetail?: string;
}

export interface StartAddress {
  /** Opens *Start from URL* (SES-404). */
  type?: 'url';
  /** With it: `{"url": …}` of a badge, which goes straight to the launcher (SES-401). */
  data?: string;
}

export const paths = {
  /** Leads to the user's first page (ACC-060). */
  home: () => '/',
  start: (query: StartAddress = {}) => address('/start', query),
  sessions: (query: SessionsAddress = {}) => address('/session', query),
  /** A terminal and nothing else, for a window of its own. */
  terminal: (sessionId: string) => `/session/${encodeURIComponent(sessionId)}/terminal`,
  launcher: (query: LauncherAddress = {}) => address('/session/start', query),
  scheduler: (query: SchedulerAddress = {}) => address('/scheduler', query),
  imports: () => '/import',
  myEnvironments: () => '/my-environment',
  help: () => '/help',
  notFound: () => '/error',
  unauthorized: () => '/unauthorized',
};
