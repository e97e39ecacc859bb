import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';

const sessionsPage = () => screen.findByRole('heading', { name: 'Sessions', level: 1 }, { timeout: 20_000 });
const mainMenu = () => screen.findByRole('navigation', { name: 'Main menu' });
const openUserMenu = async (user: { click: (element: Element) => Promise<void> }, item: string) => {
  await user.click(await screen.findByRole('button', { name: /^User menu of/ }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
};

describe('pages and addresses', () => {
  it('opens the first page of the menu from / and highlights it (ACC-060, ACC-061)', async () => {
    await renderConsole({ path: '/' });
    await screen.findByRole('heading', { name: 'Start', level: 1 }, { timeout: 20_000 });
    expect(within(await mainMenu()).getByRole('link', { name: 'Start' }).getAttribute('aria-current')).toBe('page');
    expect(window.location.pathname).toBe('/start');
    expect(document.title).toBe('Start · bai-console');
  });

  it('shows the log-in at any address and opens that page after it (ACC-010)', async () => {
    const { user } = await renderConsole({ path: '/session?type=batch', as: null });
    await user.type(await screen.findByRole('textbox', { name: /E-mail/ }), 'user@example.com');
    await user.type(screen.getByLabelText('Password'), 'user-Demo-1{Enter}');
    await sessionsPage();
    expect(window.location.pathname + window.location.search).toBe('/session?type=batch');
  });

  it('answers an unknown address with "not found", at that address (ACC-063)', async () => {
    const { user } = await renderConsole({ path: '/nowhere/at/all' });
    await screen.findByRole('heading', { name: 'Page not found' });
    expect(window.location.pathname).toBe('/nowhere/at/all');
    await user.click(screen.getByRole('button', { name: 'Go to the first page' }));
    await screen.findByRole('heading', { name: 'Start', level: 1 }, { timeout: 20_000 });
    // A reader hears where they are: the focus is on the new page's heading (A11-02).
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Start'));
  });

  it('goes on serving addresses of older consoles', async () => {
    await renderConsole({ path: '/job?type=batch' });
    await sessionsPage();
    expect(window.location.pathname + window.location.search).toBe('/session?type=batch');
  });

  it('closes a blocked page and asks the manager for nothing of it (ACC-063, SEC-17)', async () => {
    const { sim } = await renderConsole({ path: '/session', config: { menu: { blocklist: 'session' } } });
    await screen.findByRole('heading', { name: 'Page not found' });
    expect(within(await mainMenu()).queryByRole('link', { name: 'Sessions' })).toBeNull();
    expect(sim.requests.map(({ operation }) => operation)).not.toContain('Sessions');
  });

  it('shows an inactive page grey and closed (ACC-063)', async () => {
    await renderConsole({ path: '/session', config: { menu: { inactivelist: 'session' } } });
    await screen.findByRole('heading', { name: 'Page not found' });
    expect(within(await mainMenu()).getByRole('link', { name: 'Sessions' }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('sidebar', () => {
  it('folds by its button and by [, but not while typing, and remembers it (ACC-062)', async () => {
    const { user, reload } = await renderConsole({ path: '/session' });
    await sessionsPage();
    await user.click(screen.getByRole('button', { name: 'Collapse the menu' }));
    await user.keyboard('[[');
    await screen.findByRole('button', { name: 'Collapse the menu' });
    await user.type(await screen.findByRole('textbox', { name: 'Session Name to filter by' }), '[[');
    await user.keyboard('{Control>}[[{/Control}');
    expect(screen.getByRole('button', { name: 'Collapse the menu' })).toBeDefined();
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('[[');
    await reload();
    await screen.findByRole('button', { name: 'Expand the menu' });
  });

  it('tells the names of its icons, and why an entry is closed, to the keyboard too (A11-02, ACC-063)', async () => {
    const { user } = await renderConsole({ path: '/session', config: { menu: { inactivelist: 'import' } } });
    await sessionsPage();
    await user.keyboard('[[');
    await screen.findByRole('button', { name: 'Expand the menu' });
    const menu = within(await mainMenu());
    menu.getByRole('link', { name: 'Start' }).focus();
    await user.tab();
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Sessions'));
    await user.tab();
    expect(document.activeElement).toBe(menu.getByRole('link', { name: 'Import & Run' }));
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Not available here'));
    screen.getByRole('button', { name: 'About Backend.AI' }).focus();
    await user.tab();
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toContain('Expand the menu'));
  });

  it('is a drawer on a narrow screen (ACC-062)', async () => {
    const { user } = await renderConsole({ path: '/session', width: 360 });
    await sessionsPage();
    const opener = screen.getByRole('button', { name: 'Open the menu' });
    await user.click(opener);
    const drawer = await screen.findByRole('dialog');
    // Open to its end: the focus is with the drawer (A11-02).
    await waitFor(() => expect(document.activeElement).toBe(drawer.closest('[tabindex="-1"]')));
    await user.click(within(drawer).getByRole('link', { name: 'Sessions' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });
});

describe('header', () => {
  it('changes the project, reloads what is shown and remembers the choice (ACC-065)', async () => {
    const { user, sim, reload } = await renderConsole({ path: '/session', as: 'admin' });
    await sessionsPage();
    const select = screen.getByRole('combobox', { name: 'Project' });
    const lab = within(select).getByRole<HTMLOptionElement>('option', { name: 'vision-lab' });
    sim.requests.length = 0;
    await user.selectOptions(select, lab);
    await waitFor(() => {
      const asked = sim.requests.filter(({ operation }) => operation === 'Sessions').map(({ body }) => JSON.stringify(body));
      expect(asked.some((body) => body.includes(lab.value))).toBe(true);
    });
    expect(within(select).getByRole('group', { name: 'Model stores' })).toBeDefined();
    await reload();
    await waitFor(() => expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Project' }).value).toBe(lab.value));
  });

  it('leaves model stores out where their page is blocked', async () => {
    await renderConsole({ path: '/session', as: 'admin', config: { menu: { blocklist: 'model-store' } } });
    const select = await screen.findByRole('combobox', { name: 'Project' });
    expect(within(select).queryByRole('group')).toBeNull();
    expect(within(select).queryByRole('option', { name: 'model-store' })).toBeNull();
  });

  it('changes language and theme at once, and the choice survives (WALK-16, ACC-067, ACC-103)', async () => {
    const { user, reload } = await renderConsole({ path: '/session' });
    await sessionsPage();
    await user.click(screen.getByRole('button', { name: 'Language' }));
    await user.click(await screen.findByRole('menuitemradio', { name: '한국어' }));
    await screen.findByRole('heading', { name: '세션', level: 1 });
    expect(document.documentElement.lang).toBe('ko');
    await user.click(screen.getByRole('button', { name: '테마' }));
    await user.click(await screen.findByRole('menuitemradio', { name: '어둡게' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    await reload();
    await screen.findByRole('heading', { name: '세션', level: 1 }, { timeout: 20_000 });
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.body.textContent).not.toMatch(/\b(frame|ui|common|sessions)\.[a-z]+/);
  });

  it('hides the theme switch only where the site says so (ACC-067)', async () => {
    await renderConsole({ path: '/session', version: '26.8', config: { general: { allowThemeMode: false } } });
    await screen.findByRole('button', { name: 'Language' });
    expect(screen.queryByRole('button', { name: 'Theme' })).toBeNull();
  });

  it('opens the chapter of the manual that belongs to the page (ACC-068)', async () => {
    await renderConsole({ path: '/session' });
    const help = await screen.findByRole('link', { name: 'Manual for this page' });
    expect(help.getAttribute('href')).toBe('https://webui.docs.backend.ai/en/latest/sessions_all/sessions_all.html');
    expect(help.getAttribute('rel')).toContain('noopener');
  });

  it('has the pages in short built in, for sites without internet access (ACC-068)', async () => {
    const { user } = await renderConsole({ path: '/session', config: { menu: { blocklist: ['import'] } } });
    await user.click(await screen.findByRole('button', { name: /^User menu of/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Built-in help' }));
    await screen.findByRole('heading', { name: 'Help', level: 1 });
    const of = (name: string) => screen.queryByRole('region', { name });
    expect(of('Sessions')?.textContent).toContain('Terminate a session when its work is done');
    expect(of('My Environments')?.textContent).toContain('“Convert Session to Image”');
    expect(of('Import & Run')).toBeNull();
    expect(of('Scheduler')).toBeNull();
    await user.click(within(of('Sessions') as HTMLElement).getByRole('link', { name: 'Sessions' }));
    await screen.findByRole('heading', { name: 'Sessions', level: 1 });
  });

  it('tells whether changes arrive by themselves (REL-05)', async () => {
    const { sim } = await renderConsole({ path: '/session' });
    await screen.findByText('Live', undefined, { timeout: 10_000 });
    sim.faults.add({ match: '/func/events/session', kind: 'status', status: 502 });
    sim.dropStreams();
    await screen.findByText('Polling', undefined, { timeout: 15_000 });
  });

  it('extends the log-in where the site allows it (ACC-052)', async () => {
    const { user, sim } = await renderConsole({ path: '/session', as: null, config: { general: { enableExtendLoginSession: true } } });
    await user.type(await screen.findByRole('textbox', { name: /E-mail/ }), 'user@example.com');
    await user.type(screen.getByLabelText('Password'), 'user-Demo-1{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Extend' }, { timeout: 20_000 }));
    await screen.findByText(/You stay logged in until/);
    expect(sim.requests.filter(({ path }) => path === '/server/extend-login-session')).toHaveLength(1);
  });
});

describe('user menu', () => {
  it('tells who is logged in, masked where the site wants it (ACC-069)', async () => {
    const { user } = await renderConsole({ path: '/session', config: { general: { maskUserInfo: true } } });
    await user.click(await screen.findByRole('button', { name: /^User menu of/ }));
    await screen.findByRole('menuitem', { name: 'Log Out' });
    expect(screen.getByText('us***@***.com')).toBeDefined();
    expect(document.body.textContent).not.toContain('user@example.com');
  });

  it('tells the versions (ACC-070)', async () => {
    const { user } = await renderConsole({ path: '/session', version: '26.8' });
    await openUserMenu(user, 'About Backend.AI');
    const dialog = await screen.findByRole('dialog', { name: 'About Backend.AI' });
    expect(within(dialog).getByText(/^Backend\.AI Cluster 26\.8/)).toBeDefined();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('logs out, and nothing of the user stays (ACC-050, SEC-08)', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await sessionsPage();
    await user.click(await screen.findByRole('button', { name: 'List actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link to this view' }));
    const news = 'The link is copied.';
    expect(await screen.findByText(news)).toBeDefined();
    await openUserMenu(user, 'Log Out');
    const name = await screen.findByRole('textbox', { name: /E-mail/ });
    await waitFor(() => expect(sim.requests.at(-1)?.path).toBe('/server/logout'));
    expect(window.sessionStorage.length).toBe(0);
    await user.type(name, 'user2@example.com');
    await user.type(screen.getByLabelText('Password'), 'user2-Demo-1{Enter}');
    await sessionsPage();
    expect(screen.queryByText(news)).toBeNull();
  });

  it('keeps the page under the question when the log-in ends (ACC-053)', async () => {
    const { sim, user } = await renderConsole({ path: '/session' });
    await sessionsPage();
    sim.expireLogin();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rows per page' }), '10');
    await screen.findByRole('dialog', undefined, { timeout: 10_000 });
    expect(screen.getByText('Sessions', { selector: 'h1' })).toBeDefined();
  });
});
