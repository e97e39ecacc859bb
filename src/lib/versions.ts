/** Compares versions by the rules of PEP 440 (`24.09` equals `24.9.0`, `25.6.0rc1` < `25.6.0`, local parts ignored). */

interface Parsed {
  epoch: number;
  release: number[];
  /** [-1] dev of a final, a/b/rc as [0..2, n], none as [3]. */
  pre: [number, number];
  post: number;
  dev: number;
}

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?((?:-\d+)|(?:[-_.]?(?:post|rev|r)[-_.]?\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$/;

const stages: Record<string, number> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };
const noStage = 3;

function parse(text: string): Parsed | null {
  const match = pattern.exec(text.trim().toLowerCase());
  if (!match) return null;
  const [, epoch, release, stage, stageNumber, post, dev, devNumber] = match;
  const hasDev = dev !== undefined;
  const pre: [number, number] = stage !== undefined ? [stages[stage] ?? 2, Number(stageNumber || 0)] : [noStage, 0];
  // A development release of a final version comes before its first alpha.
  if (stage === undefined && post === undefined && hasDev) pre[0] = -1;
  return {
    epoch: Number(epoch ?? 0),
    release: (release ?? '0').split('.').map(Number),
    pre,
    post: post === undefined ? -1 : Number(/\d+/.exec(post)?.[0] ?? 0),
    dev: hasDev ? Number(devNumber || 0) : Infinity,
  };
}

/**
 * Negative where `a` is older than `b`, 0 where equal, positive where newer.
 * A text that is no version counts as older than every version.
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) return Number(left !== null) - Number(right !== null);
  if (left.epoch !== right.epoch) return left.epoch - right.epoch;
  for (let i = 0; i < Math.max(left.release.length, right.release.length); i += 1) {
    const difference = (left.release[i] ?? 0) - (right.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  const parts: [number, number][] = [
    [left.pre[0], right.pre[0]],
    [left.pre[1], right.pre[1]],
    [left.post, right.post],
    [left.dev, right.dev],
  ];
  for (const [x, y] of parts) if (x !== y) return x < y ? -1 : 1;
  return 0;
}

/** Whether `version` is `required` or newer; false for a text that is no version. */
export function atLeast(version: string, required: string): boolean {
  return parse(version) !== null && compareVersions(version, required) >= 0;
}

/** The first two numbers of the release, `24.9` for `24.09.6`; null for a text that is no version. */
export function minorOf(version: string): string | null {
  const parsed = parse(version);
  return parsed ? `${parsed.release[0] ?? 0}.${parsed.release[1] ?? 0}` : null;
}
