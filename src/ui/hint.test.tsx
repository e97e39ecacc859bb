import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { ActionButton } from './action-button';

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
});
