import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { RenderedConsole } from '../helpers/render-console';
import { creates, fill, launchButton, openLauncher, goTo } from './launcher-harness';
import { dialog } from './sessions-harness';
import '../../src/pages/launcher/launcher-page';

const sent = (opened: RenderedConsole) => opened.sim.requests.filter(({ method, path }) => method === 'POST' && path === '/func/folders').map(({ body }) => body);

async function openDialog(opened: RenderedConsole): Promise<ReturnType<typeof within>> {
  await opened.user.click(await screen.findByRole('button', { name: 'Create folder' }));
  const box = within(await dialog('Create a new storage folder'));
  await box.findByRole('textbox', { name: 'Folder name' });
  return box;
}

describe('a folder made in the mount step', () => {
  it('SES-090 REL-06 REL-07 DAT-060 is in the list at once, chosen, and mounted by the launch', async () => {
    const opened = await openLauncher({ step: 2 });
    await screen.findByRole('checkbox', { name: 'datasets' });
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Folder name' }), 'fresh-data');
    await opened.user.dblClick(box.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(screen.getByRole('checkbox', { name: 'fresh-data' })).toHaveProperty('checked', true));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent(opened)).toEqual([{ name: 'fresh-data', host: 'local:volume1', usage_mode: 'general', permission: 'rw', group: null, cloneable: false }]);
    await goTo(opened, 4);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(creates(opened)).toHaveLength(1));
    expect(creates(opened)[0]?.config.mounts).toEqual(['fresh-data']);
  });

  it('DAT-061 checks the name before anything is sent; DAT-070 tells a refusal and keeps what was typed', async () => {
    const opened = await openLauncher({ step: 2 });
    const box = await openDialog(opened);
    const name = box.getByRole('textbox', { name: 'Folder name' });
    await opened.user.click(box.getByRole('button', { name: 'Create' }));
    expect(await box.findByText('A name is needed.')).toBeTruthy();
    for (const [typed, said] of [
      ['a b', 'Only letters, digits, “-”, “_” and “.”.'],
      ['.bashrc', 'This name is reserved for the system.'],
      ['datasets', 'A folder of this name exists already.'],
    ] as const) {
      await fill(opened, name, typed);
      expect(await box.findByText(said)).toBeTruthy();
    }
    expect(sent(opened)).toHaveLength(0);
    // In the trash, where only the manager sees it.
    await fill(opened, name, 'old-experiments');
    await opened.user.click(box.getByRole('button', { name: 'Create' }));
    expect(await box.findByText('A folder of this name exists already.')).toBeTruthy();
    expect(sent(opened)).toHaveLength(1);
    opened.faults.add({ match: '/func/folders', method: 'POST', kind: 'status', status: 400, times: 1, body: { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Bad.', msg: 'You cannot create more vfolders.' } });
    await fill(opened, name, 'one-more');
    await opened.user.click(box.getByRole('button', { name: 'Create' }));
    expect(await box.findByText(/You cannot create more vfolders\./)).toBeTruthy();
    expect(name).toHaveProperty('value', 'one-more');
  });

  it('DAT-060 Reset takes back what was typed and what was said about it', async () => {
    const opened = await openLauncher({ step: 2 });
    const box = await openDialog(opened);
    const name = box.getByRole('textbox', { name: 'Folder name' });
    await fill(opened, name, 'a b');
    expect(await box.findByText('Only letters, digits, “-”, “_” and “.”.')).toBeTruthy();
    await opened.user.click(box.getByRole('radio', { name: 'Read only' }));
    await opened.user.click(box.getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(box.queryByText('Only letters, digits, “-”, “_” and “.”.')).toBeNull());
    expect(box.getByRole('textbox', { name: 'Folder name' })).toHaveProperty('value', '');
    expect(box.getByRole('radio', { name: 'Read & write' })).toHaveProperty('checked', true);
    await waitFor(() => expect(document.activeElement).toBe(box.getByRole('textbox', { name: 'Folder name' })));
    expect(sent(opened)).toHaveLength(0);
  });

  it('DAT-065 offers project folders to administrators only, DAT-068 cloneable with models only', async () => {
    const opened = await openLauncher({ step: 2, as: 'domainAdmin' });
    const box = await openDialog(opened);
    await fill(opened, box.getByRole('textbox', { name: 'Folder name' }), 'course-2');
    expect(box.queryByRole('switch', { name: 'Cloneable' })).toBeNull();
    await opened.user.click(box.getByRole('radio', { name: 'Models' }));
    expect(await box.findByRole('switch', { name: 'Cloneable' })).toBeTruthy();
    await opened.user.click(box.getByRole('radio', { name: 'Project' }));
    // DAT-069: models of a project live in the model store.
    await waitFor(() => expect(box.queryByRole('radio', { name: 'Models' })).toBeNull());
    expect(box.getByRole('radio', { name: 'General' })).toHaveProperty('checked', true);
    await opened.user.click(box.getByRole('radio', { name: 'Read only' }));
    await opened.user.click(box.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(sent(opened)).toHaveLength(1));
    expect(sent(opened)[0]).toMatchObject({ name: 'course-2', permission: 'ro', usage_mode: 'general' });
    expect((sent(opened)[0] as { group: string | null }).group).toMatch(/^[0-9a-f-]{36}$/);
    expect(await screen.findByRole('checkbox', { name: 'course-2' })).toHaveProperty('checked', true);
  });

  it('DAT-065 a user makes own folders; DAT-063 without a host it says whom to ask', async () => {
    const opened = await openLauncher({
      step: 2,
      prepare: ({ cluster }) => {
        for (const owner of [...Object.values(cluster.state.domains), ...Object.values(cluster.state.projects), ...Object.values(cluster.state.keypairPolicies)]) {
          owner.allowedFolderHosts = { 'local:volume1': ['mount-in-session'] };
        }
      },
    });
    await opened.user.click(await screen.findByRole('button', { name: 'Create folder' }));
    const box = within(await dialog('Create a new storage folder'));
    expect(await box.findByText('No storage host is open to you.')).toBeTruthy();
    expect(box.queryByRole('radio', { name: 'Project' })).toBeNull();
  });
});
