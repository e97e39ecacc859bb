/** Preopen ports (SES-100, SES-101). Pure. */

const lowest = 1024;
const highest = 65_535;
/** Used by the system inside every container. */
const systemPorts = new Set([2000, 2001, 2002, 2003, 2200, 7681]);

export type PortProblem = 'portFormat' | 'portRange' | 'portTwice' | 'portSystem' | 'portApp' | 'portTooMany';

export interface PortRefusal {
  problem: PortProblem;
  /** What was typed, or the port that is in the way. */
  text: string;
}

/** Ports that the image's apps listen on (SES-R22) → the app. */
export function appPorts(services: readonly { name: string; ports: readonly number[] }[]): Map<number, string> {
  return new Map(services.flatMap((service) => service.ports.map((port): [number, string] => [port, service.name])));
}

/** One port's own fault, apart from how it was typed. */
export function portProblem(port: number, apps: ReadonlyMap<number, string>): PortProblem | null {
  if (!Number.isInteger(port) || port < lowest || port > highest) return 'portRange';
  if (systemPorts.has(port)) return 'portSystem';
  return apps.has(port) ? 'portApp' : null;
}

/**
 * Adds what was typed (ports and ranges `a:b`, separated by commas or spaces) to the ports there are. What can be
 * taken is taken; each refusal says why.
 */
export function addPorts(
  typed: string,
  present: readonly number[],
  apps: ReadonlyMap<number, string>,
  limit: number,
): { ports: number[]; refused: PortRefusal[] } {
  const ports = [...present];
  const refused: PortRefusal[] = [];
  const add = (port: number): boolean => {
    const problem = ports.includes(port) ? 'portTwice' : portProblem(port, apps);
    if (problem) refused.push({ problem, text: String(port) });
    else if (ports.length >= limit) {
      refused.push({ problem: 'portTooMany', text: String(port) });
      return false;
    } else ports.push(port);
    return true;
  };
  for (const part of typed.split(/[\s,]+/).filter(Boolean)) {
    const range = /^(\d{1,5}):(\d{1,5})$/.exec(part);
    if (range) {
      const from = Number(range[1]);
      const to = Number(range[2]);
      if (from < lowest || to > highest || from > to) {
        refused.push({ problem: 'portRange', text: part });
        continue;
      }
      for (let port = from; port <= to; port += 1) if (!add(port)) break;
    } else if (/^\d+$/.test(part)) add(Number(part));
    else refused.push({ problem: 'portFormat', text: part });
  }
  return { ports, refused };
}
