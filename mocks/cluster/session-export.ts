/** Sessions as CSV, as managers from 26.2 on write them (SES-C31). */
import { spacedIso } from './clock';
import type { Context } from './context';
import { forbidden, invalidParams } from './errors';
import { canSee } from './sessions';
import { amountText } from './slots';
import type { Kernel, Requester, Session, Slots } from './types';

interface Field {
  key: string;
  name: string;
  description: string;
  type: 'uuid' | 'string' | 'enum' | 'integer' | 'boolean' | 'datetime' | 'json';
  /** One row for each kernel as soon as one such field is asked for. */
  ofKernel?: boolean;
  get: (ctx: Context, session: Session, kernel: Kernel | undefined) => string | number | null;
}

const slotsJson = (slots: Slots): string =>
  JSON.stringify(Object.fromEntries(Object.entries(slots).map(([slot, amount]) => [slot, amountText(amount)])));
const time = (at: number | null): string | null => (at === null ? null : spacedIso(at));
const reference = (kernel: Kernel | undefined): string[] => /^([^/]+)\/(.+):([^:]+)$/.exec(kernel?.imageReference ?? '')?.slice(1) ?? [];

const FIELDS: readonly Field[] = [
  { key: 'id', name: 'ID', description: 'Id of the session', type: 'uuid', get: (_c, session) => session.id },
  { key: 'name', name: 'Name', description: 'Name of the session', type: 'string', get: (_c, session) => session.name },
  { key: 'session_type', name: 'Type', description: 'Type of the session', type: 'enum', get: (_c, session) => session.type },
  { key: 'domain_name', name: 'Domain', description: 'Domain it belongs to', type: 'string', get: (_c, session) => session.domain },
  { key: 'access_key', name: 'Access Key', description: 'Key of its owner', type: 'string', get: (_c, session) => session.accessKey },
  { key: 'status', name: 'Status', description: 'Status of the session', type: 'enum', get: (_c, session) => session.status },
  { key: 'status_info', name: 'Status Info', description: 'Reason of the status', type: 'string', get: (_c, session) => session.statusInfo },
  { key: 'cluster_size', name: 'Cluster Size', description: 'Number of containers', type: 'integer', get: (_c, session) => session.clusterSize },
  { key: 'resource_used', name: 'Resources Used', description: 'Amounts that it holds', type: 'json', get: (_c, session) => slotsJson(session.occupiedSlots) },
  { key: 'resource_requested', name: 'Resources Requested', description: 'Amounts that it asked for', type: 'json', get: (_c, session) => slotsJson(session.requestedSlots) },
  { key: 'created_at', name: 'Created At', description: 'When it was made', type: 'datetime', get: (_c, session) => time(session.createdAt) },
  { key: 'terminated_at', name: 'Terminated At', description: 'When it ended', type: 'datetime', get: (_c, session) => time(session.terminatedAt) },
  { key: 'project_name', name: 'Project Name', description: 'Name of its project', type: 'string', get: (ctx, session) => ctx.state.projects[session.projectId]?.name ?? null },
  { key: 'user_email', name: 'User Email', description: 'E-mail of its owner', type: 'string', get: (ctx, session) => ctx.state.users[session.userId]?.email ?? null },
  { key: 'user_full_name', name: 'User Full Name', description: 'Full name of its owner', type: 'string', get: (ctx, session) => ctx.state.users[session.userId]?.fullName ?? null },
  { key: 'resource_group_name', name: 'Resource Group Name', description: 'Its resource group', type: 'string', get: (_c, session) => session.resourceGroup },
  { key: 'kernel_id', name: 'Kernel ID', description: 'Id of the kernel', type: 'uuid', ofKernel: true, get: (_c, _s, kernel) => kernel?.id ?? null },
  { key: 'kernel_role', name: 'Kernel Role', description: 'Role of the kernel', type: 'string', ofKernel: true, get: (_c, _s, kernel) => kernel?.role ?? null },
  { key: 'kernel_status', name: 'Kernel Status', description: 'Status of the kernel', type: 'string', ofKernel: true, get: (_c, _s, kernel) => kernel?.status ?? null },
  { key: 'kernel_image', name: 'Kernel Image', description: 'Image of the kernel', type: 'string', ofKernel: true, get: (_c, _s, kernel) => reference(kernel)[1] ?? null },
  { key: 'kernel_tag', name: 'Kernel Tag', description: 'Tag of its image', type: 'string', ofKernel: true, get: (_c, _s, kernel) => reference(kernel)[2] ?? null },
  { key: 'kernel_agent', name: 'Kernel Agent', description: 'Agent that runs it', type: 'string', ofKernel: true, get: (_c, _s, kernel) => kernel?.agentId ?? null },
];

/** What `GET /export/reports` tells of this report. */
export function sessionReport(): Record<string, unknown> {
  return {
    report_key: 'sessions',
    name: 'Sessions',
    description: 'Compute sessions with their owners, projects and kernels',
    fields: FIELDS.map(({ key, name, description, type }) => ({ key, name, description, field_type: type })),
  };
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const MATCHES: Record<string, (value: string, wanted: string) => boolean> = {
  equals: (value, wanted) => value === wanted,
  contains: (value, wanted) => value.includes(wanted),
  starts_with: (value, wanted) => value.startsWith(wanted),
  ends_with: (value, wanted) => value.endsWith(wanted),
};

/** `i_` in front compares without case, `not_` after it turns the answer round. */
function textMatches(value: string, filter: unknown): boolean {
  if (!isRecord(filter)) throw invalidParams('Input should be a valid dictionary');
  return Object.entries(filter).every(([operator, wanted]) => {
    if (wanted === null) return true;
    const [, caseless, not, name = ''] = /^(i_)?(not_)?(.+)$/.exec(operator) ?? [];
    const match = MATCHES[name];
    if (!match || typeof wanted !== 'string') throw invalidParams(`Unknown text filter: ${operator}`);
    const [a, b] = caseless ? [value.toLowerCase(), wanted.toLowerCase()] : [value, wanted];
    return match(a, b) !== (not !== undefined);
  });
}

function inRange(value: number | null, filter: unknown): boolean {
  if (!isRecord(filter)) throw invalidParams('Input should be a valid dictionary');
  const bound = (name: string): number | null => {
    const raw = filter[name];
    if (raw === undefined || raw === null) return null;
    const at = Date.parse(String(raw));
    if (Number.isNaN(at)) throw invalidParams(`${name}: Input should be a valid datetime`);
    return at;
  };
  const [after, before] = [bound('after'), bound('before')];
  return value !== null && (after === null || value >= after) && (before === null || value <= before);
}

function oneOf(value: string, wanted: unknown): boolean {
  if (!Array.isArray(wanted)) throw invalidParams('Input should be a valid list');
  return wanted.includes(value);
}

function matches(session: Session, filter: Json): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (wanted === null || wanted === undefined) return true;
    switch (name) {
      case 'name':
        return textMatches(session.name, wanted);
      case 'domain_name':
        return textMatches(session.domain, wanted);
      case 'access_key':
        return textMatches(session.accessKey, wanted);
      case 'scaling_group_name':
        return textMatches(session.resourceGroup, wanted);
      case 'session_type':
        return oneOf(session.type, wanted);
      case 'status':
        return oneOf(session.status, wanted);
      case 'created_at':
        return inRange(session.createdAt, wanted);
      case 'terminated_at':
        return inRange(session.terminatedAt, wanted);
      default:
        // Unknown keys of the filter are left unread.
        return true;
    }
  });
}

const ORDERS: Record<string, (session: Session) => string | number> = {
  name: (session) => session.name,
  session_type: (session) => session.type,
  domain_name: (session) => session.domain,
  access_key: (session) => session.accessKey,
  status: (session) => session.status,
  scaling_group_name: (session) => session.resourceGroup,
  cluster_size: (session) => session.clusterSize,
  created_at: (session) => session.createdAt,
  terminated_at: (session) => session.terminatedAt ?? Number.POSITIVE_INFINITY,
};

function ordered(rows: Session[], order: unknown): Session[] {
  const steps = (Array.isArray(order) ? order : []).map((step: unknown) => {
    const { field, direction = 'asc' } = isRecord(step) ? step : {};
    const get = ORDERS[String(field)];
    if (!get || (direction !== 'asc' && direction !== 'desc')) throw invalidParams(`order: Input should be a field and 'asc' or 'desc'`);
    return { get, sign: direction === 'asc' ? 1 : -1 };
  });
  return rows.sort((a, b) => {
    for (const { get, sign } of steps) {
      const [x, y] = [get(a), get(b)];
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  });
}

/** As Python's csv module writes: quoted where it must be, CRLF at the end of each line. */
function line(cells: readonly (string | number | null)[]): string {
  const text = cells.map((cell) => {
    const value = cell === null ? '' : String(cell);
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  });
  return `${text.join(',')}\r\n`;
}

export type ExportScope = { kind: 'system' } | { kind: 'own' } | { kind: 'project'; id: string };

export function exportSessions(ctx: Context, requester: Requester, scope: ExportScope, body: unknown): string {
  if (scope.kind === 'system' && requester.role !== 'superadmin') throw forbidden('Insufficient privileges');
  const { fields, filter, order } = isRecord(body) ? body : {};
  const keys = Array.isArray(fields) && fields.length > 0 ? fields.map(String) : FIELDS.map(({ key }) => key);
  const wanted = keys.map((key) => {
    const field = FIELDS.find((one) => one.key === key);
    if (!field) throw invalidParams(`Invalid field keys: ${key}`);
    return field;
  });
  const inScope = (session: Session): boolean => {
    if (scope.kind === 'own') return session.userId === requester.userId;
    return canSee(requester, session) && (scope.kind === 'system' || session.projectId === scope.id);
  };
  const conditions = isRecord(filter) ? filter : {};
  const rows = ordered(ctx.index.all.filter((session) => inScope(session) && matches(session, conditions)), order);
  const byKernel = wanted.some(({ ofKernel }) => ofKernel);
  const lines = rows.flatMap((session) =>
    (byKernel ? session.kernels : [session.kernels[0]]).map((kernel) => line(wanted.map(({ get }) => get(ctx, session, kernel)))),
  );
  return line(wanted.map(({ name }) => name)) + lines.join('');
}
