import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import { rowOf } from './sessions-harness';

const panel = () => screen.findByRole('region', { name: 'Resources' });

describe('the resource panel', () => {
  it('SES-020 two bars for each slot of the resource group, and the sessions at once', async () => {
    const { sim } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    const box = await panel();
    const cpu = await within(box).findByRole('group', { name: 'CPU' });
    const [group, mine] = within(cpu).getAllByRole('meter');
    expect(group?.getAttribute('aria-label')).toBe('CPU used by you in default');
    // notebook 2 + cluster-run 3 × 2 + train-resnet 8 here; annotate's 1 is of another project but mine, too.
    expect(group?.getAttribute('aria-valuetext')).toMatch(/^17 \/ \d+ Core$/);
    expect(mine?.getAttribute('aria-valuetext')).toMatch(/^17 \/ \d+ Core$/);
    const sessions = within(box).getByRole('group', { name: 'Sessions' });
    await waitFor(() => expect(within(sessions).getByRole('meter').getAttribute('aria-valuetext')).toMatch(/^\d+ \/ (\d+|∞)$/));
    expect(box.textContent).not.toMatch(/NaN|undefined|Infinity/);
    expect(sim.requests.filter(({ path }) => path.endsWith('/check-presets'))).toHaveLength(1);
  });

  it('SES-021 SES-023 another resource group shows its own numbers, fractions among them; the choice stays', async () => {
    const { user } = await renderConsole({ path: '/session' });
    const box = await panel();
    await within(box).findByRole('group', { name: 'CPU' });
    const select = within(box).getByRole('combobox', { name: /Resource Group/ });
    await user.selectOptions(select, 'nvidia-h100');
    const fraction = await within(box).findByRole('group', { name: 'fGPU' });
    expect(within(fraction).getAllByRole('meter')[0]?.getAttribute('aria-valuetext')).toMatch(/fGPU$/);
    expect(within(fraction).getByRole('button', { name: /fGPU/ })).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: /^Batch/ }));
    await user.click(within(screen.getByRole('navigation', { name: 'Start a session' })).getByRole('link', { name: /Batch/ }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Resources' })).toBeNull());
    window.history.back();
    await waitFor(async () => expect(within(await panel()).getByRole('combobox', { name: /Resource Group/ })).toHaveProperty('value', 'nvidia-h100'));
  });

  it('SES-021 refresh asks again and keeps the old numbers when it fails', async () => {
    const { user, faults } = await renderConsole({ path: '/session' });
    const box = await panel();
    await within(box).findByRole('group', { name: 'CPU' });
    faults.add({ match: '/func/resource/check-presets', kind: 'status', status: 400, body: { type: 'x', title: 'Bad Request.' } });
    await user.click(within(box).getByRole('button', { name: 'Refresh the resources' }));
    expect(await within(box).findByText(/It could not be refreshed/)).toBeTruthy();
    expect(within(box).getByRole('group', { name: 'CPU' })).toBeTruthy();
    faults.clear();
    await user.click(within(box).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(within(box).queryByText(/It could not be refreshed/)).toBeNull());
  });
});
