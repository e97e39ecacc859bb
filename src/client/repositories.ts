import * as z from 'zod/mini';

/**
 * The one call to a foreign host: which branch of a public GitHub repository is the default one (SES-R95). Made at the
 * user's click only, without cookie, keys or referrer (SEC-19). An installation whose content policy does not list
 * the host, or a network that does not let it through, answers `unreachable`: then `HEAD` stands for the branch.
 */
export type DefaultBranch =
  | { state: 'known'; branch: string }
  | { state: 'not-found' | 'rate-limited' | 'unreachable' };

const answer = z.object({ default_branch: z.string() });
const patienceMs = 8000;

export async function fetchDefaultBranch(path: string): Promise<DefaultBranch> {
  const [owner = '', name = ''] = path.split('/');
  try {
    const response = await fetch(`https://api.github.com/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`, {
      headers: { Accept: 'application/vnd.github+json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 404) return { state: 'not-found' };
    if (response.status === 403 || response.status === 429) return { state: 'rate-limited' };
    const parsed = response.ok ? z.safeParse(answer, await response.json()) : null;
    return parsed?.success ? { state: 'known', branch: parsed.data.default_branch } : { state: 'unreachable' };
  } catch {
    return { state: 'unreachable' };
  }
}
