/** Addresses of notebooks and repositories, and the scripts that fetch them (SES-R95). Pure. */

export type LinkFlaw = 'empty' | 'tooLong' | 'notNotebook' | 'unreachable' | 'notGithub' | 'notGitlab' | 'branch';

/** What such addresses look like; the same in every language. */
export const exampleLinks = {
  notebook: 'https://github.com/owner/repository/blob/main/notebook.ipynb',
  github: 'https://github.com/owner/repository',
  gitlab: 'https://gitlab.com/group/repository',
};

const maxLength = 2048;
const notebookPattern = /^(https?):\/\/([\w./-]{1,})\.ipynb$/;

export interface NotebookLink {
  /** Where its bytes are. */
  raw: string;
  /** `demo.ipynb` */
  file: string;
}

/** Whether a container of the cluster could never reach the host. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host === '0.0.0.0' || host === '[::1]' || host.startsWith('127.') || host.endsWith('.localhost');
}

function urlOf(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

/** A page of a notebook at GitHub becomes the address of its bytes; other addresses stay. */
export function readNotebookLink(typed: string): NotebookLink | LinkFlaw {
  const text = typed.trim();
  if (text === '') return 'empty';
  if (text.length > maxLength) return 'tooLong';
  const page = /^https?:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/blob\/(.+)$/.exec(text);
  const raw = page ? `https://raw.githubusercontent.com/${page[1] ?? ''}/${page[2] ?? ''}` : text;
  const url = urlOf(raw);
  if (!url || !notebookPattern.test(raw)) return 'notNotebook';
  return isLocal(url.hostname) ? 'unreachable' : { raw, file: raw.slice(raw.lastIndexOf('/') + 1) };
}

export interface RepositoryLink {
  /** `owner/name`, at GitLab the whole path. */
  path: string;
  /** Last part of the path; the folder is called like it. */
  name: string;
  /** null = the default one. */
  branch: string | null;
  /** Address of the archive of a branch. */
  archive: (branch: string) => string;
}

/** What git allows, without what a shell or an address could take for something else. */
const branchPattern = /^(?!-)[\w./+@-]{1,200}$/;

export function isBranch(text: string): boolean {
  return branchPattern.test(text) && !text.includes('..') && !text.includes('//') && !text.endsWith('/') && !text.startsWith('/');
}

const encoded = (branch: string) => branch.split('/').map(encodeURIComponent).join('/');

/** `https://github.com/owner/name[.git][/tree/branch]`; what the site puts behind it, such as `?tab=readme`, says nothing. */
export function readGithubLink(typed: string): RepositoryLink | LinkFlaw {
  const text = typed.trim();
  if (text === '') return 'empty';
  if (text.length > maxLength) return 'tooLong';
  const match = /^https?:\/\/(?:www\.)?github\.com\/([\w-]+)\/([\w.-]+?)(?:\.git)?\/?(?:\/tree\/([^?#]+?)\/?)?(?:[?#].*)?$/.exec(text);
  const [, owner = '', name = '', tree] = match ?? [];
  if (!match || name === '.' || name === '..') return 'notGithub';
  const branch = tree === undefined ? null : safeDecode(tree);
  if (branch !== null && !isBranch(branch)) return 'branch';
  const path = `${owner}/${name}`;
  return { path, name, branch, archive: (wanted) => `https://codeload.github.com/${path}/zip/${encoded(wanted)}` };
}

/** The branch that an address of GitLab names, `…/-/tree/<branch>`. */
export function gitlabBranch(typed: string): string | null {
  const tree = /^tree\/(.+?)\/?$/.exec(urlOf(typed.trim())?.pathname.split('/-/', 2)[1] ?? '')?.[1];
  return tree === undefined ? null : safeDecode(tree);
}

/** `https://<any host>/<group>[/…]/<name>[.git][/-/tree/branch]`; the branch has a field of its own. */
export function readGitlabLink(typed: string, branchTyped: string): RepositoryLink | LinkFlaw {
  const text = typed.trim();
  if (text === '') return 'empty';
  if (text.length > maxLength) return 'tooLong';
  const url = urlOf(text);
  const [repository = ''] = (url?.pathname ?? '').split('/-/', 1);
  const match = /^\/((?:[\w.-]+\/)+)([\w.-]+?)(?:\.git)?\/?$/.exec(repository);
  const [, groups = '', name = ''] = match ?? [];
  if (!url || !match || url.username !== '' || /(?:^|\/)\.{1,2}(?:\/|$)/.test(groups + name)) return 'notGitlab';
  if (isLocal(url.hostname)) return 'unreachable';
  const branch = branchTyped.trim() || (gitlabBranch(text) ?? '');
  if (!isBranch(branch)) return 'branch';
  const path = groups + name;
  return {
    path,
    name,
    branch,
    archive: (wanted) => `${url.origin}/${path}/-/archive/${encoded(wanted)}/${name}-${encodeURIComponent(wanted.replaceAll('/', '-'))}.zip`,
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One word of a shell, whatever it holds. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Fetches the notebook into the home before the session's apps start. */
export function notebookScript(link: NotebookLink): string {
  return `#!/bin/sh\ncurl -fL -O ${shellQuote(link.raw)}\n`;
}

/**
 * Fetches an archive and puts what lies in its one top directory into the mounted folder. Any step that fails ends
 * the script with its code, so that the session's result tells it.
 */
export function archiveScript(archive: string, folder: string): string {
  return [
    'set -e',
    `cd ${shellQuote(`/home/work/${folder}`)}`,
    'mkdir -p /tmp/import/files',
    `curl -fL -o /tmp/import/archive.zip ${shellQuote(archive)}`,
    // Not every image has the first.
    'unzip -q /tmp/import/archive.zip -d /tmp/import/files || python3 -m zipfile -e /tmp/import/archive.zip /tmp/import/files',
    'cp -a /tmp/import/files/*/. .',
    'rm -rf /tmp/import',
    'ls -A',
    '',
  ].join('\n');
}

/** A folder's name that is free: `name`, `name_1`, … (SES-402). What a folder's name can't hold becomes `-`. */
export function freeFolderName(repository: string, taken: readonly string[]): string {
  const plain = repository.replace(/[^A-Za-z0-9_.-]/g, '-').replace(/^[._-]+/, '').replace(/[._-]+$/, '').slice(0, 60) || 'repository';
  if (!taken.includes(plain)) return plain;
  for (let i = 1; ; i += 1) if (!taken.includes(`${plain}_${i}`)) return `${plain}_${i}`;
}

/** The badge's address: opens the console's notebook import (SES-401). */
export function badgeLink(origin: string, notebook: string): string {
  return `${origin}/start?type=url&data=${encodeURIComponent(JSON.stringify({ url: notebook }))}`;
}

export function badgeCode(origin: string, notebook: string): { html: string; markdown: string } {
  const link = badgeLink(origin, notebook);
  const picture = `${origin}/badge.svg`;
  const name = 'Run on Backend.AI';
  return {
    html: `<a href="${link.replaceAll('&', '&amp;')}"><img src="${picture}" alt="${name}"></a>`,
    markdown: `[![${name}](${picture})](${link.replaceAll('(', '%28').replaceAll(')', '%29')})`,
  };
}

/** The notebook that a badge's `data` names; null where it names none. */
export function readBadgeData(data: string | null): string | null {
  try {
    const parsed: unknown = JSON.parse(data ?? '');
    const url = typeof parsed === 'object' && parsed !== null && 'url' in parsed ? parsed.url : null;
    return typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}

/** Badges of older consoles: `/github?<owner/repository/branch/path>`. */
export function readOlderBadge(search: string): string | null {
  const path = safeDecode(search.replace(/^\?/, '')).replace(/=$/, '');
  return /^[\w.-]+\/[\w.-]+\/.+\.ipynb$/.test(path) ? `https://raw.githubusercontent.com/${path}` : null;
}
