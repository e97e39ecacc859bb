import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import '../../src/pages/sessions/export-dialog';
import { renderConsole } from '../helpers/render-console';
import { dialog, sessionNamed } from './sessions-harness';

/** Files that the browser was handed, by name. */
let saved: { name: string; blob: Blob }[] = [];

beforeEach(() => {
  saved = [];
  let last: Blob | undefined;
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => ((last = blob), 'blob:here'), revokeObjectURL: () => undefined }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    if (this.download && last) saved.push({ name: this.download, blob: last });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function file(): Promise<{ name: string; text: string; lines: string[] }> {
  const [found] = await waitFor(() => {
    expect(saved).toHaveLength(1);
    return saved;
  });
  const text = await new Promise<string>((done) => {
    const reader = new FileReader();
    reader.onload = () => done(new TextDecoder('utf-8', { ignoreBOM: true }).decode(reader.result as ArrayBuffer));
    reader.readAsArrayBuffer(found?.blob ?? new Blob());
  });
  return { name: found?.name ?? '', text, lines: text.replace(/^\ufeff/, '').trimEnd().split('\r\n') };
}

async function open(options: Parameters<typeof renderConsole>[0]) {
  const rendered = await renderConsole({ path: '/session', ...options });
  // The rows are there: nothing else of the page is on its way.
  await screen.findAllByText(/of [\d,]+ items|No session matches/);
  await rendered.user.click(await screen.findByRole('button', { name: 'List actions' }));
  await rendered.user.click(await screen.findByRole('menuitem', { name: 'Export CSV' }));
  return { ...rendered, box: await dialog('Export sessions as CSV') };
}

describe('the export of the list as CSV', () => {
  it('SES-015 SEC-15 a user gets the own list: all columns, the file name asked for, formulas defused', async () => {
    const { user, box, sim } = await open({ prepare: ({ cluster }) => void (sessionNamed(cluster, 'notebook').name = '=cmd|"x",1') });
    const field = within(box).getByRole('textbox', { name: 'File name' });
    await user.clear(field);
    expect(within(box).getByText('A file name is needed.')).toBeTruthy();
    expect(within(box).getByRole('button', { name: 'Export' })).toHaveProperty('disabled', true);
    await user.click(field);
    await user.paste('x'.repeat(256));
    expect(within(box).getByText('At most 255 characters.')).toBeTruthy();
    await user.clear(field);
    await user.type(field, '내 세션');
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    const { name, lines, text } = await file();
    expect(name).toBe('내 세션.csv');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(lines[0]).toBe('Session Name,Session ID,Status,Status Info,Result,Session Type,Environments,Resource Group,AI Accelerator,CPU,Memory (GiB),Cluster Mode,Cluster Size,Priority,Elapsed Time (s),Dependencies,Created At,Starts At,Terminated At,Project,Agent');
    expect(lines).toHaveLength(7);
    expect(lines.some((line) => line.startsWith('"\'=cmd|""x"",1",'))).toBe(true);
    expect(lines.find((line) => line.startsWith('three-gpus'))).toContain(',cuda.device 3,8,32,');
    expect(sim.requests.every(({ path }) => !path.includes('export'))).toBe(true);
  });

  it.each([101, 1001])('SES-015 REL-11 of %i rows none is cut off, with the filter that stands', async (count) => {
    const { user, box, cluster } = await open({ path: '/session?status=finished&filter=name~keep', seed: 'empty', sessions: count });
    const ended = Object.values(cluster.state.sessions).filter((session) => session.status === 'TERMINATED' || session.status === 'CANCELLED');
    const owner = cluster.accounts.userByEmail('user@example.com')?.id;
    for (const session of ended) Object.assign(session, { userId: owner });
    cluster.restore(cluster.snapshot());
    const all = Object.values(cluster.state.sessions).filter((session) => session.userId === owner && session.terminatedAt !== null);
    const kept = all.slice(1);
    for (const session of kept) session.name = `keep-${session.name}`;
    await user.click(within(box).getByRole('checkbox', { name: 'All columns' }));
    expect(within(box).getByText('Choose at least one column.')).toBeTruthy();
    await user.click(within(box).getByRole('checkbox', { name: 'Session ID' }));
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    const { lines } = await file();
    expect(lines[0]).toBe('Session ID');
    expect(new Set(lines.slice(1))).toEqual(new Set(kept.map(({ id }) => id)));
    expect(lines).toHaveLength(kept.length + 1);
    expect(kept.length).toBeGreaterThan(count / 2);
  });

  it('SES-015 it can be stopped, and a page that fails is told in the dialog, which keeps what was typed', async () => {
    const { user, box, faults } = await open({});
    const field = within(box).getByRole('textbox', { name: 'File name' });
    await user.clear(field);
    await user.type(field, 'mine');
    faults.add({ match: 'Sessions', kind: 'status', status: 400, body: { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Bad.', msg: 'no such field' }, times: 1 });
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    expect(await within(box).findByText('The file could not be made.')).toBeTruthy();
    expect(field).toHaveProperty('value', 'mine');
    faults.add({ match: 'Sessions', kind: 'latency', ms: 60_000 });
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    await user.click(await within(box).findByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(within(box).getByRole('button', { name: 'Cancel' })).toBeTruthy());
    expect(saved).toEqual([]);
    faults.clear();
    await user.click(within(box).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('SES-015 SES-C31 for a superadmin the server makes the project\'s file, with the columns that it tells of', async () => {
    const { user, box, sim } = await open({ as: 'admin', version: '26.8', path: '/session?type=batch&filter=name~E' });
    await user.click(await within(box).findByRole('checkbox', { name: 'User Email' }));
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    const { lines } = await file();
    const asked = sim.requests.find(({ path }) => path.includes('/v2/export/sessions/projects/'));
    expect(asked?.body).toMatchObject({ filter: { session_type: ['batch'], name: { i_contains: 'E' } } });
    expect(lines[0]).toBe('ID,Name,Type,Domain,Access Key,Status,Status Info,Cluster Size,Created At,Terminated At,User Email');
    expect(lines.slice(1).map((line) => line.split(',')[1]).toSorted()).toEqual(['evaluate', 'nightly-report', 'train-resnet'].filter((one) => one.includes('e')));
    expect(lines.every((line, index) => index === 0 || line.endsWith('user@example.com'))).toBe(true);
  });

  it('SES-C31 26.2: all of the cluster by the server, the list by the console; a condition that the server lacks is told', async () => {
    const { user, box, sim, cluster } = await open({ as: 'admin', version: '26.2', path: '/session?filter=image~torch' });
    expect(within(box).queryByRole('radio', { name: /My own/ })).toBeNull();
    await user.click(within(box).getByRole('radio', { name: 'All of the cluster' }));
    expect(within(box).getByText(/left out: image~torch/)).toBeTruthy();
    await user.click(await within(box).findByRole('button', { name: 'Export' }));
    const { lines } = await file();
    expect(lines).toHaveLength(Object.values(cluster.state.sessions).filter(({ status }) => status !== 'TERMINATED' && status !== 'CANCELLED').length + 1);
    expect(sim.requests.some(({ path }) => path.endsWith('/export/sessions/csv'))).toBe(true);
  });

  it('SES-C31 26.4: everyone may have all of their own by the server', async () => {
    const { user, box, sim } = await open({ version: '26.4', path: '/session?status=finished' });
    await user.click(within(box).getByRole('radio', { name: 'My own in all projects' }));
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    const { lines } = await file();
    expect(lines.some((line) => line.includes('labels-v2'))).toBe(true);
    expect(sim.requests.some(({ path }) => path.includes('/export/reports'))).toBe(false);
  });

  it('SES-015 the rows of an older manager are read by its own list', async () => {
    const { user, box } = await open({ version: '24.03' });
    await user.click(within(box).getByRole('button', { name: 'Export' }));
    const { lines } = await file();
    expect(lines).toHaveLength(7);
    expect(lines[0]).not.toContain('Priority');
  });
});
