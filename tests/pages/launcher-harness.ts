import { screen, waitFor, within } from '@testing-library/react';
import { expect } from 'vitest';
import type { CreateSessionRequest } from '../../src/client/sessions-types';
import type { SeenRequest } from '../../mocks/node';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions, RenderedConsole } from '../helpers/render-console';

/** What the launcher's tests do again and again. */

export const stepNames = ['Session Type', 'Environments & Resource allocation', 'Data & Storage', 'Network', 'Confirm and Launch'];

export async function openLauncher(options: Omit<RenderConsoleOptions, 'path'> & { step?: number; query?: string } = {}): Promise<RenderedConsole> {
  const { step = 0, query = '', ...rest } = options;
  const opened = await renderConsole({ ...rest, path: `/session/start?${step > 0 ? `step=${step}` : ''}${query}` });
  await atStep(step);
  return opened;
}

export function atStep(step: number): Promise<HTMLElement> {
  return screen.findByRole('heading', { level: 2, name: `${step + 1}. ${stepNames[step]}` }, { timeout: 15_000 });
}

export function menu(): ReturnType<typeof within> {
  return within(screen.getByRole('navigation', { name: 'Steps' }));
}

export async function goTo(opened: RenderedConsole, step: number): Promise<void> {
  await opened.user.click(menu().getByRole('button', { name: new RegExp(stepNames[step]?.replace('&', '.') ?? '') }));
  await atStep(step);
}

export function creates(opened: RenderedConsole): CreateSessionRequest[] {
  return opened.sim.requests.filter(isCreate).map((request) => request.body as CreateSessionRequest);
}

const isCreate = (request: SeenRequest): boolean => request.method === 'POST' && request.path === '/func/session/_/create';

/** At the review, when all that a launch needs has arrived. */
export async function launchButton(): Promise<HTMLElement> {
  await screen.findByText(/Core · .+GiB|Core · .+MiB/, { selector: 'strong' }, { timeout: 15_000 });
  // A launch that was just refused still takes its leave.
  return screen.findByRole('button', { name: 'Launch' });
}

export async function card(title: string): Promise<ReturnType<typeof within>> {
  return within(await screen.findByRole('region', { name: title }));
}

/** Starts with nothing mounted, where the page asks first. */
export async function launchWithoutFolder(opened: RenderedConsole): Promise<void> {
  await opened.user.click(await launchButton());
  const dialog = await screen.findByRole('dialog', { name: 'Start without a storage folder?' });
  await opened.user.click(within(dialog).getByRole('button', { name: 'Start' }));
}

export const createFault = { match: '/func/session/_/create' } as const;

/** Puts a text into a field at once: a keystroke draws the whole step, and what counts is what stands there. */
export async function fill(opened: RenderedConsole, field: HTMLElement, text: string): Promise<void> {
  await opened.user.clear(field);
  await opened.user.click(field);
  await opened.user.paste(text);
}

/** Takes an entry of an open list. Readers have a second one; the drawn one is reached once the list has found its place. */
export async function take(opened: Pick<RenderedConsole, 'user'>, text: string | RegExp): Promise<void> {
  const entry = await waitFor(
    () => {
      const drawn = screen.getAllByText(text).at(-1) as HTMLElement;
      expect(getComputedStyle(drawn).pointerEvents).not.toBe('none');
      return drawn;
    },
    { timeout: 15_000 },
  );
  await opened.user.click(entry);
}

/** Goes to another page and back: what the draft keeps is there again, what it may not keep is gone (SES-041). */
export async function leaveAndReturn(opened: RenderedConsole, step: number): Promise<void> {
  await opened.user.click(screen.getByRole('link', { name: 'Sessions' }));
  await screen.findByRole('heading', { level: 1, name: 'Sessions' }, { timeout: 15_000 });
  window.history.back();
  await atStep(step);
}
