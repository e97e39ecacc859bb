import type { Me } from '../../client/account';
import { can } from '../../client/capabilities';
import { buildFilter } from '../../lib/filter-language';
import type { FilterClause } from '../../lib/filter-language';
import { parseTag } from '../../ui/filter-tags';
import type { FilterTag } from '../../ui/filter-tags';

/** The manager's fields that the filter box offers (SES-008), to whom, and how each is asked. */

type Kind = 'text' | 'exact' | 'options' | 'date';

interface Field {
  key: FieldKey;
  kind: Kind;
  /** The manager's field; the address keeps our own shorter name. */
  field: string;
}

export type FieldKey = 'name' | 'group' | 'id' | 'info' | 'image' | 'agent' | 'email' | 'accessKey' | 'created';

const name: Field = { key: 'name', kind: 'text', field: 'name' };
const fields: readonly Field[] = [
  name,
  { key: 'group', kind: 'options', field: 'scaling_group' },
  { key: 'id', kind: 'exact', field: 'id' },
  { key: 'info', kind: 'text', field: 'status_info' },
  { key: 'image', kind: 'text', field: 'image' },
  { key: 'agent', kind: 'text', field: 'agent_ids' },
  { key: 'email', kind: 'text', field: 'user_email' },
  { key: 'accessKey', kind: 'text', field: 'access_key' },
  { key: 'created', kind: 'date', field: 'created_at' },
];

export function offeredFields(me: Pick<Me, 'role'>, agentsShown: boolean): readonly Field[] {
  const admin = me.role !== 'user';
  // The first managers with session nodes refuse a list that is filtered by either.
  const known = !can('sessionNodes') || can('nodeFilters');
  return fields.filter(({ key }) => {
    switch (key) {
      case 'agent':
        return agentsShown;
      case 'accessKey':
        return admin;
      case 'email':
        return admin && known;
      case 'image':
        return known;
      default:
        return true;
    }
  });
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Midnight of the local day, as the manager writes times; null for what is no day. */
function dayStart(text: string, later: number): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const moment = new Date(Number(year), Number(month) - 1, Number(day) + later);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** The days of a "created" condition as moments, both included; null for what is no day. */
export function dayRange({ operator, value }: Pick<FilterTag, 'operator' | 'value'>): { after: string } | { before: string } | null {
  const until = operator === '<=';
  const time = dayStart(value, until ? 1 : 0);
  if (time === null) return null;
  return until ? { before: new Date(Date.parse(time) - 1).toISOString() } : { after: time };
}

function clauseOf({ field, kind }: Field, { operator, value }: FilterTag): FilterClause | null {
  if (kind === 'date') {
    // "Until" a day includes it.
    const time = dayStart(value, operator === '<=' ? 1 : 0);
    if (time === null) return null;
    return operator === '<=' ? { field, op: '<', value: time } : { field, op: '>=', value: time };
  }
  if (kind === 'text') return { field, op: 'contains', value };
  // The manager compares ids as UUIDs and fails on anything else.
  if (field === 'id' && !uuid.test(value)) return null;
  return { field, op: operator === '!=' ? '!=' : '==', value };
}

export interface AskedFilter {
  filter: string;
  /** Conditions that can't be asked: not a field for this person, or not a value of its kind. */
  unusable: string[];
}

/** Tags of the address → a clause of the filter language. What can't be asked is told, not dropped in silence. */
export function filterOf(tags: readonly string[], offered: readonly Field[]): AskedFilter {
  const unusable: string[] = [];
  const clauses = tags.map((text) => {
    const tag = parseTag(text);
    const field = offered.find(({ key }) => key === tag?.property);
    const clause = tag && field ? clauseOf(field, tag) : null;
    if (clause === null) unusable.push(text);
    return clause;
  });
  return { filter: buildFilter(clauses), unusable };
}
