/**
 * What is loaded together stands in one file. Left alone, the bundler makes a file of every set of modules that the same
 * pages share, ninety small ones before the list of sessions shows, and each costs a part of a round trip (PER-02). So the
 * way to that list has four steps, each a file and what only it has: the start, what log-in and frame share, the frame, the
 * list. What other pages need beyond is left to the bundler.
 */

interface ModuleFacts {
  code: string | null;
  importedIds: string[];
}

type Facts = (id: string) => ModuleFacts | null;

const STEPS = {
  start: '/src/main.tsx',
  login: '/src/app/login-screen.tsx',
  frame: '/src/app/signed-in.tsx',
  list: '/src/pages/sessions/list-page.tsx',
};

/** Index files that name a whole package; only what is imported from them is reached. */
const INDEXES: { index: RegExp; from: string; names: (name: string) => string }[] = [
  { index: /\/antd\/es\/index\.js$/, from: 'antd', names: (name) => `/antd/es/${kebab(name)}/index.js` },
  { index: /\/@ant-design\/icons\/es\/index\.js$/, from: '@ant-design/icons', names: (name) => `/@ant-design/icons/es/icons/${name}.js` },
];

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** `import { A, B as C } from "package"` → A, B. */
function namesFrom(code: string, from: string): string[] {
  const names: string[] = [];
  for (const [, list = '', source] of code.matchAll(/import\s*(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)) {
    if (source === from) names.push(...list.split(',').map((part) => part.trim().split(/\s+as\s+/)[0] ?? ''));
  }
  return names.filter(Boolean);
}

function reached(entry: string, facts: Facts): Set<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const module = facts(id);
    for (const next of module?.importedIds ?? []) {
      const index = INDEXES.find((one) => one.index.test(next));
      if (!index) waiting.push(next);
      else for (const name of namesFrom(module?.code ?? '', index.from)) waiting.push(next.replace(index.index, index.names(name)));
    }
  }
  return found;
}

type Step = keyof typeof STEPS;
let reach: Record<Step, Set<string>> | null = null;

/** Name of the file for a module; null leaves it to the bundler. */
export function chunkOf(root: string, id: string, facts: Facts): string | null {
  // The entries themselves stay files of their own: by their names the manifest tells what a page needs.
  if (id === `${root}/index.html` || Object.values(STEPS).some((path) => id === `${root}${path}`)) return null;
  reach ??= Object.fromEntries(Object.entries(STEPS).map(([step, path]) => [step, reached(`${root}${path}`, facts)])) as Record<Step, Set<string>>;
  // Each set holds what its modules import, and so does what two sets share: no file needs one of a later step.
  // What the bundler itself adds is in no import of ours, and needed from the start.
  if (reach.start.has(id) || id.startsWith('\0')) return 'start';
  if (reach.login.has(id) && (reach.frame.has(id) || reach.list.has(id))) return 'common';
  if (reach.frame.has(id)) return 'frame';
  return reach.list.has(id) ? 'list' : null;
}
