import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../mocks/cluster/types';
import type { RenderedConsole } from '../helpers/render-console';
import { renderConsole } from '../helpers/render-console';
import { fill, openLauncher } from './launcher-harness';
import { dialog, sessionNamed } from './sessions-harness';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/my-environment/my-environments-page';
import '../../src/parts/commit-dialog';

/** REL-01 for the dialogs about folders and images: the cause is told, what was typed is kept, nothing is done twice. */
const problem = (status: number): Partial<Fault> => ({
  kind: 'status',
  status,
  body: { type: 'https://api.backend.ai/probs/generic', title: 'Refused.', msg: `Words of the manager, ${status}.` },
});

const failures: [name: string, fault: Partial<Fault>, said: RegExp][] = [
  ['400', problem(400), /Words of the manager, 400\./],
  ['403', problem(403), /Words of the manager, 403\./],
  ['404', problem(404), /Words of the manager, 404\./],
  ['500', problem(500), /HTTP 500/],
  ['502 in HTML', { kind: 'html', status: 502 }, /HTTP 502/],
  ['no network', { kind: 'network' }, /connection|reached/i],
  ['cut in the middle', { kind: 'truncated' }, /connection|reached|answer/i],
  // The last, as it makes reads pause.
  ['429', problem(429), /too many|slow/i],
];

interface Attempt {
  box: ReturnType<typeof within>;
  match: string;
  button: string;
  /** Calls that were made. */
  sent: () => number;
}

async function failEachWay(opened: RenderedConsole, { box, match, button, sent }: Attempt): Promise<void> {
  for (const [name, fault, said] of failures) {
    const before = sent();
    opened.faults.add({ match, times: 1, ...fault } as Omit<Fault, 'id'>);
    await opened.user.click(box.getByRole('button', { name: button }));
    await waitFor(() => expect(sent(), name).toBe(before + 1));
    await waitFor(() => expect(box.getAllByRole('alert').map((one: HTMLElement) => one.textContent).join(' '), name).toMatch(said));
    opened.faults.clear();
  }
}

describe('dialogs whose call fails (REL-01)', () => {
  it('creating a folder (DAT-070)', async () => {
    const opened = await openLauncher({ step: 2 });
    await opened.user.click(await screen.findByRole('button', { name: 'Create folder' }));
    const box = within(await dialog('Create a new storage folder'));
    const name = await box.findByRole('textbox', { name: 'Folder name' });
    await fill(opened, name, 'fresh-data');
    const sent = () => opened.sim.requests.filter(({ method, path }) => method === 'POST' && path === '/func/folders').length;
    await failEachWay(opened, { box, match: '/func/folders', button: 'Create', sent });
    expect(name).toHaveProperty('value', 'fresh-data');
  });

  it('committing to an image (SES-331)', async () => {
    const opened = await renderConsole({ path: '/session' });
    act(() => {
      window.history.pushState(null, '', `/session?sessionDetail=${sessionNamed(opened.cluster, 'notebook').id}`);
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    await opened.user.click(await screen.findByRole('button', { name: 'Convert Session to Image' }));
    const box = within(await dialog('Convert session to image'));
    const name = box.getByRole('textbox', { name: 'Image name' });
    await fill(opened, name, 'my-env');
    const sent = () => opened.sim.requests.filter(({ path }) => path.endsWith('/imagify')).length;
    await failEachWay(opened, { box, match: '/func/session/*/imagify', button: 'Push session to customized image', sent });
    expect(name).toHaveProperty('value', 'my-env');
  });

  it('deleting an image (SES-341)', async () => {
    const opened = await renderConsole({ path: '/my-environment' });
    await opened.user.click(await screen.findByRole('button', { name: 'Delete my-torch' }));
    const box = within(await dialog('Delete image?'));
    const sent = () => opened.sim.requests.filter(({ operation }) => operation === 'ForgetImage').length;
    await failEachWay(opened, { box, match: 'ForgetImage', button: 'Delete', sent });
    expect(screen.getByRole('button', { name: 'Delete my-torch' })).toBeTruthy();
  });
});
