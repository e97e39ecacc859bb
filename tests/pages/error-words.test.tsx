import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderKit } from '../helpers/render-kit';
import { ClientError } from '../../src/client/errors';
import type { ClientErrorKind } from '../../src/client/errors';
import { errorKinds } from '../../src/ui/error-facts';
import { ErrorPanel } from '../../src/ui/error-panel';
import { StaleNote } from '../../src/ui/stale-note';

describe('the words of an error (REL-01, REL-02)', () => {
  it.each(errorKinds.filter((kind) => kind !== 'unexpected'))('tell what happened and what to do: %s', async (kind) => {
    const error = new ClientError({ kind: kind as ClientErrorKind, title: 'A title', detail: 'field x.y is missing', operation: 'Sessions', status: 500, requestId: 'req-1' });
    await renderKit(<ErrorPanel error={error} />);
    const text = screen.getAllByRole('alert').map((alert) => alert.textContent).join(' ');
    expect(text).toContain('field x.y is missing');
    expect(text).toContain('Sessions · HTTP 500 · req-1');
    expect(text).not.toMatch(/ui\.error|undefined|NaN|\[object/);
    expect(text.length).toBeGreaterThan(100);
  });

  it('say how long to wait where the server does (ACC-125)', async () => {
    await renderKit(<ErrorPanel error={new ClientError({ kind: 'rate-limited', title: 'Slow down', operation: 'x', retryAfter: 61.2 })} />);
    expect(screen.getByText('Wait 62 seconds, then try again.')).toBeDefined();
  });

  it('do not fail on what is no error of the client', async () => {
    await renderKit(<ErrorPanel error="boom" />);
    expect(screen.getByText('Something went wrong in the console.')).toBeDefined();
  });

  it('offer to try again', async () => {
    const onRetry = vi.fn();
    const { user } = await renderKit(<ErrorPanel title="The sessions could not be loaded." error={new Error('x')} onRetry={onRetry} />);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('mark what is shown as old', async () => {
    await renderKit(<StaleNote error={new ClientError({ kind: 'timeout', title: 't', operation: 'x' })} updatedAt={Date.parse('2026-03-01T10:00:00Z')} />);
    expect(screen.getByText(/As of .*2026.* The server took too long to answer\./)).toBeDefined();
  });
});
