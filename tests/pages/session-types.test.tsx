import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import { openLauncher } from './launcher-harness';
import { names, rowOf } from './sessions-harness';

describe('kinds of sessions', () => {
  it('SES-003 SES-045 the one launcher starts interactive and batch sessions, and no other kind', async () => {
    await openLauncher();
    const kinds = await screen.findAllByRole<HTMLInputElement>('radio');
    expect(kinds.map((kind) => kind.value)).toEqual(['interactive', 'batch']);
    const menu = within(screen.getByRole('navigation', { name: 'Main menu' }));
    expect(menu.queryByRole('link', { name: /launcher/i })).toBeNull();
  });

  it('SES-003 each kind has its tab; a helper for uploads stands under its own', async () => {
    const { user, cluster } = await renderConsole({ path: '/session', as: 'admin' });
    await rowOf('sftp-admin-notes');
    await user.click(screen.getByRole('tab', { name: /^Upload Sessions/ }));
    expect(await screen.findByRole('tab', { name: /^Upload Sessions/, selected: true })).toBeTruthy();
    await screen.findByText(/^1–1 of 1 item/);
    expect(names()).toEqual(['sftp-admin-notes']);
    const kinds = new Set(Object.values(cluster.state.sessions).map(({ type }) => type));
    expect([...kinds].sort()).toEqual(['batch', 'inference', 'interactive', 'system']);
  });
});
