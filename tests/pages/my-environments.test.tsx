import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../mocks/cluster/api';
import { renderConsole } from '../helpers/render-console';
import { card } from './launcher-harness';
import { dialog } from './sessions-harness';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/my-environment/my-environments-page';

/** More images of the user, made as the seed's one is. */
function addImages(cluster: Cluster, names: readonly string[]): void {
  const model = Object.values(cluster.state.images).find((image) => image.customized !== null);
  if (!model?.customized) throw new Error('no customized image');
  names.forEach((name, i) => {
    const id = cluster.uuid();
    cluster.state.images[id] = {
      ...structuredClone(model),
      id,
      tag: `${model.tag}${i}`,
      sizeBytes: model.sizeBytes + i,
      labels: { ...model.labels, 'ai.backend.customized-image.name': name },
    };
  });
}

const names = () =>
  within(screen.getByRole('table', { name: 'Images' }))
    .getAllByRole('rowheader')
    .map((header) => header.textContent);

describe('My Environments', () => {
  it('SES-340 lists one’s own images; search, order and page live in the address', async () => {
    const { user } = await renderConsole({
      path: '/my-environment?size=10',
      prepare: ({ cluster }) => addImages(cluster, Array.from({ length: 11 }, (_x, i) => `env-${i + 1}`)),
    });
    expect(await screen.findByRole('heading', { level: 1, name: 'My Environments' })).toBeTruthy();
    await screen.findByText('12 of 3 allowed images');
    expect(names()).toHaveLength(10);
    expect(names().slice(0, 3)).toEqual(['env-1', 'env-2', 'env-3']);
    await user.click(screen.getByRole('button', { name: 'Page 2' }));
    expect(names()).toEqual(['env-11', 'my-torch']);
    await user.type(screen.getByRole('textbox', { name: 'Search images' }), 'my-t');
    await waitFor(() => expect(names()).toEqual(['my-torch']));
    expect(window.location.search).toContain('search=my-t');
    for (const title of ['Name', 'Language', 'Version', 'Constraint', 'Architecture', 'Size', 'Namespace', 'Registry']) {
      expect(screen.getByRole('columnheader', { name: title })).toBeTruthy();
    }
    await user.clear(screen.getByRole('textbox', { name: 'Search images' }));
    await user.type(screen.getByRole('textbox', { name: 'Search images' }), 'nothing-like-it');
    await user.click(await screen.findByRole('button', { name: 'Clear the search' }));
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()[0]).toBe('my-torch');
  });

  it('SES-340 UX-02 what fits the search goes into a CSV, all pages, safe to open (SEC-15)', async () => {
    let saved: Blob | null = null;
    Object.assign(URL, { createObjectURL: (blob: Blob) => ((saved = blob), 'blob:here'), revokeObjectURL: () => undefined });
    const { user } = await renderConsole({
      path: '/my-environment?size=10&search=env',
      prepare: ({ cluster }) => addImages(cluster, [...Array.from({ length: 11 }, (_x, i) => `env-${i + 1}`), '=env()']),
    });
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).not.toBeNull());
    const lines = (await (saved as unknown as Blob).text()).split('\r\n');
    expect(lines[0]).toContain('Name,Language,Version,Constraint,Architecture,Size,Namespace,Registry,Base,Digest,Full name');
    expect(lines).toHaveLength(14);
    expect(lines[1]).toMatch(/^'=env\(\),PyTorch,2\.4,"Python 3\.12, CUDA 12\.4",x86_64,\d+,stable\/python-pytorch,cr\.example\.org,/);
  });

  it('SES-341 a session starts from an image: the launcher opens with it', async () => {
    const { user } = await renderConsole({ path: '/my-environment' });
    await user.click(await screen.findByRole('button', { name: 'Start a session from my-torch' }));
    expect(await screen.findByRole('heading', { name: 'Start New Session' })).toBeTruthy();
    const environment = await card('Environments');
    expect(await environment.findByText(/customized_/)).toBeTruthy();
  });

  it('SES-341 deletes after asking: the tag first, then the record; it is offered nowhere', async () => {
    const { user, cluster, sim } = await renderConsole({ path: '/my-environment' });
    await user.click(await screen.findByRole('button', { name: 'Delete my-torch' }));
    const box = within(await dialog('Delete image?'));
    expect(box.getByText(/cannot be used for new sessions\. Running sessions go on\./)).toBeTruthy();
    await user.dblClick(box.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No images of your own yet')).toBeTruthy();
    expect(sim.requests.map(({ operation }) => operation).filter((name) => name === 'UntagImage' || name === 'ForgetImage')).toEqual(['UntagImage', 'ForgetImage']);
    const me = cluster.accounts.requester(cluster.accounts.userByEmail('user@example.com')?.mainAccessKey ?? '');
    expect(cluster.images.list(me).some((image) => image.customized !== null)).toBe(false);
  });

  it('pitfall 19: a tag that stays is told, and the image is forgotten all the same', async () => {
    const { user } = await renderConsole({
      path: '/my-environment',
      prepare: ({ cluster }) => {
        for (const registry of Object.values(cluster.state.registries)) registry.type = 'docker';
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Delete my-torch' }));
    await user.click(within(await dialog('Delete image?')).getByRole('button', { name: 'Delete' }));
    const told = within(await screen.findByRole('article', { name: 'Image my-torch deleted.' }));
    expect(told.getByText(/still in the registry.*Harbor 2/)).toBeTruthy();
    expect(await screen.findByText('No images of your own yet')).toBeTruthy();
  });

  it.each(['24.03', '26.8'])('works with a %s manager, and tells a failure with a way to try again', async (version) => {
    const { user, faults } = await renderConsole({
      path: '/my-environment',
      version,
      prepare: (sim) => void sim.faults.add({ match: 'CustomizedImages', kind: 'status', status: 403, times: 1, body: { title: 'No.', type: 'x/generic-forbidden' } }),
    });
    expect(await screen.findByText('Your images could not be loaded.')).toBeTruthy();
    faults.clear();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: 'Delete my-torch' });
    expect(names()).toEqual(['my-torch']);
  });
});
