import { screen, within } from '@testing-library/react';
import { vi } from 'vitest';
import type { SeenRequest } from '../../mocks/node';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions, RenderedConsole } from '../helpers/render-console';
import { dialog, sessionNamed } from './sessions-harness';
// The dialog's later part arrives by `import()`; read beforehand, it is there when it is asked for.
import '../../src/parts/app-dialog-body';

export interface FakeTab {
  opener: unknown;
  document: Document;
  /** Where it was sent, in order. */
  went: string[];
  closed: boolean;
}

/** What `window.open` gives here: a tab of which only the address is known. */
export function fakeTabs(): { opened: FakeTab[]; block: () => void } {
  const opened: FakeTab[] = [];
  let blocked = false;
  vi.spyOn(window, 'open').mockImplementation(() => {
    if (blocked) return null;
    const tab: FakeTab = { opener: window, document: document.implementation.createHTMLDocument(), went: [], closed: false };
    opened.push(tab);
    return Object.assign(tab, {
      location: { replace: (url: string) => void tab.went.push(url) },
      close: () => {
        tab.closed = true;
      },
    }) as unknown as Window;
  });
  return {
    opened,
    block: () => {
      blocked = true;
    },
  };
}

export interface OpenedApps extends RenderedConsole {
  id: string;
  box: HTMLElement;
  /** What went to the app proxy, in order. */
  toProxy: () => SeenRequest[];
  started: () => Record<string, unknown>[];
}

/** The dialog of a session's apps, cold from its address. */
export async function openApps(name: string, options: RenderConsoleOptions = {}): Promise<OpenedApps> {
  const opened = await renderConsole({ path: '/unauthorized', ...options });
  const { id } = sessionNamed(opened.cluster, name);
  await opened.reload(`/session?sessionDetail=${id}&apps=open`);
  const box = await dialog(`App: ${name}`);
  const toProxy = () => opened.sim.requests.filter(({ origin }) => origin === opened.cluster.state.appProxy.address);
  const started = () => opened.sim.requests.filter(({ path }) => path.endsWith('/start-service')).map(({ body }) => body as Record<string, unknown>);
  return { ...opened, id, box, toProxy, started };
}

export const press = async (opened: OpenedApps, name: string): Promise<void> =>
  opened.user.click(await within(opened.box).findByRole('button', { name }));

/** The term's definition in the dialog. */
export function fact(box: HTMLElement, term: string): string {
  const found = within(box).getAllByRole('term').find((one) => one.textContent === term);
  return found?.nextElementSibling?.textContent ?? '';
}

export function queryApps(): HTMLElement | null {
  return screen.queryAllByRole('dialog').find((one) => one.textContent?.startsWith('App: ')) ?? null;
}
