import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { accounts, expect, test } from './fixtures';

const root = resolve(import.meta.dirname, '../..');
const nginx = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'].find((path) => existsSync(path));

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/** The sample as it is in the docs, with its marked lines filled in. */
async function startNginx(webserver: string) {
  const dir = mkdtempSync(join(tmpdir(), 'console-nginx-'));
  const port = await freePort();
  const sample = readFileSync(join(root, 'docs/hosting/nginx.conf'), 'utf8')
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replace('root /srv/bai-console/dist;', `root ${root}/dist;`)
    .replace('http://127.0.0.1:8090;', `${webserver};`);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`).join(' ');
  writeFileSync(
    join(dir, 'nginx.conf'),
    `user ${process.getuid?.() === 0 ? 'root' : 'nobody'};\nworker_processes 1;\npid ${dir}/pid;\nerror_log ${dir}/error.log;\nevents {}\nhttp { access_log off; ${temp}\ntypes { text/html html; text/css css; text/javascript js; application/json json webmanifest; image/svg+xml svg; }\n${sample}\n}\n`,
  );
  const child: ChildProcess = spawn(nginx ?? 'nginx', ['-p', dir, '-c', join(dir, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(url).then((answer) => answer.status, () => 0), { message: 'nginx answers' }).toBe(200);
  return {
    url,
    stop() {
      child.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

test.describe('on nginx, as the sample in the docs has it', () => {
  // CI installs it, and must not pass without.
  test.skip(!nginx && !process.env.CI, 'nginx is not installed');

  test('a user logs in and sees live sessions, under a policy without unsafe-inline (SEC-06)', async ({ browser, sim }) => {
    const site = await startNginx(sim.url);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    try {
      const answer = await page.goto(`${site.url}/session?tab=batch`);
      const policy = answer?.headers()['content-security-policy'] ?? '';
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer?.headers()['x-content-type-options']).toBe('nosniff');
      expect(await answer?.text()).not.toContain('{{nonce}}');
      await page.getByLabel(/e-mail or username/i).fill(accounts.user.email);
      await page.getByLabel('Password', { exact: true }).fill(accounts.user.password);
      await page.getByRole('button', { name: 'Login', exact: true }).click();
      await expect(page.getByRole('table', { name: /sessions/i })).toBeVisible();
      await expect(page.getByRole('status', { name: /live/i }).or(page.getByText('Live', { exact: true })).first()).toBeVisible();
      expect(complaints).toEqual([]);
    } finally {
      await page.close();
      site.stop();
    }
  });
});
