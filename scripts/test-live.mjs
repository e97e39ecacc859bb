// `npm run test:live -- --endpoint URL --accounts FILE`: the built console, in a browser, against a live webserver.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureInstalled, findChromium, option, root } from './install.mjs';

ensureInstalled();
const stop = (message) => {
  console.error(message);
  process.exit(1);
};
const endpoint = option('endpoint')?.replace(/\/+$/, '');
const accounts = option('accounts');
if (!endpoint || !/^https?:\/\//.test(endpoint)) stop('Say which webserver: --endpoint https://console.example.org');
if (!accounts || !existsSync(accounts)) stop('Say whose accounts: --accounts FILE, a JSON file {"user": {"email": "…", "password": "…"}}');
try {
  const { user } = JSON.parse(readFileSync(accounts, 'utf8'));
  if (typeof user?.email !== 'string' || typeof user?.password !== 'string') throw new Error('it has no user with email and password');
} catch (error) {
  stop(`${accounts} can't be used: ${error.message}`);
}
const chromium = findChromium();
if (!chromium) stop('No Chromium or Chrome found (set CHROMIUM to its path).');

process.env.BAI_ENDPOINT = endpoint;
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
const { port } = server.httpServer.address();
const { spawn } = await import('node:child_process');
const child = spawn(resolve(root, 'node_modules/.bin/playwright'), ['test', '--grep', '@live', '--reporter=list', '--workers=1'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium, BAI_SKIP_BUILD: '1', BAI_LIVE_URL: `http://127.0.0.1:${port}`, BAI_LIVE_ACCOUNTS: resolve(accounts) },
});
child.on('exit', async (code) => {
  await server.close();
  process.exit(code ?? 1);
});
