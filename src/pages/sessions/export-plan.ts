import type { Me } from '../../client/account';
import { can } from '../../client/capabilities';
import { activeStatuses, endedStatuses } from '../../client/session-export';
import type { ExportBody, ServerScope } from '../../client/session-export';
import { parseTag } from '../../ui/filter-tags';
import { dayRange } from './list-filter';
import type { ListState } from './list-params';

/** What is exported (SES-015): the list as it stands, all of one's own, or all of the cluster. */
export const exportScopes = ['list', 'own', 'system'] as const;
export type ExportScope = (typeof exportScopes)[number];

/** The manual's export is the superadmin's and the server's; where that can't narrow to the project, it is of the cluster. */
export function offeredScopes(me: Pick<Me, 'role'>): ExportScope[] {
  const scopes: ExportScope[] = ['list'];
  if (can('scopedCsvExport')) scopes.push('own');
  if (me.role === 'superadmin' && can('csvExport')) scopes.push('system');
  return scopes;
}

type ServerFilter = ExportBody['filter'];

export interface ServerQuestion {
  filter: ServerFilter;
  order: ExportBody['order'];
  /** Conditions of the list that the server's export does not know. */
  untold: string[];
}

const orderFields: Record<string, string> = {
  name: 'name',
  type: 'session_type',
  domain_name: 'domain_name',
  access_key: 'access_key',
  status: 'status',
  scaling_group: 'scaling_group_name',
  created_at: 'created_at',
  terminated_at: 'terminated_at',
};

/** One more condition, or false where the server has no word for it or one of its kind already. */
function tell(filter: ServerFilter, text: string): boolean {
  const tag = parseTag(text);
  switch (tag?.property) {
    case 'name':
      if (filter.name) return false;
      filter.name = { i_contains: tag.value };
      return true;
    case 'accessKey':
      if (filter.access_key) return false;
      filter.access_key = { i_contains: tag.value };
      return true;
    case 'group':
      if (filter.scaling_group_name) return false;
      filter.scaling_group_name = tag.operator === '!=' ? { not_equals: tag.value } : { equals: tag.value };
      return true;
    case 'created': {
      const range = dayRange(tag);
      if (range === null || Object.keys(range).some((side) => filter.created_at && side in filter.created_at)) return false;
      filter.created_at = { ...filter.created_at, ...range };
      return true;
    }
    default:
      return false;
  }
}

/** The list's state in the words of the server's export. */
export function serverQuestion(state: Pick<ListState, 'type' | 'status' | 'order' | 'filter'>): ServerQuestion {
  const filter: ServerFilter = { status: state.status === 'finished' ? endedStatuses : activeStatuses() };
  if (state.type !== 'all') filter.session_type = [state.type];
  const untold = state.filter.filter((text) => !tell(filter, text));
  const descending = state.order.startsWith('-');
  const field = orderFields[descending ? state.order.slice(1) : state.order];
  const order: ExportBody['order'] = [field ? { field, direction: descending ? 'desc' : 'asc' } : { field: 'created_at', direction: 'desc' }];
  return { filter, order, untold };
}

/** Who makes the file: the server where it can tell exactly what is asked for, else the console. */
export function serverScopeFor(scope: ExportScope, me: Pick<Me, 'role'>, projectId: string, untold: readonly string[]): ServerScope | null {
  if (scope === 'system') return { kind: 'system' };
  if (scope === 'own') return { kind: 'own' };
  if (me.role !== 'superadmin' || !can('scopedCsvExport') || untold.length > 0) return null;
  return { kind: 'project', id: projectId };
}

/** The server's columns that every version has; asked for where its list of columns is not for this user. */
export const commonFields = ['id', 'name', 'session_type', 'status', 'status_info', 'cluster_size', 'access_key', 'domain_name', 'created_at', 'terminated_at'];
