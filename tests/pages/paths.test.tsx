import { matchRoutes } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import { pageEntries } from '../../src/app/menu';
import { routes } from '../../src/app/routes';
import { paths } from '../../src/lib/paths';

const uuid = '11111111-2222-3333-4444-555555555555';

/** One address of every path with every parameter it takes; a new path without a line here does not compile. */
const samples: Record<keyof typeof paths, string[]> = {
  home: [paths.home()],
  sessions: [paths.sessions(), paths.sessions({ sessionDetail: uuid, logs: 'main' }), paths.sessions({ sessionDetail: uuid, terminal: 'main' })],
  terminal: [paths.terminal(uuid)],
  launcher: [paths.launcher(), paths.launcher({ type: 'batch', step: 2 }), paths.launcher({ step: 4, formValues: '{"sessionName":"a&b"}', redirectTo: '/session' })],
  scheduler: [paths.scheduler(), paths.scheduler({ group: 'a b', sessionDetail: uuid })],
  start: [paths.start(), paths.start({ type: 'url', data: '{"url":"https://x.org/a.ipynb"}' })],
  imports: [paths.imports()],
  myEnvironments: [paths.myEnvironments()],
  help: [paths.help()],
  notFound: [paths.notFound()],
  unauthorized: [paths.unauthorized()],
};

describe('every address of the console', () => {
  it.each(Object.values(samples).flat())('%s has a page of its own', (address) => {
    const matches = matchRoutes(routes, new URL(address, 'https://console.invalid'));
    expect(matches).not.toBeNull();
    expect(matches?.at(-1)?.route.path).not.toBe('*');
  });

  it('is what the menu leads to', () => {
    for (const entry of pageEntries) {
      expect(matchRoutes(routes, entry.to)?.at(-1)?.route.path).not.toBe('*');
      expect(entry.under.test(entry.to)).toBe(true);
    }
  });

  it('encodes what it carries', () => {
    expect(paths.sessions({ sessionDetail: 'a&b=c#d/../e' })).toBe('/session?sessionDetail=a%26b%3Dc%23d%2F..%2Fe');
    expect(paths.sessions({ sessionDetail: '' })).toBe('/session');
  });
});
