import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RenderConsoleOptions, RenderedConsole } from '../helpers/render-console';
import { renderConsole } from '../helpers/render-console';
import { fill } from './launcher-harness';
import { dialog, sessionNamed } from './sessions-harness';
import '../../src/parts/commit-dialog';
import '../../src/parts/task-notification';

const commits = ({ sim }: RenderedConsole) => sim.requests.filter(({ path }) => path.endsWith('/imagify'));

async function openPanel(name: string, options: RenderConsoleOptions = {}): Promise<RenderedConsole & { box: ReturnType<typeof within> }> {
  let id = '';
  const { prepare, ...rest } = options;
  const opened = await renderConsole({
    ...rest,
    path: '/session',
    prepare: (sim) => {
      prepare?.(sim);
      id = sessionNamed(sim.cluster, name).id;
    },
  });
  act(() => {
    window.history.pushState(null, '', `/session?sessionDetail=${id}`);
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
  return { ...opened, box: within(await dialog('Session details')) };
}

async function openDialog(opened: RenderedConsole & { box: ReturnType<typeof within> }): Promise<ReturnType<typeof within>> {
  await opened.user.click(await opened.box.findByRole('button', { name: 'Convert Session to Image' }));
  return within(await dialog('Convert session to image'));
}

const push = 'Push session to customized image';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a session turned into an image', () => {
  it('SES-330 SES-331 UX-03 REL-07: named, begun once, followed to its end, over a reload too', async () => {
    const opened = await openPanel('notebook', { version: '26.8' });
    const box = await openDialog(opened);
    expect(box.getByText(/Mounted folders and \/home\/work are not part of the image\./)).toBeTruthy();
    expect(await box.findByText('1 of 3 customized images in use')).toBeTruthy();
    const name = box.getByRole('textbox', { name: 'Image name' });
    for (const bad of ['abc', 'with space', 'x'.repeat(33)]) {
      await fill(opened, name, bad);
      await opened.user.click(box.getByRole('button', { name: push }));
      expect(name.getAttribute('aria-invalid')).toBe('true');
    }
    expect(commits(opened)).toHaveLength(0);
    await fill(opened, name, 'my-env');
    await opened.user.dblClick(box.getByRole('button', { name: push }));
    const card = within(await screen.findByRole('article', { name: 'Making image my-env' }));
    expect(commits(opened)).toHaveLength(1);
    // Managers differ in where they read it.
    expect(commits(opened)[0]?.body).toEqual({ image_name: 'my-env', image_visibility: 'user' });
    expect(commits(opened)[0]?.query.get('image_name')).toBe('my-env');
    expect(await card.findByText('Commit started')).toBeTruthy();
    act(() => opened.cluster.advance('7s'));
    expect(await card.findByText('Committed image')).toBeTruthy();
    expect(card.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('33');

    await opened.reload();
    // Found again in the notifications, and still followed.
    act(() => opened.cluster.advance('6s'));
    await opened.user.click(await screen.findByRole('button', { name: 'Notifications, 1 in progress' }));
    const drawer = within(await dialog('Notifications'));
    expect(await drawer.findByText('Pushed image to registry')).toBeTruthy();
    act(() => opened.cluster.advance('1m'));
    expect(await drawer.findByRole('link', { name: 'Image my-env is ready' })).toBeTruthy();
    expect(drawer.queryByRole('progressbar')).toBeNull();
    expect(window.sessionStorage.getItem('bai.notifications')).not.toContain('password');
  });

  it('SES-331 tells why it failed', async () => {
    const opened = await openPanel('notebook');
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Image name' }), 'my-env');
    await opened.user.click(box.getByRole('button', { name: push }));
    await screen.findByRole('article', { name: 'Making image my-env' });
    await waitFor(() => expect(opened.sim.requests.some(({ path }) => path === '/func/events/background-task')).toBe(true));
    const session = sessionNamed(opened.cluster, 'notebook');
    act(() => {
      opened.cluster.sessions.terminate(opened.cluster.accounts.requester(session.accessKey), session.id, { forced: true });
      opened.cluster.advance('1m');
    });
    const card = within(await screen.findByRole('article', { name: 'Image my-env was not made' }));
    expect(card.getByText('The session ended while its image was being made')).toBeTruthy();
  });

  it('SES-331 says that an earlier image of the name is replaced', async () => {
    const opened = await openPanel('notebook', {
      prepare: ({ cluster }) => {
        const kernel = sessionNamed(cluster, 'notebook').kernels[0];
        const image = Object.values(cluster.state.images).find((one) => one.customized !== null);
        const base = cluster.state.images[kernel?.imageId ?? ''];
        if (image && base) Object.assign(image, { name: base.name, baseName: base.baseName, tag: `${base.tag}-customized_${image.customized?.id ?? ''}` });
      },
    });
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Image name' }), 'my-torch');
    expect(await box.findByText(/it will be replaced/)).toBeTruthy();
  });

  it('SES-332 at the limit it says so, leads to My Environments, and sends nothing', async () => {
    const opened = await openPanel('notebook', {
      prepare: ({ cluster }) => {
        for (const policy of Object.values(cluster.state.userPolicies)) policy.maxCustomizedImageCount = 1;
      },
    });
    const box = await openDialog(opened);
    expect(await box.findByText('1 of 1 customized images in use')).toBeTruthy();
    expect(box.getByRole('link', { name: 'My Environments' }).getAttribute('href')).toBe('/my-environment');
    expect(box.getByRole('button', { name: push })).toHaveProperty('disabled', true);
    expect(commits(opened)).toHaveLength(0);
  });

  it('SES-332 a policy without room says so', async () => {
    const opened = await openPanel('notebook', {
      prepare: ({ cluster }) => {
        for (const policy of Object.values(cluster.state.userPolicies)) policy.maxCustomizedImageCount = 0;
      },
    });
    const box = await openDialog(opened);
    expect(await box.findByText('Your policy allows no customized images.')).toBeTruthy();
    expect(box.getByRole('button', { name: push })).toHaveProperty('disabled', true);
  });

  it('SES-332 the manager’s refusals: the limit, and a project without a registry', async () => {
    const opened = await openPanel('notebook', {
      version: '26.8',
      prepare: ({ cluster, faults }) => {
        for (const project of Object.values(cluster.state.projects)) project.containerRegistry = null;
        faults.add({
          match: '/func/session/*/imagify',
          kind: 'status',
          status: 400,
          times: 1,
          body: { type: 'https://api.backend.ai/probs/quota-exceeded', title: 'You have reached your resource limit.', msg: 'Full.', data: { limit: 3, current: 3 } },
        });
      },
    });
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Image name' }), 'my-env');
    await opened.user.click(box.getByRole('button', { name: push }));
    expect(await box.findByText('3 of 3 customized images in use')).toBeTruthy();
    const name = box.getByRole('textbox', { name: 'Image name' });
    expect(name).toHaveProperty('value', 'my-env');
    // Room may have been made meanwhile: another name and another try need no second dialog.
    await fill(opened, name, 'my-other');
    expect(name).toHaveProperty('value', 'my-other');
    await opened.user.click(box.getByRole('button', { name: push }));
    await waitFor(() => expect(commits(opened)).toHaveLength(2));
    expect(await box.findByText(/Project not ready to convert session image/)).toBeTruthy();
    for (const project of Object.values(opened.cluster.state.projects)) project.containerRegistry = { registry: 'cr.example.org', project: 'stable' };
    await opened.user.click(box.getByRole('button', { name: push }));
    expect(await screen.findByRole('article', { name: 'Making image my-other' })).toBeTruthy();
  });

  it('SES-332 room that is made while the dialog is open opens it', async () => {
    const limitTo = (cluster: RenderedConsole['cluster'], count: number) => {
      for (const policy of Object.values(cluster.state.userPolicies)) policy.maxCustomizedImageCount = count;
    };
    const opened = await openPanel('notebook', { prepare: ({ cluster }) => limitTo(cluster, 1) });
    const box = await openDialog(opened);
    await box.findByText('1 of 1 customized images in use');
    await fill(opened, box.getByRole('textbox', { name: 'Image name' }), 'my-env');
    limitTo(opened.cluster, 2);
    // Back from another tab, after the answers have grown stale.
    const now = Date.now() + 11_000;
    vi.spyOn(Date, 'now').mockReturnValue(now);
    act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    expect(await box.findByText('1 of 2 customized images in use')).toBeTruthy();
    expect(box.getByRole('button', { name: push })).toHaveProperty('disabled', false);
    expect(box.getByRole('textbox', { name: 'Image name' })).toHaveProperty('value', 'my-env');
  });

  it('SES-331 waits for an image that is being made of the session already, and opens by itself after it', { timeout: 15_000 }, async () => {
    const opened = await openPanel('notebook', {
      prepare: ({ cluster }) => {
        const session = sessionNamed(cluster, 'notebook');
        const owner = cluster.accounts.requester(session.accessKey);
        cluster.admin.startTask(owner, cluster.sessions.planCommit(owner, session.id, { name: 'my-first', visibility: 'user' }));
      },
    });
    const box = await openDialog(opened);
    const name = box.getByRole('textbox', { name: 'Image name' });
    await waitFor(() => expect(name).toHaveProperty('disabled', true));
    act(() => opened.cluster.advance('1m'));
    await waitFor(() => expect(name).toHaveProperty('disabled', false), { timeout: 8000 });
  });

  it('SES-332 a project without a registry is told in the manager’s words', async () => {
    const opened = await openPanel('notebook', {
      version: '24.03',
      prepare: ({ cluster }) => {
        for (const project of Object.values(cluster.state.projects)) project.containerRegistry = null;
      },
    });
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Image name' }), 'my-env');
    await opened.user.click(box.getByRole('button', { name: push }));
    expect(await box.findByText(/Project not ready to convert session image/)).toBeTruthy();
  });

  it('SES-330 a batch session is refused with the reason', async () => {
    const batch = await openPanel('train-resnet');
    const button = await batch.box.findByRole('button', { name: 'Convert Session to Image' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await batch.user.click(button);
    expect(screen.queryByText('Convert session to image')).toBeNull();
  });

  it('SES-330 is there only where the site has it', async () => {
    const without = await openPanel('notebook', { config: { general: { enableContainerCommit: false } } });
    await without.box.findByRole('button', { name: 'Terminate' });
    expect(without.box.queryByRole('button', { name: 'Convert Session to Image' })).toBeNull();
  });
});
