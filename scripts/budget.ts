// The sizes of PER-01, from the manifest of the production build, and a search for what must not ship.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
  isDynamicEntry?: boolean;
}

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

const sizes = new Map<string, number>();
const sizeOf = (file: string) => {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = file.endsWith('.js') ? gzipSync(readFileSync(join(dist, file)), { level: 9 }).length : 0;
  sizes.set(file, size);
  return size;
};

/** The files that a chunk needs before it runs. */
function closure(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, found);
  return found;
}

const union = (...keys: string[]) => {
  const all = new Set<string>();
  for (const key of keys) {
    if (!manifest[key]) throw new Error(`No chunk for ${key}: has the file moved?`);
    for (const file of closure(key)) all.add(file);
  }
  return all;
};
const kib = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + sizeOf(file), 0) / 1000;

const language = 'i18n/en.json';
const logIn = union('index.html', language, 'src/app/login-screen.tsx');
const sessions = union('index.html', language, 'src/app/signed-in.tsx', 'src/pages/sessions/list-page.tsx');
const pages = Object.keys(manifest).filter((key) => /^src\/pages\/.*-page\.tsx$/.test(key) && manifest[key]?.isDynamicEntry);

const rows: { what: string; kb: number; limit: number }[] = [
  { what: 'log-in', kb: kib(logIn), limit: 270 },
  { what: 'sessions, cold', kb: kib(sessions), limit: 450 },
  ...pages.map((page) => ({ what: `${page}, beyond sessions`, kb: kib([...closure(page)].filter((file) => !sessions.has(file))), limit: 120 })),
];

let failed = false;
for (const { what, kb, limit } of rows) {
  const over = kb > limit;
  failed ||= over;
  console.log(`${over ? 'OVER ' : 'ok   '} ${kb.toFixed(1).padStart(6)} KB of ${limit} KB  ${what}`);
}

const traces = /mockServiceWorker|__baiDemo|__simulation|-Demo-1|createCluster/;
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (traces.test(file) || (/\.(js|html|css|json)$/.test(file) && traces.test(readFileSync(join(dist, file), 'utf8')))) {
    failed = true;
    console.log(`OVER  the simulation shows in dist/${file}`);
  }
}
process.exit(failed ? 1 : 0);
