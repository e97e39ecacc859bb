import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { CrashBoundary } from './crash-boundary';

function Broken({ message }: { message: string }): never {
  throw new TypeError(message);
}

describe('a page that breaks (ACC-123, REL-03)', () => {
  it('leaves words, a way out and details without what the address asks for (SEC-07)', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    window.history.replaceState(null, '', '/session?filter=secret');
    const { user } = await renderKit(
      <CrashBoundary>
        <Broken message="row.name is not a function" />
      </CrashBoundary>,
    );
    expect(screen.getByRole('heading', { name: 'This page ran into a problem' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'Go to the first page' }).getAttribute('href')).toBe('/');
    await user.click(screen.getByRole('button', { name: 'Copy details' }));
    await screen.findByText('Details copied');
    const copied = await navigator.clipboard.readText();
    expect(copied).toContain('TypeError: row.name is not a function');
    expect(copied).toContain('/session');
    expect(copied).not.toContain('secret');
    window.history.replaceState(null, '', '/');
  });

  it('offers a reload where a release went by (REL-09)', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await renderKit(
      <CrashBoundary>
        <Broken message="Failed to fetch dynamically imported module: https://c.example/assets/x.js" />
      </CrashBoundary>,
    );
    expect(screen.getByRole('heading', { name: 'A new version of the console is ready' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Copy details' })).toBeNull();
  });
});
