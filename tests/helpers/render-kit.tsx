/** A piece of the kit alone: texts, look and a router around it, no cluster. */
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { RouterProvider, createMemoryRouter } from 'react-router-dom';
import { startI18n } from '../../src/app/i18n';
import { Look } from '../../src/app/look';
import { Announcer } from '../../src/ui/announcer';
import { Toaster } from '../../src/ui/toast';

export async function renderKit(element: ReactElement, options: { path?: string; others?: Record<string, ReactElement> } = {}) {
  const { path = '/', others = {} } = options;
  await startI18n();
  const router = createMemoryRouter(
    [{ path: new URL(path, 'https://kit.invalid').pathname, element }, ...Object.entries(others).map(([at, page]) => ({ path: at, element: page }))],
    { initialEntries: [path] },
  );
  const view = render(
    <Look>
      <RouterProvider router={router} />
      <Toaster />
      <Announcer />
    </Look>,
  );
  return { ...view, user: userEvent.setup({ delay: null }), router };
}
