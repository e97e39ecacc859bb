import { within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Simulation } from '../../mocks/node';
import { fakeTabs, openApps, press } from './apps-harness';
import type { OpenedApps } from './apps-harness';
import { dialog, sessionNamed } from './sessions-harness';

/** The words of the failure, when the app did not open. */
async function failure(opened: OpenedApps, app = 'JupyterLab'): Promise<string> {
  const alert = await within(opened.box).findByRole('alert', {}, { timeout: 12_000 });
  expect(alert.textContent).toContain(`${app} was not opened.`);
  return alert.textContent ?? '';
}

const group = (sim: Simulation) => {
  const found = sim.cluster.state.resourceGroups['default'];
  if (!found) throw new Error('no resource group');
  return found;
};

const refusals: { what: string; version: string; prepare: (sim: Simulation) => void; words: RegExp; said?: RegExp }[] = [
  {
    what: 'no app proxy for the resource group',
    version: '25.5.2',
    prepare: (sim) => void (group(sim).appProxyAddr = null),
    words: /Resource group default has no app proxy/,
    said: /No coordinator configured/,
  },
  {
    what: 'the old local proxy is not there',
    version: '25.5.2',
    prepare: (sim) => void (group(sim).appProxy = 'v1'),
    words: /old local proxy, a helper on your machine.*http:\/\/127\.0\.0\.1:5050/,
  },
  {
    what: 'the manager does not reach the app proxy',
    version: '25.5.2',
    prepare: ({ faults }) => faults.add({ match: '/func/scaling-groups/default/wsproxy-version', kind: 'status', status: 500 }),
    words: /The manager does not reach the app proxy of resource group default/,
  },
  {
    what: 'the browser does not reach the app proxy',
    version: '24.03.12',
    prepare: ({ faults }) => faults.add({ match: '/app-proxy/*', kind: 'network' }),
    words: /JupyterLab was started, but the browser does not reach the app proxy at http:\/\/127\.0\.0\.1:10200/,
  },
  {
    what: 'worker full',
    version: '25.5.2',
    prepare: (sim) => void (sim.cluster.state.appProxy.ports = [1, 0]),
    words: /The app proxy is full/,
    said: /Worker not available\./,
  },
  {
    what: 'app not in the image',
    version: '26.8.1',
    prepare: ({ faults }) =>
      faults.add({ match: '/func/session/*/start-service', kind: 'status', status: 404, body: { type: 'https://api.backend.ai/probs/object-not-found', title: 'No such app service.', msg: 'notebook:jupyterlab' } }),
    words: /This session has no app JupyterLab/,
  },
  {
    what: 'the app did not start, with the agent’s words and the way to the logs',
    version: '25.5.2',
    prepare: ({ cluster }) => {
      const image = cluster.state.images[sessionNamed(cluster, 'notebook').kernels[0]?.imageId ?? ''];
      if (image) image.labels['ai.backend.internal.block-service-ports'] = '1';
    },
    words: /JupyterLab did not start in the container\..*The container logs may say why\./,
    said: /Failed to launch the app service RuntimeError\('operation blocked'\)/,
  },
  {
    what: 'a client that may not',
    version: '26.8.1',
    prepare: ({ faults }) => faults.add({ match: '/app-proxy/v2/proxy/auth', kind: 'status', status: 403, body: { title: 'Client address not allowed.', msg: 'E20011' } }),
    words: /does not let your address through/,
  },
];

describe('SES-290 ACC-003 an app that does not open, in words', () => {
  it.each(refusals)('$what', async ({ version, prepare, words, said }) => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', { version });
    prepare(opened.sim);
    await press(opened, 'JupyterLab');
    const text = await failure(opened);
    expect(text).toMatch(words);
    if (said) expect(text).toMatch(said);
    expect(tabs.opened.map(({ closed, went }) => [closed, went])).toEqual([[true, []]]);
    expect(within(opened.box).getByRole('button', { name: 'See Container Logs' })).toBeTruthy();
  });

  it('a port that is taken, from 25.11 on; another one opens', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', { version: '26.8.1' });
    const { user, box } = opened;
    await user.click(await within(box).findByRole('checkbox', { name: 'Try preferred port' }));
    await user.type(within(box).getByRole('spinbutton', { name: 'Preferred port' }), '10300');
    await press(opened, 'JupyterLab');
    await within(box).findByText('JupyterLab was opened in a new tab.');
    await press(opened, 'All apps');
    await press(opened, 'Jupyter Notebook');
    expect(await failure(opened, 'Jupyter Notebook')).toMatch(/The preferred port is taken/);
    await press(opened, 'All apps');
    await user.click(within(box).getByRole('checkbox', { name: 'Try preferred port' }));
    await press(opened, 'Jupyter Notebook');
    await within(box).findByText('Jupyter Notebook was opened in a new tab.');
    expect(tabs.opened.map(({ closed }) => closed)).toEqual([false, true, false]);
  });

  it('SES-286 the port kept for SSH is taken: it opens at any other, also where no port may be wished', async () => {
    const opened = await openApps('notebook', { version: '26.8.1', config: { resources: { allowPreferredPort: false } } });
    const { user, box } = opened;
    await press(opened, 'SSH / SFTP');
    await user.type(await within(box).findByRole('spinbutton', { name: 'Preferred SSH port' }), '10400');
    opened.faults.add({ match: '/app-proxy/v2/proxy/*/add', kind: 'status', status: 409, body: { title: 'Designated port already occupied.' }, times: 1 });
    await press(opened, 'All apps');
    await press(opened, 'SSH / SFTP');
    expect(await failure(opened, 'SSH / SFTP')).toMatch(/The preferred port is taken/);
    await press(opened, 'Open at any port');
    await within(box).findByText('Connection examples');
    expect(opened.toProxy().filter(({ path }) => path.endsWith('/add')).map(({ query }) => query.get('port'))).toEqual([null, '10400', null]);
  });

  it('a session that ended meanwhile; the way to its logs is in the address', async () => {
    fakeTabs();
    const opened = await openApps('notebook');
    await within(opened.box).findByRole('button', { name: 'JupyterLab' });
    opened.faults.add({ match: 'Session', kind: 'latency', ms: 60_000 });
    opened.faults.add({ match: 'Sessions', kind: 'latency', ms: 60_000 });
    opened.sim.dropStreams();
    opened.cluster.sessions.terminate(opened.cluster.accounts.requester(sessionNamed(opened.cluster, 'notebook').accessKey), opened.id, { forced: true });
    opened.cluster.advance('1m');
    await press(opened, 'JupyterLab');
    expect(await failure(opened)).toMatch(/The session does not run any more, or it is not yours/);
    opened.faults.clear();
    await press(opened, 'See Container Logs');
    await dialog('Logs of notebook');
    expect(new URLSearchParams(window.location.search).get('logs')).toBe('main');
  });

  it('SES-C41 500 to 502 of the proxy are asked again, then tried again by hand', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook');
    opened.faults.add({ match: '/app-proxy/*/add', kind: 'status', status: 502, times: 1 });
    opened.faults.add({ match: '/app-proxy/v2/proxy/auth', kind: 'status', status: 503, times: 1, body: { title: 'Worker not available.' } });
    await press(opened, 'JupyterLab');
    expect(await failure(opened)).toMatch(/The app proxy is full/);
    expect(opened.toProxy().map(({ path }) => path.split('/').pop())).toEqual(['add', 'add', 'auth']);
    await press(opened, 'Try again');
    await within(opened.box).findByText('JupyterLab was opened in a new tab.');
    expect(tabs.opened).toHaveLength(2);
    // A write is sent once a click.
    expect(opened.started()).toHaveLength(2);
  });

  it('SES-C40 where the old local proxy runs it opens the app', async () => {
    const tabs = fakeTabs();
    const opened = await openApps('notebook', {
      prepare: (sim) => {
        group(sim).appProxy = 'v1';
        sim.cluster.state.appProxy.localProxy.isRunning = true;
      },
    });
    await press(opened, 'Jupyter Notebook');
    await within(opened.box).findByText('Jupyter Notebook was opened in a new tab.');
    const local = opened.sim.requests.filter(({ origin }) => origin === 'http://127.0.0.1:5050');
    expect(local.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{32}|[0-9a-f-]{36}/g, 'x')}`)).toEqual(['PUT /conf', 'GET /proxy/x/x/add']);
    expect(local[0]?.body).toMatchObject({ mode: 'SESSION', auth_mode: 'header', endpoint: window.location.origin });
    expect(tabs.opened[0]?.went[0]).toMatch(/^http:\/\/127\.0\.0\.1:30\d\d\d\/tree$/);
    expect(opened.started()).toEqual([]);
  });
});
