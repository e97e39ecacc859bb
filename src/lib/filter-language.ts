/**
 * Writes the manager's filter language (SES-C03): `field op value` joined by `&`, `|`, `!` and parentheses.
 *
 * What the manager does with a quoted string: it ends at the first `"` that is not behind an odd number of
 * backslashes, then `\"` becomes `"`; other backslashes stay as they are. `like` and `ilike` take the result
 * as an SQL pattern, where `\` makes the next character plain. So a backslash can be told safely in patterns only.
 * A string may not hold a line end.
 */

export type FilterValue = string | number | boolean | null;

export type FilterClause =
  | { field: string; op: 'contains' | 'startsWith'; value: string }
  | { field: string; op: '==' | '!='; value: FilterValue }
  | { field: string; op: '>' | '>=' | '<' | '<='; value: string | number }
  | { field: string; op: 'in'; value: readonly (string | number)[] }
  | { not: FilterClause }
  | { any: readonly FilterClause[] }
  | { all: readonly FilterClause[] }
  /** Text that is a filter already. */
  | { text: string };

const fieldPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

function field(name: string): string {
  if (!fieldPattern.test(name)) throw new RangeError(`not a field of the filter language: ${name}`);
  return name;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** Makes every character of the text stand for itself inside `like` and `ilike`; line ends match any character. */
function plain(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`).replace(/[\n\r]/g, '_');
}

/** What a quoted string cannot say outside a pattern. */
const patternOnly = /[\\\n\r]/;

function literal(value: FilterValue): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** Nothing to ask becomes ''. */
function write(clause: FilterClause): string {
  if ('text' in clause) return clause.text.trim() === '' ? '' : `(${clause.text})`;
  if ('not' in clause) {
    const inner = write(clause.not);
    return inner === '' ? '' : `(!(${inner}))`;
  }
  if ('any' in clause || 'all' in clause) {
    const [parts, sign] = 'any' in clause ? [clause.any, ' | '] : [clause.all, ' & '];
    const written = parts.map(write).filter((part) => part !== '');
    return written.length > 1 ? `(${written.join(sign)})` : (written[0] ?? '');
  }
  const name = field(clause.field);
  switch (clause.op) {
    case 'contains':
      return clause.value === '' ? '' : `${name} ilike ${quote(`%${plain(clause.value)}%`)}`;
    case 'startsWith':
      return clause.value === '' ? '' : `${name} ilike ${quote(`${plain(clause.value)}%`)}`;
    case 'in':
      return write({ any: clause.value.map((value) => ({ field: name, op: '==' as const, value })) });
    case '==':
    case '!=':
      if (clause.value === null) return `${name} ${clause.op === '==' ? 'is' : 'isnot'} null`;
      if (typeof clause.value === 'string' && patternOnly.test(clause.value)) {
        const same = `${name} like ${quote(plain(clause.value))}`;
        return clause.op === '==' ? same : `(!(${same}))`;
      }
      return `${name} ${clause.op} ${literal(clause.value)}`;
    default:
      return `${name} ${clause.op} ${literal(clause.value)}`;
  }
}

/** All clauses joined by AND; '' where there is nothing to ask. Empty texts ask nothing. */
export function buildFilter(clauses: readonly (FilterClause | null | undefined | false)[]): string {
  return clauses
    .map((clause) => (clause ? write(clause) : ''))
    .filter((part) => part !== '')
    .join(' & ');
}
