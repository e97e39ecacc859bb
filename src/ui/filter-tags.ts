/** One condition of a filter box, and its one-line form that stands in the address: `name~python`. */
export interface FilterTag {
  property: string;
  operator: FilterOperator;
  value: string;
}

/** contains, equals, differs, at least, at most */
export type FilterOperator = '~' | '=' | '!=' | '>=' | '<=';

const pattern = /^([A-Za-z_][A-Za-z0-9_.]*)(!=|>=|<=|~|=)([\s\S]*)$/;

export function parseTag(text: string): FilterTag | null {
  const match = pattern.exec(text);
  const [, property, operator, value] = match ?? [];
  if (!property || !operator || !value) return null;
  return { property, operator: operator as FilterOperator, value };
}

export function formatTag(tag: FilterTag): string {
  return `${tag.property}${tag.operator}${tag.value}`;
}
