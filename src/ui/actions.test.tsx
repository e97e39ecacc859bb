import { act, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { ActionButton } from './action-button';
import { ActionMenu } from './action-menu';
import { ConfirmDialog } from './confirm-dialog';
import { CopyText } from './copy-text';
import { LeaveGuard } from './leave-guard';
import { useSingleFlight } from './use-single-flight';
import { useToast } from './toast';

/** As the client throws them: the kit knows them by their shape. */
const failure = (kind: string, detail?: string) => Object.assign(new Error(detail ?? kind), { kind, title: 'Title', detail, operation: 'terminate', status: 409 });

describe('a menu of actions', () => {
  it('is walked by arrows, letters and Escape, and gives the focus back (A11-02)', async () => {
    const run = vi.fn();
    const { user } = await renderKit(
      <ActionMenu
        label="Row actions"
        entries={[
          { key: 'a', label: 'Alpha', run: () => run('a') },
          { key: 'b', label: 'Beta', reason: 'It has ended.', run: () => run('b') },
          { key: 'line', divider: true },
          { key: 'g', label: 'Gamma', checked: true, run: () => run('g') },
        ]}
      >
        {(trigger) => (
          <button type="button" {...trigger}>
            Open
          </button>
        )}
      </ActionMenu>,
    );
    const opener = screen.getByRole('button', { name: 'Open' });
    opener.focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Alpha'));
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(screen.getByRole('menuitemradio', { name: 'Gamma', checked: true }));
    await user.keyboard('b{Enter}');
    expect(run).not.toHaveBeenCalled();
    expect(screen.getByRole('menuitem', { name: /Beta/ }).getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(opener));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Alpha'));
    await user.keyboard('{End}{Enter}');
    expect(run.mock.calls).toEqual([['g']]);
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });
});

describe('a button that may not be used', () => {
  it('is reachable and tells why, and does nothing', async () => {
    const onClick = vi.fn();
    const { user } = await renderKit(
      <ActionButton reason="Only the owner may." onClick={onClick}>
        Rename
      </ActionButton>,
    );
    await user.tab();
    const button = screen.getByRole('button', { name: 'Rename' });
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    await user.keyboard('{Enter}');
    expect(onClick).not.toHaveBeenCalled();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Only the owner may.');
  });

  it('tells why to whoever comes by keyboard (A11-02)', async () => {
    const { user } = await renderKit(<ActionButton reason="Only the owner may.">Rename</ActionButton>);
    await user.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Only the owner may.');
    expect(screen.getByRole('button', { name: 'Rename', description: 'Only the owner may.' })).toBe(document.activeElement);
  });
});

describe('a write', () => {
  it('happens once however often it is asked for (REL-07)', async () => {
    let finish: () => void = () => undefined;
    const work = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    function Save() {
      const [save, running] = useSingleFlight(work);
      return (
        <button type="button" onClick={() => void save()}>
          {running ? 'Saving' : 'Save'}
        </button>
      );
    }
    const { user } = await renderKit(<Save />);
    await user.dblClick(screen.getByRole('button', { name: 'Save' }));
    await user.click(screen.getByRole('button', { name: 'Saving' }));
    expect(work).toHaveBeenCalledTimes(1);
    await act(async () => finish());
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(work).toHaveBeenCalledTimes(2);
  });
});

describe('a confirmation', () => {
  function Asking({ onConfirm }: { onConfirm: () => Promise<unknown> }) {
    const [open, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Delete…
        </button>
        <ConfirmDialog open={open} title="Delete it?" confirmLabel="Delete" danger typedName="a-1" onConfirm={onConfirm} onClose={() => setOpen(false)} />
      </>
    );
  }

  it('asks for the name, tells the cause of a failure and stays, then closes (HOUSE 10)', async () => {
    const deed = vi.fn().mockRejectedValueOnce(failure('conflict', 'It is in use.')).mockResolvedValueOnce(undefined);
    const { user } = await renderKit(<Asking onConfirm={deed} />);
    await user.click(screen.getByRole('button', { name: 'Delete…' }));
    const confirm = await screen.findByRole<HTMLButtonElement>('button', { name: 'Delete' });
    expect(confirm.disabled).toBe(true);
    const field = screen.getByRole('textbox', { name: 'Type “a-1” to confirm' });
    await user.type(field, 'a-10');
    expect(confirm.disabled).toBe(true);
    await user.clear(field);
    await user.type(field, 'a-1{Enter}');
    await screen.findByText('The server said: It is in use.');
    await user.dblClick(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(deed).toHaveBeenCalledTimes(2);
  });
});

describe('toasts', () => {
  it('say the cause in words, in a region that is announced, and can be closed (A11-03)', async () => {
    function Trouble() {
      const toast = useToast();
      return (
        <>
          <button type="button" onClick={() => toast.error('It was not saved.', failure('rate-limited'))}>
            Fail
          </button>
          <button type="button" onClick={() => toast.success('Saved <b>a</b>')}>
            Work
          </button>
        </>
      );
    }
    const { user } = await renderKit(<Trouble />);
    await user.click(screen.getByRole('button', { name: 'Fail' }));
    await user.click(screen.getByRole('button', { name: 'Fail' }));
    await user.click(screen.getByRole('button', { name: 'Work' }));
    expect(screen.getByRole('alert').textContent).toContain('It was not saved. Too many requests in a short time.');
    expect(screen.getAllByText(/It was not saved/)).toHaveLength(1);
    expect(screen.getByText('Saved <b>a</b>')).toBeDefined();
    for (const close of screen.getAllByRole('button', { name: 'Close message' })) await user.click(close);
    expect(screen.queryByText(/It was not saved/)).toBeNull();
  });
});

describe('leaving a changed form', () => {
  it('asks first, and stays or goes', async () => {
    function Form() {
      return (
        <>
          <LeaveGuard when />
          <h1>Form</h1>
        </>
      );
    }
    const { user, router } = await renderKit(<Form />, { path: '/form', others: { '/other': <h1>Other</h1> } });
    await act(() => router.navigate('/form?step=2'));
    expect(screen.queryByRole('dialog')).toBeNull();
    await act(() => router.navigate('/other'));
    await user.click(await screen.findByRole('button', { name: 'Stay' }));
    expect(router.state.location.pathname).toBe('/form');
    await act(() => router.navigate('/other'));
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await screen.findByRole('heading', { name: 'Other' });
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(false);
  });
});

it('a copy that the browser refuses is seen, not only heard', async () => {
  const { user } = await renderKit(<CopyText text="abc" label="Session ID" />);
  const refused = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  await user.click(screen.getByRole('button', { name: 'Copy Session ID' }));
  await waitFor(() => expect(screen.getAllByRole('alert').map((one) => one.textContent).join('')).toContain('The browser refused to copy.'));
  refused.mockRestore();
});
