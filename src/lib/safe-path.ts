/** Guards for what comes out of the address bar. */

const base = 'https://console.invalid';

/** Decodes until nothing changes, so that a doubly encoded trick shows itself; null for broken encoding. */
function fullyDecoded(text: string): string | null {
  let current = text;
  for (let round = 0; round < 5; round += 1) {
    let next: string;
    try {
      next = decodeURIComponent(current);
    } catch {
      // A lone % is no trick (a filter such as `ilike "%a%"`); what was decoded so far is judged.
      return round === 0 && /%(?![0-9a-f]{2})/i.test(current) ? current : null;
    }
    if (next === current) return current;
    current = next;
  }
  return null;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/**
 * A way back after log-in: path, query and hash of this origin, or null for anything else (SEC-09):
 * `//x`, `/\x`, `%2f%5cx`, `javascript:`, another origin, control characters.
 */
export function safeReturnPath(raw: string | null | undefined): string | null {
  if (!raw || !raw.startsWith('/')) return null;
  const pathOnly = raw.split(/[?#]/, 1)[0] ?? '';
  const decoded = fullyDecoded(pathOnly);
  if (decoded === null || !decoded.startsWith('/')) return null;
  if (hasControlCharacter(raw) || hasControlCharacter(decoded)) return null;
  if (decoded.includes('\\') || decoded.startsWith('//')) return null;
  let url: URL;
  try {
    url = new URL(raw, base);
  } catch {
    return null;
  }
  if (url.origin !== base || url.pathname.startsWith('//')) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

/**
 * An id as one segment of a request path (SEC-10): encoded, so that `..%2f`, `?` and `#` stay inside the segment.
 * Throws a RangeError for '', '.', '..' (also encoded), which a URL parser would fold away.
 */
export function pathSegment(id: string): string {
  const decoded = fullyDecoded(id) ?? id;
  for (const form of [id, decoded]) {
    if (form === '' || form === '.' || form === '..') throw new RangeError(`not an id: ${JSON.stringify(id)}`);
  }
  if (hasControlCharacter(id)) throw new RangeError(`not an id: ${JSON.stringify(id)}`);
  return encodeURIComponent(id);
}
