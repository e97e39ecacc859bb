import { describe, expect, it } from 'vitest';
import { createCluster } from '../cluster/cluster';
import type { Cluster } from '../cluster/api';
import { appProxyFrontOf } from './app-proxy';
import { createWire } from './wire';

const me = (cluster: Cluster, email = 'user@example.com') => {
  const user = cluster.accounts.userByEmail(email);
  return cluster.accounts.requester(user?.mainAccessKey ?? '');
};

function setUp(version = '26.8.1') {
  const cluster = createCluster({ version });
  const wire = createWire(cluster);
  let permit: string | null = null;
  const permits = { get: () => permit, set: (value: string) => void (permit = value) };
  const session = Object.values(cluster.state.sessions).find((one) => one.name === 'notebook');
  if (!session) throw new Error('no notebook');
  const start = (app: string, port: number | null = null) => cluster.apps.start(me(cluster), session.id, { app, port, envs: null, args: null });
  const ask = async (url: string, accept = 'application/json', clientIp = '127.0.0.1') => {
    const front = appProxyFrontOf(cluster, new URL(url));
    if (!front) throw new Error(`not of the app proxy: ${url}`);
    return wire.handleAppProxy(new Request(url, { headers: { Accept: accept } }), front.path, { port: front.port, permits, clientIp });
  };
  /** From the token to the worker's address. */
  const open = async (app: string, query: string) => {
    const { token, wsproxy_addr } = start(app);
    const added = (await (await ask(`${wsproxy_addr}/v2/proxy/${token}/${session.id}/add?app=${app}&${query}`)).json()) as { url: string };
    return ask(added.url);
  };
  const forget = () => {
    permit = null;
  };
  return { cluster, session, start, ask, open, forget };
}

describe('start-service (SES-C41)', () => {
  it('refuses what the manager refuses, with its words', () => {
    const { cluster, session, start } = setUp();
    expect(() => start('nope')).toThrow(expect.objectContaining({ status: 404, title: 'No such app service.', msg: 'notebook:nope' }));
    expect(() => start('jupyter', 1)).toThrow(expect.objectContaining({ status: 400, msg: 'Service jupyter does not open the port number 1.' }));
    expect(start('jupyter', 8081).wsproxy_addr).toBe('http://127.0.0.1:10200');
    const another = (email: string) => () => cluster.apps.start(me(cluster, email), session.id, { app: 'jupyter', port: null, envs: null, args: null });
    expect(another('user2@example.com')).toThrow(expect.objectContaining({ status: 404 }));
    expect(another('admin@example.com')).toThrow(expect.objectContaining({ status: 404, title: 'No such session.' }));
    const group = cluster.state.resourceGroups['default'];
    if (group) group.appProxyAddr = null;
    expect(() => start('jupyter')).toThrow(expect.objectContaining({ status: 503, slug: 'service-unavailable' }));
  });

  it('refuses inference apps, blocked ports, arguments that are not listed, and sessions that do not run', () => {
    const { cluster, session, start } = setUp();
    const port = session.servicePorts?.find(({ name }) => name === 'jupyter');
    if (port) port.is_inference = true;
    expect(() => start('jupyter')).toThrow(expect.objectContaining({ status: 400 }));
    const image = cluster.state.images[session.kernels[0]?.imageId ?? ''];
    if (image) image.labels['ai.backend.internal.block-service-ports'] = '1';
    expect(() => start('jupyterlab')).toThrow(expect.objectContaining({ status: 500, msg: 'Failed to launch the app service' }));
    const other = Object.values(cluster.state.sessions).find(({ name }) => name === 'annotate');
    const withArguments = (args: string) => cluster.apps.start(me(cluster), other?.id ?? '', { app: 'tensorboard', port: null, envs: null, args });
    expect(() => withArguments('{"--port": "1"}')).toThrow(expect.objectContaining({ status: 500 }));
    expect(withArguments('{"--logdir": "/home/work/logs"}').token).toMatch(/-/);
    const pending = Object.values(cluster.state.sessions).find(({ name }) => name === 'three-gpus');
    expect(() => cluster.apps.start(me(cluster), pending?.id ?? '', { app: 'jupyter', port: null, envs: null, args: null })).toThrow(
      expect.objectContaining({ status: 500, slug: 'agent-not-allocated' }),
    );
  });
});

describe('the app proxy (SES-C41)', () => {
  it('leads from the token to the app, which needs the permit and a moment to start', async () => {
    const { cluster, ask, open, forget } = setUp();
    const { redirect_url: setup, reuse } = (await (await open('jupyterlab', 'protocol=http&redirect=/lab')).json()) as { redirect_url: string; reuse: boolean };
    expect(reuse).toBe(false);
    const visit = await ask(setup);
    const address = visit.headers.get('Location') ?? '';
    expect(visit.status).toBe(302);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:10[2-5]\d\d\/lab$/);
    expect((await ask(address)).status).toBe(502);
    cluster.advance('2s');
    const page = await ask(address, 'text/html');
    expect(await page.text()).toContain('<title>JupyterLab</title>');
    forget();
    expect(await (await ask(address)).json()).toMatchObject({ msg: expect.stringMatching(/^E20004/) as string });
    expect((await ask(`${setup}x`)).status).toBe(500);
    // In a tab one sees a page.
    const denied = await ask(address, 'text/html,*/*');
    expect([denied.status, denied.headers.get('content-type'), await denied.text()]).toEqual([401, 'text/html; charset=utf-8', expect.stringContaining('E20004: Authorization cookie not provided') as string]);
    expect(await (await open('jupyterlab', 'protocol=http')).json()).toMatchObject({ reuse: true });
    expect(await (await open('jupyterlab', 'protocol=http&no_reuse=true')).json()).toMatchObject({ reuse: false });
  });

  it('shows on a preopened port what the user serves there, and nothing before and after (SES-100, pitfall 7)', async () => {
    const { cluster, session, ask, open } = setUp();
    session.servicePorts?.push({ name: '8888', protocol: 'preopen', container_ports: [8888], host_ports: [30_888], is_inference: false });
    const { redirect_url: setup } = (await (await open('8888', 'protocol=preopen')).json()) as { redirect_url: string };
    const address = (await ask(setup)).headers.get('Location') ?? '';
    cluster.advance('5s');
    expect((await ask(address)).status).toBe(502);
    let seen = '';
    const terminal = cluster.terminals.attach(session, { columns: 80, rows: 24 }, { output: (text) => (seen += text), ended: () => undefined });
    terminal.input('mkdir -p site; echo "hello & welcome" > site/a.txt; python3 -m http.server 8888 -d site\r');
    expect(seen).toContain('Serving HTTP on 0.0.0.0 port 8888');
    const text = async (path: string) => (await ask(`${address}${path}`, 'text/html')).text();
    expect(await text('/')).toContain('<h1>Directory listing for /</h1><hr><ul><li><a href="/a.txt">a.txt</a></li></ul>');
    expect(await text('/a.txt')).toBe('hello & welcome\n');
    expect((await ask(`${address}/nope`)).status).toBe(404);
    expect((await ask(`${address}/%2e%2e/.bashrc`)).status).toBe(404);
    // A second window finds the port taken.
    terminal.input('\u0002cpython3 -m http.server 8888\r');
    expect(seen).toContain('OSError: [Errno 98] Address already in use');
    terminal.input('\u0002l\u0003');
    expect(seen).toContain('Keyboard interrupt received, exiting.');
    expect((await ask(address)).status).toBe(502);
  });

  it('gives a gateway for what is no web page', async () => {
    const { ask, open } = setUp();
    const { redirect_url: setup } = (await (await open('sshd', 'protocol=tcp')).json()) as { redirect_url: string };
    const { redirectURI } = (await (await ask(setup)).json()) as { redirectURI: string };
    expect(new URL(redirectURI).searchParams.get('gateway')).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  });

  it('hears a wished port from 25.11 on, and says when it or everything is taken', async () => {
    const { cluster, open } = setUp();
    expect((await open('jupyter', 'protocol=http&port=10300')).status).toBe(200);
    expect((await open('vscode', 'protocol=http&port=10300')).status).toBe(409);
    cluster.state.appProxy.ports = [10_300, 10_300];
    expect(await (await open('vscode', 'protocol=http')).json()).toMatchObject({ title: 'Worker not available.' });
    const old = setUp('25.5.2');
    await old.open('jupyter', 'protocol=http&port=10300');
    expect((await old.open('vscode', 'protocol=http&port=10300')).status).toBe(200);
  });

  it('lets the world in only where it is open, and only from where it may come', async () => {
    const { cluster, ask, open, forget } = setUp();
    const { redirect_url: setup } = (await (await open('jupyter', 'protocol=http&open_to_public=true&allowed_client_ips=nonsense,10.0.0.0/8')).json()) as { redirect_url: string };
    const address = (await ask(setup)).headers.get('Location') ?? '';
    cluster.advance('2s');
    forget();
    expect((await ask(address, 'text/html', '10.1.2.3')).status).toBe(200);
    expect(await (await ask(address, 'application/json', '192.168.0.1')).json()).toMatchObject({ msg: 'E20011: Client address not allowed' });
  });

  it('up to 25.10 ends at the root of the app and can close its circuits; all end with the session', async () => {
    const { cluster, session, ask, open } = setUp('25.5.2');
    const { redirect_url: setup } = (await (await open('jupyter', 'protocol=http&redirect=/tree')).json()) as { redirect_url: string };
    expect((await ask(setup)).headers.get('Location')).toMatch(/:\d+$/);
    expect((await ask(`http://127.0.0.1:10200/v2/proxy/${session.accessKey}/${session.id}/delete`)).status).toBe(200);
    expect(Object.keys(cluster.state.appProxy.circuits)).toEqual([]);
    await open('jupyter', 'protocol=http');
    cluster.sessions.terminate(me(cluster), session.id, { forced: true });
    cluster.advance('1m');
    expect((await ask(setup)).status).toBe(404);
    expect((await setUp().ask('http://127.0.0.1:10200/v2/proxy/x/y/delete')).status).toBe(404);
  });
});

describe('files of a session', () => {
  it('come from the home only; before 24.09 the archive around them stays on', () => {
    const { cluster, session } = setUp();
    const read = (path: string) => new TextDecoder().decode(cluster.apps.readFile(me(cluster), session.id, path));
    expect(read('/home/work/id_container')).toMatch(/^-----BEGIN \w+ PRIVATE KEY-----\n/);
    expect(read('.password')).toMatch(/^\w{16}$/);
    expect(() => read('/etc/passwd')).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => read('/home/work/../../etc/passwd')).toThrow(expect.objectContaining({ status: 400 }));
    const old = setUp('24.03.12');
    expect(new TextDecoder().decode(old.cluster.apps.readFile(me(old.cluster), old.session.id, '/home/work/id_container').slice(257, 262))).toBe('ustar');
    expect(() => read('/home/work/none')).toThrow(expect.objectContaining({ status: 500 }));
  });
});
