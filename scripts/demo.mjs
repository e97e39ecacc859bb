// `npm run demo`: the console on the simulated cluster, in this browser alone.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, option, root } from './install.mjs';

ensureInstalled();
const { build, preview } = await import('vite');

const newest = (path) => {
  const full = join(root, path);
  if (!statSync(full).isDirectory()) return statSync(full).mtimeMs;
  return Math.max(...readdirSync(full, { recursive: true }).map((name) => statSync(join(full, name)).mtimeMs));
};
const made = join(root, 'dist-demo/index.html');
const sources = Math.max(...['src', 'mocks', 'i18n', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'].map(newest));

if (!existsSync(made) || statSync(made).mtimeMs < sources) {
  console.log('Building the demo…');
  await build({ root, mode: 'demo', logLevel: 'warn' });
}
const server = await preview({ root, mode: 'demo', logLevel: 'warn', build: { outDir: 'dist-demo' }, preview: { port: Number(option('port') ?? 5173), host: option('host') ?? 'localhost' } });
const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
console.log(`
  bai-console on a simulated cluster: ${address}

  Log in as user@example.com with user-Demo-1 (the log-in page lists the other accounts).
  Everything happens inside the browser's tab; closing it forgets the cluster. Ctrl-C ends the demo.
`);
