// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchDefaultBranch } from './repositories';

afterEach(() => vi.unstubAllGlobals());

const answering = (status: number, body: string) => {
  const call = vi.fn((_url: string, _init?: RequestInit) => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal('fetch', call);
  return call;
};

describe('the default branch of a GitHub repository (SES-402)', () => {
  it('is asked for without cookie, keys or referrer (SEC-19)', async () => {
    const call = answering(200, '{"default_branch":"trunk"}');
    expect(await fetchDefaultBranch('lab/mnist')).toEqual({ state: 'known', branch: 'trunk' });
    expect(call).toHaveBeenCalledTimes(1);
    const [url, init] = call.mock.calls[0] ?? [];
    expect(url).toBe('https://api.github.com/repos/lab/mnist');
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
    expect(Object.keys(init?.headers ?? {})).toEqual(['Accept']);
  });

  it.each([
    [404, '{}', 'not-found'],
    [403, '{}', 'rate-limited'],
    [429, '', 'rate-limited'],
    [500, '', 'unreachable'],
    [200, '{"default_branch":7}', 'unreachable'],
    [200, '<html>', 'unreachable'],
  ])('%d %s is %s', async (status, body, state) => {
    answering(status, body);
    expect(await fetchDefaultBranch('lab/mnist')).toEqual({ state });
  });

  it('no network, and a policy that forbids the host', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await fetchDefaultBranch('lab/mnist')).toEqual({ state: 'unreachable' });
  });
});
