/** Compares answers by what they look like: keys, types and nullability, not values. */

interface Shape {
  /** null, string, number, boolean */
  kinds: Set<string>;
  /** How many objects were seen, and their keys with how often. */
  objects: number;
  keys: Map<string, { seen: number; shape: Shape }>;
  /** What lists, maps and JSON texts hold. */
  lists: number;
  element: Shape | null;
  texts: number;
  inside: Shape | null;
}

function empty(): Shape {
  return { kinds: new Set(), objects: 0, keys: new Map(), lists: 0, element: null, texts: 0, inside: null };
}

/** Keys of objects whose own keys are data: amounts by slot, groups and checks by name. */
const maps = /^(resource_slots|.*_(limits|using|remaining)|using|remaining|scaling_groups|volume_info|usage|idleChecks|gpu_alloc_map)$/;

function jsonIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function add(shape: Shape, value: unknown, isMap: boolean): void {
  if (value === null || typeof value !== 'object') {
    const kind = value === null ? 'null' : typeof value;
    shape.kinds.add(kind);
    const inside = typeof value === 'string' ? jsonIn(value) : undefined;
    if (inside !== undefined) {
      shape.texts += 1;
      shape.inside ??= empty();
      // What a JSON text holds is keyed by names (metrics, slots, hosts): its values are compared as one.
      add(shape.inside, inside, !Array.isArray(inside));
    }
    return;
  }
  if (Array.isArray(value) || isMap) {
    shape.lists += 1;
    shape.element ??= empty();
    const items = Array.isArray(value) ? value : Object.values(value as Record<string, unknown>);
    // Recordings cut long lists and say so in a text.
    const cut = items.length > 1 && typeof items.at(-1) === 'string' && typeof items[0] !== 'string';
    for (const item of cut ? items.slice(0, -1) : items) add(shape.element, item, false);
    return;
  }
  shape.objects += 1;
  for (const [key, inner] of Object.entries(value)) {
    const known = shape.keys.get(key) ?? { seen: 0, shape: empty() };
    known.seen += 1;
    // A list under such a name is a list; `scaling_groups` of a REST answer is one, of check-presets a map.
    add(known.shape, inner, maps.test(key) && !Array.isArray(inner));
    shape.keys.set(key, known);
  }
}

function isBlank(shape: Shape): boolean {
  return shape.kinds.size === 0 && shape.objects === 0 && shape.lists === 0;
}

function words(shape: Shape): string {
  const kinds = [...shape.kinds].filter((kind) => kind !== 'null');
  if (shape.objects > 0) kinds.push('object');
  if (shape.lists > 0) kinds.push('list');
  return kinds.sort().join(' or ') || 'null';
}

function diff(recorded: Shape, simulated: Shape, path: string, complaints: string[]): void {
  if (isBlank(recorded) || isBlank(simulated)) return;
  const [expected, actual] = [words(recorded), words(simulated)];
  if (expected !== 'null' && actual === 'null') {
    if (!recorded.kinds.has('null')) complaints.push(`${path}: null, ${expected} was recorded`);
    return;
  }
  if (expected === 'null' || actual === 'null') return;
  const kinds = expected.split(' or ');
  if (actual.split(' or ').some((kind) => !kinds.includes(kind))) {
    complaints.push(`${path}: ${actual}, ${expected} was recorded`);
    return;
  }
  if (!recorded.kinds.has('null') && simulated.kinds.has('null')) complaints.push(`${path}: null at times, never recorded`);
  if (recorded.objects > 0 && simulated.objects > 0) {
    for (const [key, { seen, shape }] of recorded.keys) {
      const mine = simulated.keys.get(key);
      if (mine) diff(shape, mine.shape, `${path}.${key}`, complaints);
      else if (seen === recorded.objects) complaints.push(`${path}.${key}: missing`);
    }
    for (const [key, { seen }] of simulated.keys) {
      if (!recorded.keys.has(key)) complaints.push(`${path}.${key}: was not recorded`);
      else if (seen < simulated.objects && recorded.keys.get(key)?.seen === recorded.objects) complaints.push(`${path}.${key}: missing at times`);
    }
  }
  if (recorded.element && simulated.element) diff(recorded.element, simulated.element, `${path}[]`, complaints);
  if (recorded.inside && simulated.inside) diff(recorded.inside, simulated.inside, `${path}{}`, complaints);
}

/** How the simulated answer differs from the recorded one; `keyed` says that the answer's own keys are data. */
export function compareShapes(recorded: unknown, simulated: unknown, keyed = false): string[] {
  const [mine, theirs] = [empty(), empty()];
  add(theirs, recorded, keyed && !Array.isArray(recorded));
  add(mine, simulated, keyed && !Array.isArray(simulated));
  const complaints: string[] = [];
  diff(theirs, mine, 'answer', complaints);
  return complaints;
}
