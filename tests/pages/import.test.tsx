import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CreateSessionRequest } from '../../src/client/sessions-types';
import type { RenderConsoleOptions, RenderedConsole } from '../helpers/render-console';
import { renderConsole } from '../helpers/render-console';
import { atStep, creates, fill } from './launcher-harness';
import '../../src/pages/import/import-page';
import '../../src/pages/launcher/launcher-page';
import '../../src/parts/task-notification';

const block = (name: string) => within(screen.getByRole('region', { name }));

async function openPage(options: RenderConsoleOptions = {}): Promise<RenderedConsole> {
  const opened = await renderConsole({ path: '/import', ...options });
  await screen.findByRole('heading', { name: 'Import & Run', level: 1 });
  return opened;
}

/** Once the simulation runs: GitHub answers otherwise; everything else goes on to the simulated cluster. */
function github(answer: () => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('https://api.github.com/')) return real(input, init);
    asked.push(url);
    return Promise.resolve(answer());
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const folderBodies = ({ sim }: RenderedConsole) =>
  sim.requests.filter(({ method, path }) => method === 'POST' && path === '/func/folders').map(({ body }) => body as { name: string; host: string });

async function getGithub(opened: RenderedConsole, url: string): Promise<ReturnType<typeof within>> {
  const part = block('GitHub');
  await waitFor(() => expect(part.getByRole('combobox', { name: 'Storage host' })).toHaveProperty('value', 'local:volume1'));
  await fill(opened, part.getByRole('textbox', { name: 'GitHub repository URL' }), url);
  await opened.user.dblClick(part.getByRole('button', { name: 'Get to folder' }));
  return part;
}

describe('importing a repository', () => {
  it('SES-402 REL-07 asks GitHub for the default branch, makes the folder and the helper session, and follows it to the end', async () => {
    const opened = await openPage();
    const asked = github(() => new Response('{"default_branch":"trunk"}'));
    const part = await getGithub(opened, 'https://github.com/lab/mnist');
    expect(await part.findByText('The import has begun.')).toBeTruthy();
    expect(asked).toEqual(['https://api.github.com/repos/lab/mnist']);
    expect(folderBodies(opened)).toMatchObject([{ name: 'mnist', host: 'local:volume1' }]);
    const [request] = creates(opened) as [CreateSessionRequest];
    expect(creates(opened)).toHaveLength(1);
    expect(request).toMatchObject({ clientSessionToken: 'importing-files-to-mnist', type: 'batch', image: 'cr.example.org/stable/python:3.13-ubuntu24.04' });
    expect(request.config).toMatchObject({ mounts: ['mnist'], resources: { cpu: 1, mem: '512m' } });
    expect(request.startupCommand).toContain("curl -fL -o /tmp/import/archive.zip 'https://codeload.github.com/lab/mnist/zip/trunk'");
    const running = await screen.findByRole('article', { name: 'Fetching lab/mnist into mnist' });
    expect(await within(running).findByText(/^Session: /)).toBeTruthy();
    for (let i = 0; i < 20 && !screen.queryByRole('article', { name: 'lab/mnist is in folder mnist' }); i += 1) {
      await act(async () => {
        opened.cluster.advance('30s');
        await new Promise((resolve) => setTimeout(resolve, 100));
      });
    }
    const done = within(await screen.findByRole('article', { name: 'lab/mnist is in folder mnist' }));
    const link = new URL(done.getByRole('link').getAttribute('href') ?? '', 'http://x');
    // Told once: not by the news about ended sessions as well.
    expect(screen.getAllByRole('article')).toHaveLength(1);
    expect(link.pathname).toBe('/session/start');
    expect(JSON.parse(link.searchParams.get('formValues') ?? '')).toEqual({ mount_ids: [expect.stringMatching(/^[0-9a-f-]{36}$/)] });
  });

  it('SES-402 a failure keeps the folder and leads to the logs', async () => {
    const opened = await openPage();
    await getGithub(opened, 'https://github.com/lab/missing/tree/dev');
    await screen.findByRole('article', { name: 'Fetching lab/missing into missing' });
    for (let i = 0; i < 20 && !screen.queryByRole('article', { name: 'lab/missing was not fetched' }); i += 1) {
      await act(async () => {
        opened.cluster.advance('30s');
        await new Promise((resolve) => setTimeout(resolve, 100));
      });
    }
    const failed = within(await screen.findByRole('article', { name: 'lab/missing was not fetched' }));
    expect(failed.getByText(/The folder missing is kept; the logs tell more\./)).toBeTruthy();
    expect(failed.getByRole('link').getAttribute('href')).toMatch(/^\/session\?sessionDetail=[0-9a-f-]+&logs=main$/);
    expect(Object.values(opened.cluster.state.folders).some((folder) => folder.name === 'missing')).toBe(true);
  });

  it('SES-402 a name that is taken, in the trash too, gets a number; without GitHub’s answer HEAD stands for the branch', async () => {
    const opened = await openPage({ version: '26.8' });
    const asked = github(() => Promise.reject(new TypeError('Failed to fetch')));
    await getGithub(opened, 'https://github.com/lab/old-experiments');
    await waitFor(() => expect(creates(opened)).toHaveLength(1));
    expect(asked).toHaveLength(1);
    expect(folderBodies(opened)).toMatchObject([{ name: 'old-experiments_1' }]);
    expect(creates(opened)[0]?.startupCommand).toContain('/lab/old-experiments/zip/HEAD');
    expect(creates(opened)[0]?.config.mount_ids).toHaveLength(1);
  });

  it.each([
    [404, 'GitHub knows no public repository at this address.'],
    [403, 'GitHub takes no more questions for a while. Name the branch with /tree/<branch>, or try again later.'],
  ])('SES-402 GitHub’s %d is told, and nothing is made', async (status, said) => {
    const opened = await openPage();
    github(() => new Response('{}', { status }));
    const part = await getGithub(opened, 'https://github.com/lab/mnist');
    expect(await part.findByText(said)).toBeTruthy();
    expect(folderBodies(opened)).toHaveLength(0);
    expect(creates(opened)).toHaveLength(0);
  });

  it('SES-402 REL-01 a refused helper session is told; a further try takes the folder that is there', async () => {
    const opened = await openPage({
      prepare: ({ faults }) =>
        void faults.add({ match: '/func/session/_/create', kind: 'status', status: 412, times: 1, body: { type: 'https://api.backend.ai/probs/quota-exceeded', title: 'Limit.', msg: 'You cannot run more sessions.' } }),
    });
    const part = await getGithub(opened, 'https://github.com/lab/mnist/tree/main');
    expect(await part.findByText(/^The folder mnist was made/)).toBeTruthy();
    expect(part.getByText(/You cannot run more sessions\./)).toBeTruthy();
    expect(part.getByRole('textbox', { name: 'GitHub repository URL' })).toHaveProperty('value', 'https://github.com/lab/mnist/tree/main');
    await opened.user.click(part.getByRole('button', { name: 'Get to folder' }));
    expect(await part.findByText('The import has begun.')).toBeTruthy();
    expect(folderBodies(opened)).toHaveLength(1);
    expect(creates(opened).map(({ config }) => config.mounts)).toEqual([['mnist'], ['mnist']]);
  });

  it('SES-402 the folder limit is told in the manager’s words', async () => {
    const opened = await openPage({
      prepare: ({ cluster }) => {
        for (const policy of Object.values(cluster.state.userPolicies)) policy.maxFolderCount = 1;
      },
    });
    const part = await getGithub(opened, 'https://github.com/lab/mnist/tree/main');
    expect(await part.findByText(/You cannot create more vfolders\./)).toBeTruthy();
    expect(creates(opened)).toHaveLength(0);
  });

  it('SES-403 GitLab has a field for the branch', async () => {
    const opened = await openPage({ version: '24.03' });
    const part = block('GitLab');
    await waitFor(() => expect(part.getByRole('combobox', { name: 'Storage host' })).toHaveProperty('value', 'local:volume1'));
    await fill(opened, part.getByRole('textbox', { name: 'GitLab repository URL' }), 'https://gitlab.com/group/sub/tool');
    expect(part.getByRole('textbox', { name: 'Branch' })).toHaveProperty('value', 'master');
    // An address that names a branch fills the field.
    await fill(opened, part.getByRole('textbox', { name: 'GitLab repository URL' }), 'https://gitlab.com/group/sub/tool/-/tree/dev?ref_type=heads');
    expect(part.getByRole('textbox', { name: 'Branch' })).toHaveProperty('value', 'dev');
    await fill(opened, part.getByRole('textbox', { name: 'Branch' }), 'a b');
    await opened.user.click(part.getByRole('button', { name: 'Get to folder' }));
    expect(await part.findByText('This is no name of a branch.')).toBeTruthy();
    await fill(opened, part.getByRole('textbox', { name: 'Branch' }), 'release/1.0');
    await opened.user.click(part.getByRole('button', { name: 'Get to folder' }));
    await waitFor(() => expect(creates(opened)).toHaveLength(1));
    expect(creates(opened)[0]?.startupCommand).toContain("'https://gitlab.com/group/sub/tool/-/archive/release/1.0/tool-release-1.0.zip'");
  });
});

describe('notebooks and badges', () => {
  it('SES-400 checks the address and opens the launcher at its review', async () => {
    const { user } = await openPage();
    const part = block('Notebook');
    await user.click(part.getByRole('button', { name: 'Get and Run Notebook' }));
    expect(part.getByText('An address is needed.')).toBeTruthy();
    await user.type(part.getByRole('textbox', { name: 'Notebook URL' }), 'http://localhost/a.ipynb{Enter}');
    expect(part.getByText('The cluster can’t reach addresses of your own machine.')).toBeTruthy();
    await user.clear(part.getByRole('textbox', { name: 'Notebook URL' }));
    await user.type(part.getByRole('textbox', { name: 'Notebook URL' }), 'https://example.org/x/a.ipynb{Enter}');
    await atStep(4);
    expect(new URLSearchParams(window.location.search).get('appOption')).toBe('jupyter:/notebooks/a.ipynb');
  });

  it('SES-401 makes the code of a badge, to copy', async () => {
    const { user } = await openPage();
    const part = block('Badge');
    await user.type(part.getByRole('textbox', { name: 'Notebook URL' }), 'https://github.com/o/r/blob/main/demo.ipynb');
    const link = `${window.location.origin}/start?type=url&data=${encodeURIComponent('{"url":"https://github.com/o/r/blob/main/demo.ipynb"}')}`;
    expect(part.getByText(`[![Run on Backend.AI](${window.location.origin}/badge.svg)](${link})`)).toBeTruthy();
    await user.click(part.getByRole('button', { name: 'Copy HTML code' }));
    expect(await navigator.clipboard.readText()).toBe(`<a href="${link.replace('&', '&amp;')}"><img src="${window.location.origin}/badge.svg" alt="Run on Backend.AI"></a>`);
  });
});
