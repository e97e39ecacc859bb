import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { ActionButton } from './action-button';
import { HelpHint } from './help-hint';

describe('the one tooltip of small buttons', () => {
  it('A11-02 tells what they do, or why not, to the pointer and the keyboard, and goes by Escape', async () => {
    const { user } = await renderKit(
      <>
        <ActionButton type="text" size="small" icon={<i />} hint="See the logs" aria-label="See the logs of a" />
        <ActionButton type="text" size="small" icon={<i />} hint="Terminate" reason="Only the owner may." />
      </>,
    );
    await user.hover(screen.getByRole('button', { name: 'See the logs of a' }));
    expect((await screen.findByRole('tooltip')).textContent).toBe('See the logs');
    await user.tab();
    await user.tab();
    const refused = screen.getByRole('button', { name: 'Terminate', description: '' });
    expect(document.activeElement).toBe(refused);
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Only the owner may.'));
    expect(screen.getByRole('button', { description: 'Only the owner may.' })).toBe(refused);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(refused.getAttribute('aria-describedby')).toBeNull();
  });

  it('A11-02 comes by a click where it is all there is: on help, and on what is refused', async () => {
    const { user } = await renderKit(
      <>
        <ActionButton type="text" icon={<i />} hint="See the logs" aria-label="See the logs of a" />
        <ActionButton type="text" icon={<i />} hint="Terminate" reason="Only the owner may." />
        <HelpHint>What it is for.</HelpHint>
      </>,
    );
    await user.click(screen.getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Only the owner may.'));
    await user.click(screen.getByRole('button', { name: 'See the logs of a' }));
    await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Help' }));
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('What it is for.'));
  });

  it('does not come where a key closes a dialog and the focus comes back', async () => {
    const { user } = await renderKit(<ActionButton type="text" icon={<i />} hint="See the logs" />);
    const button = screen.getByRole('button');
    await user.keyboard('{Escape}');
    button.focus();
    await new Promise((done) => setTimeout(done, 200));
    expect(screen.queryByRole('tooltip')).toBeNull();
    button.blur();
    await user.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('See the logs');
  });

  it('A11-02 gives way to the pop-up of its own button, and comes again after it', async () => {
    function WithPopup() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <button type="button" aria-haspopup="dialog" aria-expanded={open} data-hint="Table settings" onClick={() => setOpen(!open)} />
          <button type="button" data-hint="Refresh" />
        </>
      );
    }
    const { user } = await renderKit(<WithPopup />);
    const [settings, refresh] = screen.getAllByRole('button') as [HTMLElement, HTMLElement];
    const tip = () => screen.queryByRole('tooltip')?.textContent;
    await user.hover(settings);
    await waitFor(() => expect(tip()).toBe('Table settings'));
    await user.click(settings);
    await waitFor(() => expect(tip()).toBeUndefined());
    await user.hover(refresh);
    await waitFor(() => expect(tip()).toBe('Refresh'));
    await user.hover(settings);
    await waitFor(() => expect(tip()).toBeUndefined());
    await user.click(settings);
    await user.hover(refresh);
    await user.hover(settings);
    await waitFor(() => expect(tip()).toBe('Table settings'));
  });

  it('does not repeat a text that stands there in full', async () => {
    const { user } = await renderKit(
      <>
        <a href="/a" data-hint="short">
          short
        </a>
        <a href="/b" data-hint="a name that is cut off">
          a name that is cut off
        </a>
      </>,
    );
    const [short, cut] = screen.getAllByRole('link') as [HTMLElement, HTMLElement];
    Object.defineProperty(cut, 'scrollWidth', { value: 200 });
    await user.hover(cut);
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('a name that is cut off'));
    await user.hover(short);
    await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
  });
});
