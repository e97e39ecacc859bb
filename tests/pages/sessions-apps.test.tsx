import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServicePort } from '../../mocks/cluster/types';
import { renderConsole } from '../helpers/render-console';
import { fact, fakeTabs, openApps, press, queryApps } from './apps-harness';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

const port = (name: string, protocol: string, number: number): ServicePort => ({ name, protocol, container_ports: [number], host_ports: [30_500], is_inference: false });

describe('the dialog of apps', () => {
  it('SES-011 SES-280 SES-R70 opens from the row at its address, shows the apps by category, and leads back to the list', async () => {
    const { user, cluster } = await renderConsole({
      path: '/session?order=name',
      prepare: (sim) => sessionNamed(sim.cluster, 'notebook').servicePorts?.push(port('8123', 'preopen', 8123), port('mystery', 'http', 9000), { ...port('vllm', 'http', 8000), is_inference: true }),
    });
    const opener = within(await rowOf('notebook')).getByRole('button', { name: 'See app dialog of notebook' });
    await user.click(opener);
    const box = await dialog('App: notebook');
    const search = new URLSearchParams(window.location.search);
    expect([search.get('sessionDetail'), search.get('apps'), search.get('order')]).toEqual([sessionNamed(cluster, 'notebook').id, 'open', 'name']);
    await within(box).findByRole('button', { name: 'JupyterLab' });
    const headings = within(box).getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
    expect(headings).toEqual(['Choose an app', 'Utilities', 'Development', 'Machine Learning Tools', 'Custom', 'Preopen Ports']);
    for (const name of ['SSH / SFTP', 'Console', 'Jupyter Notebook', 'Visual Studio Code', 'TensorBoard', 'mystery', '8123']) expect(within(box).getByRole('button', { name })).toBeTruthy();
    expect(within(box).queryByRole('button', { name: 'vllm' })).toBeNull();
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(window.location.search).toBe('?order=name'));
    expect(screen.queryByText('Session details')).toBeNull();
  });

  it('SES-281 SES-282 SES-289 what the operator does not allow is not there; the command line is explained', async () => {
    const { user, box } = await openApps('notebook', { config: { resources: { allowNonAuthTCP: false, openPortToPublic: false, allowPreferredPort: false } } });
    await within(box).findByRole('button', { name: 'JupyterLab' });
    expect(within(box).queryByRole('button', { name: 'SSH / SFTP' })).toBeNull();
    expect(within(box).queryByRole('button', { name: 'Visual Studio Code (Desktop)' })).toBeNull();
    expect(within(box).queryByRole('group', { name: 'Options' })).toBeNull();
    await user.click(within(box).getByText('From the command line'));
    for (const command of ['backend.ai ssh notebook', 'backend.ai app notebook sshd -b 9922', 'backend.ai session download notebook id_container']) {
      expect(within(box).getByText(command)).toBeTruthy();
    }
  });

  it('SES-304 pitfall 16: only the owner, only while it runs, and everybody else is told why', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/session', as: 'admin' });
    expect(within(await rowOf('three-gpus')).getByRole('button', { name: 'See app dialog of three-gpus' }).getAttribute('aria-disabled')).toBe('true');
    const notMine = within(await rowOf('notebook')).getByRole('button', { name: 'See app dialog of notebook' });
    expect(notMine.getAttribute('aria-disabled')).toBe('true');
    await user.hover(notMine);
    expect(await screen.findByRole('tooltip', { name: /Only the owner of the session can do this/ })).toBeTruthy();
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}&apps=open`);
    const box = await dialog('App: notebook');
    expect(await within(box).findByText('Only the owner of the session can do this.')).toBeTruthy();
    expect(within(box).queryByRole('button', { name: 'JupyterLab' })).toBeNull();
  });

  it('SES-250 SES-130 opens from the panel too, and closes back to it', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/unauthorized' });
    const { id } = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${id}`);
    const panel = await dialog('Session details');
    await user.click(await within(panel).findByRole('button', { name: 'See App Dialog' }));
    const box = await dialog('App: notebook');
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(window.location.search).toBe(`?sessionDetail=${id}`));
    expect(await dialog('Session details')).toBeTruthy();
  });

  it('SES-253 SEC-10 an address of nobody’s session says so', async () => {
    await renderConsole({ path: `/session?sessionDetail=${encodeURIComponent('../../admin')}&apps=open` });
    const box = await dialog('Apps');
    expect(await within(box).findByText('Session not found')).toBeTruthy();
  });
});

describe.each(['24.03.12', '25.5.2', '26.8.1'])('opening an app at %s', (version) => {
  it('SES-283 SES-284 SES-286 SES-C41 SEC-13 opens a tab within the click, cuts its tie, sends it to the worker; SSH tells address, commands and key', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', { version });
    await press(opened, 'JupyterLab');
    expect(tabs.opened).toHaveLength(1);
    const [tab] = tabs.opened;
    expect(tab?.opener).toBeNull();
    expect(tab?.document.body.textContent).toBe('Preparing JupyterLab…');
    expect(await within(opened.box).findByText('JupyterLab was opened in a new tab.')).toBeTruthy();
    expect(tab?.went).toHaveLength(1);
    expect(tab?.went[0]).toMatch(/^http:\/\/127\.0\.0\.1:10200\/setup\?token=/);
    expect(opened.started()).toEqual([{ login_session_token: 'console', app: 'jupyterlab' }]);
    expect(opened.toProxy().map(({ path }) => path.replace(/[0-9a-f-]{36}/g, 'x'))).toEqual(['/v2/proxy/x/x/add', '/v2/proxy/auth']);
    expect(Object.fromEntries(opened.toProxy()[0]?.query ?? [])).toEqual({ app: 'jupyterlab', protocol: 'http', redirect: '/lab' });
    expect(opened.toProxy()[1]?.headers.get('accept')).toBe('application/json');
    expect(opened.toProxy()[0]?.headers.get('x-backendai-version')).toBeNull();
    // Where an older proxy opens apps at their root the path is told (SES-C41).
    expect(within(opened.box).queryByText(/go to \/lab/) !== null).toBe(version !== '26.8.1');
    expect(within(opened.box).getByText(/Do not delete id_container/)).toBeTruthy();
    expect(await (await fetch(tab?.went[0] ?? '', { redirect: 'manual' })).headers.get('location')).toMatch(version === '26.8.1' ? /\/lab$/ : /:\d+$/);

    // SSH, and the key without what older agents put around it (SES-286).
    const saved: Blob[] = [];
    Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), 'blob:x'), revokeObjectURL: () => undefined });
    await press(opened, 'All apps');
    await press(opened, 'SSH / SFTP');
    const { box, user } = opened;
    await within(box).findByText('Connection examples');
    expect(tabs.opened).toHaveLength(1);
    expect(fact(box, 'User')).toBe('work');
    expect(fact(box, 'Host')).toBe('127.0.0.1');
    const number = fact(box, 'Port');
    expect(number).toMatch(/^\d{5}$/);
    expect(fact(box, 'sftp')).toContain(`-i id_container`);
    expect(fact(box, 'sftp')).toContain(`-P ${number} work@127.0.0.1`);
    expect(fact(box, 'rsync')).toContain(`-p ${number}"`);
    await user.click(within(box).getByRole('button', { name: 'Download SSH Key' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    // Managers differ in where they look (SES-C04).
    const download = opened.sim.requests.find(({ path }) => path.endsWith('/download_single'));
    expect([download?.query.get('file'), download?.body]).toEqual(['/home/work/id_container', { file: '/home/work/id_container' }]);
    expect(await saved[0]?.text()).toMatch(/^-----BEGIN [A-Z ]+ PRIVATE KEY-----\n[\s\S]+-----END [A-Z ]+ PRIVATE KEY-----\n$/);
    expect(within(box).getByText('chmod 600 id_container')).toBeTruthy();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('PRIVATE KEY');
  });
});

describe('opening an app', () => {
  it('SES-283 pitfall 7: where the tab is blocked a link opens it, with no tie back', async () => {
    const tabs = fakeTabs();
    tabs.block();
    const opened = await openApps('notebook');
    await press(opened, 'Jupyter Notebook');
    expect(await within(opened.box).findByText('Jupyter Notebook is ready, but the browser blocked the new tab.')).toBeTruthy();
    const link = within(opened.box).getByRole('link', { name: 'Open' });
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('href')).toMatch(/^http:\/\/127\.0\.0\.1:10200\/setup\?token=/);
  });

  it('REL-07 SES-283 a double click opens one tab and one circuit; leaving closes the tab and asks no more', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', { prepare: ({ faults }) => faults.add({ match: '/func/session/*/start-service', kind: 'latency', ms: 300 }) });
    await opened.user.dblClick(await within(opened.box).findByRole('button', { name: 'Jupyter Notebook' }));
    expect(tabs.opened).toHaveLength(1);
    expect(within(opened.box).getByRole('list', { name: 'Preparing Jupyter Notebook…' })).toBeTruthy();
    await opened.user.click(within(opened.box).getByRole('button', { name: 'Cancel' }));
    expect(tabs.opened[0]?.closed).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(opened.started().length).toBeLessThanOrEqual(1);
    expect(opened.toProxy()).toEqual([]);
    expect(within(opened.box).getByRole('button', { name: 'Jupyter Notebook' })).toBeTruthy();
  });

  it('SES-281 public, with addresses and a preferred port, checked before anything is asked', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', { version: '26.8.1' });
    const { user, box } = opened;
    await user.click(await within(box).findByRole('checkbox', { name: 'Open app to public' }));
    expect(within(box).getByText(/Anyone who has the link gets in/)).toBeTruthy();
    await user.type(within(box).getByRole('textbox', { name: 'Allowed client IPs' }), '10.0.0.0/8, nonsense');
    expect(within(box).getByText('Not an address or network: nonsense')).toBeTruthy();
    await user.click(within(box).getByRole('checkbox', { name: 'Try preferred port' }));
    await user.type(within(box).getByRole('spinbutton', { name: 'Preferred port' }), '80');
    await press(opened, 'JupyterLab');
    expect(within(box).getByText('A port is a number from 1025 to 65534.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(within(box).getByRole('textbox', { name: 'Allowed client IPs' })));
    expect(tabs.opened).toEqual([]);
    await user.clear(within(box).getByRole('spinbutton', { name: 'Preferred port' }));
    await user.type(within(box).getByRole('spinbutton', { name: 'Preferred port' }), '10300');
    await user.clear(within(box).getByRole('textbox', { name: 'Allowed client IPs' }));
    await user.type(within(box).getByRole('textbox', { name: 'Allowed client IPs' }), '10.0.0.0/8,192.168.0.1');
    await press(opened, 'JupyterLab');
    await within(box).findByText('JupyterLab was opened in a new tab.');
    expect(Object.fromEntries(opened.toProxy()[0]?.query ?? [])).toMatchObject({ open_to_public: 'true', allowed_client_ips: '10.0.0.0/8,192.168.0.1', port: '10300' });
    expect(opened.cluster.state.appProxy.circuits).toSatisfy((all: object) => JSON.stringify(all).includes('"port":10300'));
    expect(within(box).getByText(/Anyone who has the link gets in/)).toBeTruthy();
  });

  it('SES-285 TensorBoard asks for the log directory, and a running one starts anew with it', async () => {
    fakeTabs();
    const opened = await openApps('cluster-run');
    const { user, box } = opened;
    await press(opened, 'TensorBoard');
    const field = await within(box).findByRole('textbox', { name: 'Log directory' });
    expect(field).toHaveProperty('value', '/home/work/logs');
    await user.clear(field);
    await user.type(field, 'runs');
    expect(within(box).getByText('The directory begins with /.')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Open' }));
    expect(opened.started()).toEqual([]);
    await user.clear(field);
    await user.type(field, '/home/work/runs');
    await user.type(within(box).getByRole('textbox', { name: '--samples_per_plugin' }), 'images=10');
    await user.type(within(box).getByRole('textbox', { name: 'TB_PLUGINS' }), 'all');
    await user.click(within(box).getByRole('button', { name: 'Open' }));
    await within(box).findByText('TensorBoard was opened in a new tab.');
    const calls = opened.sim.requests.map(({ path }) => path.split('/').pop()).filter((call) => call?.endsWith('-service'));
    expect(calls).toEqual(['shutdown-service', 'start-service']);
    const shutdown = opened.sim.requests.find(({ path }) => path.endsWith('/shutdown-service'));
    expect([shutdown?.query.get('service_name'), shutdown?.body]).toEqual(['tensorboard', { service_name: 'tensorboard' }]);
    expect(opened.started()).toEqual([
      { login_session_token: 'console', app: 'tensorboard', arguments: '{"--logdir":"/home/work/runs","--samples_per_plugin":"images=10"}', envs: '{"TB_PLUGINS":"all"}' },
    ]);
    expect(Object.values(opened.cluster.state.appProxy.running)[0]?.arguments['--logdir']).toBe('/home/work/runs');
  });

  it('SES-285 MLFlow UI says first that it has to be run in the session', async () => {
    fakeTabs();
    const opened = await openApps('notebook', { prepare: (sim) => sessionNamed(sim.cluster, 'notebook').servicePorts?.push(port('mlflow-ui', 'preopen', 5000)) });
    await press(opened, 'MLFlow UI');
    expect(within(opened.box).getByText('mlflow ui --host 0.0.0.0')).toBeTruthy();
    expect(opened.started()).toEqual([]);
    await press(opened, 'Open');
    await within(opened.box).findByText('MLFlow UI was opened in a new tab.');
    expect(opened.toProxy()[0]?.query.get('protocol')).toBe('preopen');
  });

  it('SES-286 an upload session tells host and port of its agent, without an app proxy', async () => {
    const opened = await openApps('sftp-admin-notes', { as: 'admin', config: { resources: { allowNonAuthTCP: false } } });
    await press(opened, 'SSH / SFTP');
    await within(opened.box).findByText('Connection examples');
    const agent = opened.cluster.state.agents['i-upload01'];
    expect(fact(opened.box, 'Host')).toBe(agent?.publicHost);
    expect(opened.started()).toEqual([]);
  });

  it('SES-286 SES-287 the desktop editor: link, configuration, the password only when asked for, at the preferred SSH port', async () => {
    const opened = await openApps('notebook', { version: '26.8.1' });
    const { user, box } = opened;
    await press(opened, 'SSH / SFTP');
    await user.type(await within(box).findByRole('spinbutton', { name: 'Preferred SSH port' }), '10400');
    await press(opened, 'All apps');
    await press(opened, 'Visual Studio Code (Desktop)');
    await within(box).findByText('SSH configuration');
    expect(opened.toProxy().filter(({ path }) => path.endsWith('/add')).at(-1)?.query.get('port')).toBe('10400');
    const link = await within(box).findByRole('link', { name: 'Open Visual Studio Code' });
    const number = fact(box, 'Port');
    expect(link.getAttribute('href')).toBe(`vscode://vscode-remote/ssh-remote+work%40127.0.0.1%3A${number}/home/work`);
    const config = within(box).getByText(/^Host bai-vscode/).textContent ?? '';
    for (const line of ['HostName 127.0.0.1', `Port ${number}`, 'User work', 'IdentityFile', 'StrictHostKeyChecking no', 'UserKnownHostsFile none']) expect(config).toContain(line);
    expect(opened.sim.requests.some(({ path }) => path.endsWith('/download_single'))).toBe(false);
    await press(opened, 'Show the password');
    await waitFor(() => expect(fact(box, 'Password')).toMatch(/^\w{16}$/));
    expect(opened.toProxy()[0]?.query.get('app')).toBe('sshd');
  });

  it('SES-288 VNC and RDP show an address, VNC (Web) opens with its own path', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', {
      version: '26.8.1',
      prepare: (sim) => sessionNamed(sim.cluster, 'notebook').servicePorts?.push(port('vnc', 'vnc', 5901), port('xrdp', 'rdp', 3389), port('vnc-web', 'http', 6901)),
    });
    await press(opened, 'VNC');
    await waitFor(() => expect(fact(opened.box, 'Address')).toMatch(/^vnc:\/\/127\.0\.0\.1:\d+$/));
    await press(opened, 'All apps');
    await press(opened, 'RDP');
    await waitFor(() => expect(fact(opened.box, 'Address')).toMatch(/^rdp:\/\/127\.0\.0\.1:\d+$/));
    await press(opened, 'All apps');
    await press(opened, 'VNC (Web)');
    await within(opened.box).findByText('VNC (Web) was opened in a new tab.');
    expect(opened.toProxy().filter(({ path }) => path.endsWith('/add')).map(({ query }) => [query.get('protocol'), query.get('redirect')])).toEqual([
      ['vnc', null],
      ['rdp', null],
      ['http', '/vnc.html?autoconnect=true&password=backendai'],
    ]);
    expect(tabs.opened).toHaveLength(1);
  });
});

describe('ending a session with open apps', () => {
  it.each([
    ['25.5.2', 1],
    ['26.8.1', 0],
  ])('SES-C06 SES-C44 at %s its circuits are closed first where the proxy can, errors ignored', async (version, count) => {
    fakeTabs();
    const opened = await openApps('notebook', { version });
    await press(opened, 'JupyterLab');
    await within(opened.box).findByText('JupyterLab was opened in a new tab.');
    opened.faults.add({ match: '/app-proxy/*/delete', kind: 'status', status: 500 });
    await opened.user.click(within(opened.box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(queryApps()).toBeNull());
    const panel = await dialog('Session details');
    await opened.user.click(within(panel).getByRole('button', { name: 'Terminate' }));
    await opened.user.click(within(await dialog('Terminate session')).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(sessionNamed(opened.cluster, 'notebook').status).toBe('TERMINATING'));
    const order = opened.sim.requests.map(({ method, path }) => (path.endsWith('/delete') ? 'close' : method === 'DELETE' ? 'end' : '')).filter((deed) => deed !== '');
    expect(order).toEqual([...Array.from({ length: count }, () => 'close'), 'end']);
  });
});
