import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import { atStep, card, creates, launchButton, launchWithoutFolder } from './launcher-harness';
import { dialog } from './sessions-harness';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/start/badge-visit';
import '../../src/pages/start/start-page';
import '../../src/pages/start/url-dialog';

const cards = async () => within(await screen.findByRole('list', { name: 'Ways to start' }));
const badge = (url: string) => `/start?type=url&data=${encodeURIComponent(JSON.stringify({ url }))}`;

describe('the start page', () => {
  it('ACC-080 SES-001 has a card for each way to begin', async () => {
    const { user } = await renderConsole({ path: '/start' });
    const list = await cards();
    expect(list.getAllByRole('listitem')).toHaveLength(4);
    expect(list.getByRole('link', { name: /Start Batch Session/ }).getAttribute('href')).toBe('/session/start?type=batch');
    await user.click(list.getByRole('button', { name: /Create Storage Folder/ }));
    expect(await dialog('Create a new storage folder')).toBeTruthy();
  });

  it('lists what runs, newest first, and leads on to it', async () => {
    const { user } = await renderConsole({ path: '/start' });
    const latest = within(await screen.findByRole('region', { name: 'Go on with' }));
    expect(latest.getAllByRole('listitem')).toHaveLength(5);
    expect(latest.getByRole('link', { name: 'train-resnet' }).getAttribute('href')).toMatch(/^\/session\?sessionDetail=/);
    await user.click(latest.getByRole('link', { name: 'All 6 running sessions' }));
    expect(await screen.findByRole('table', { name: 'Sessions' })).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'notebook' })).toBeTruthy();
  });

  it('ACC-080 leaves out what the site has switched off', async () => {
    await renderConsole({ path: '/start', config: { menu: { blocklist: 'import,data', inactivelist: 'session' } } });
    await screen.findByRole('heading', { name: 'Start', level: 1 });
    expect(screen.queryByRole('link', { name: /Start Batch Session/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Start from URL/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Create Storage Folder/ })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Go on with' })).toBeNull();
  });

  it('SES-404 Start from URL is a dialog with the four blocks, and an address', async () => {
    const { user } = await renderConsole({ path: '/start' });
    await user.click((await cards()).getByRole('button', { name: /Start from URL/ }));
    const box = within(await dialog('Start from URL'));
    expect(window.location.search).toBe('?type=url');
    expect(box.getByRole('textbox', { name: 'Notebook URL' })).toBeTruthy();
    await user.click(box.getByRole('radio', { name: 'GitHub' }));
    expect(box.getByRole('textbox', { name: 'GitHub repository URL' })).toBeTruthy();
    await user.click(box.getByRole('radio', { name: 'GitLab' }));
    expect(box.getByRole('textbox', { name: 'Branch' })).toHaveProperty('value', 'master');
    await user.click(box.getByRole('radio', { name: 'Badge' }));
    expect(box.getByRole('img', { name: 'Run on Backend.AI' })).toBeTruthy();
    await user.click(box.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });
});

describe('a badge', () => {
  it('SES-401 SES-046 SES-R95 survives the log-in and opens the launcher at its review; nothing starts by itself', async () => {
    const opened = await renderConsole({ path: badge('https://github.com/o/r/blob/main/demo.ipynb'), as: null });
    await opened.user.type(await screen.findByRole('textbox', { name: /E-mail/ }), 'user@example.com');
    await opened.user.type(screen.getByLabelText('Password'), 'user-Demo-1{Enter}');
    await atStep(4);
    expect((await card('Session Type')).getByText(/^imported-notebook-[a-z0-9]{5}$/)).toBeTruthy();
    await launchButton();
    expect(creates(opened)).toHaveLength(0);
    expect(new URLSearchParams(window.location.search).get('appOption')).toBe('jupyter:/notebooks/demo.ipynb');
    await launchWithoutFolder(opened);
    await waitFor(() => expect(creates(opened)).toHaveLength(1));
    expect(creates(opened)[0]).toMatchObject({
      type: 'interactive',
      image: 'cr.example.org/stable/python:3.13-ubuntu24.04',
      bootstrap_script: "#!/bin/sh\ncurl -fL -O 'https://raw.githubusercontent.com/o/r/main/demo.ipynb'\n",
    });
  });

  it('SES-R95 older badges lead to the same', async () => {
    await renderConsole({ path: '/github?o/r/main/a/demo.ipynb' });
    await atStep(4);
    expect(new URLSearchParams(window.location.search).get('appOption')).toBe('jupyter:/notebooks/demo.ipynb');
  });

  it.each([badge('https://example.org/demo.py'), '/start?type=url&data=nonsense', badge('javascript:alert(1)//.ipynb')])(
    'SES-401 %s names no notebook: it says so, and goes away',
    async (path) => {
      const { user } = await renderConsole({ path });
      const box = within(await dialog('This link names no notebook'));
      expect(box.getByRole('alert')).toBeTruthy();
      await user.click(box.getAllByRole('button', { name: 'Close' }).at(-1) ?? document.body);
      await waitFor(() => expect(window.location.search).toBe(''));
      expect(await screen.findByRole('heading', { name: 'Start', level: 1 })).toBeTruthy();
    },
  );
});
