import { ask } from '../cluster/shell/commands/web';

export const GITHUB_API = 'https://api.github.com';

/** The one question that the console itself asks outside the cluster: it sees the same world as the containers do. */
export function answerGithub(url: URL): Response {
  const answer = ask(url.href);
  return new Response(answer?.body ?? '', { status: answer?.status ?? 404, headers: { 'Content-Type': 'application/json' } });
}
