import type { Io, Machine } from '../machine';

/** The exit code. */
export type Program = (shell: Machine, args: string[], io: Io) => number;

/** `-la --all x` → letters, long names, and the rest; `--` ends them. Letters of `valued` take the next word. */
export function options(args: readonly string[], valued = ''): { has(...names: string[]): boolean; value(name: string): string | undefined; rest: string[] } {
  const found = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s);
      found.set(name, value ?? '');
    } else if (/^-./.test(arg)) {
      for (let j = 1; j < arg.length; j += 1) {
        const letter = arg[j] ?? '';
        if (!valued.includes(letter)) {
          found.set(letter, '');
          continue;
        }
        const attached = arg.slice(j + 1);
        found.set(letter, attached === '' ? (args[i + 1] ?? '') : attached);
        if (attached === '') i += 1;
        break;
      }
    } else rest.push(arg);
  }
  return { has: (...names) => names.some((name) => found.has(name)), value: (name) => found.get(name), rest };
}
