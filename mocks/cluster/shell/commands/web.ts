import { hash, noise } from '../../rng';

/** The world outside, as far as programs of a container ask for it: the same address always answers the same. */
export interface WebAnswer {
  status: number;
  body: string;
  /** A redirect's target. */
  location?: string;
}

/** Archives are told by their first letters; behind them stands what is inside, as JSON. */
const MAGIC: Record<'zip' | 'tar', string> = { zip: 'PK\u0003\u0004', tar: '\u001f\u008b' };

export function packed(kind: 'zip' | 'tar', files: Record<string, string>): string {
  return MAGIC[kind] + JSON.stringify(files);
}

/** What is inside an archive; null when it is none of that kind. */
export function unpacked(kind: 'zip' | 'tar', content: string): Record<string, string> | null {
  if (!content.startsWith(MAGIC[kind])) return null;
  try {
    return JSON.parse(content.slice(MAGIC[kind].length)) as Record<string, string>;
  } catch {
    return null;
  }
}

/** A small project that is named after its repository. */
export function repositoryFiles(name: string, branch: string): Record<string, string> {
  return {
    'README.md': `# ${name}\n\nBranch \`${branch}\`.\n\nRun \`python3 main.py\`.\n`,
    'main.py': `print("hello from ${name}")\n`,
    'requirements.txt': 'numpy\npandas\n',
    'notebooks/intro.ipynb': notebook(name),
    'src/__init__.py': '',
    'src/model.py': `"""Model of ${name}."""\n\nLAYERS = ${String(2 + (hash(name) % 10))}\n`,
    '.gitignore': '__pycache__/\n*.pyc\n',
  };
}

function notebook(title: string): string {
  const cell = (kind: string, source: string): unknown =>
    kind === 'code' ? { cell_type: kind, execution_count: null, metadata: {}, outputs: [], source: [source] } : { cell_type: kind, metadata: {}, source: [source] };
  const content = {
    cells: [cell('markdown', `# ${title}`), cell('code', 'import sys\nprint(sys.version)')],
    metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}

function archive(kind: 'zip' | 'tar', repository: string, branch: string): WebAnswer {
  const top = `${repository}-${branch.replaceAll('/', '-')}`;
  const files = Object.entries(repositoryFiles(repository, branch)).map(([path, text]): [string, string] => [`${top}/${path}`, text]);
  return { status: 200, body: packed(kind, Object.fromEntries(files)) };
}

/** Null: no such host. */
export function ask(address: string): WebAnswer | null {
  let url: URL;
  try {
    url = new URL(/^https?:\/\//.test(address) ? address : `http://${address}`);
  } catch {
    return null;
  }
  if (!url.hostname.includes('.') || /\.(?:invalid|internal|local)$/.test(url.hostname)) return null;
  const path = decodeURIComponent(url.pathname);
  if (path.includes('missing')) return { status: 404, body: '404: Not Found' };
  const codeload = /^\/[^/]+\/([^/]+)\/(?:legacy\.)?(zip|tar\.gz)\/(?:refs\/(?:heads|tags)\/)?(.+)$/.exec(path);
  if (url.hostname === 'codeload.github.com' && codeload) return archive(codeload[2] === 'zip' ? 'zip' : 'tar', codeload[1] ?? '', codeload[3] ?? '');
  const github = /^\/([^/]+)\/([^/]+)\/archive\/((?:refs\/(?:heads|tags)\/)?.+)\.(zip|tar\.gz)$/.exec(path);
  if (url.hostname === 'github.com' && github) {
    const [, owner = '', name = '', ref = '', kind = ''] = github;
    return { status: 302, body: '', location: `https://codeload.github.com/${owner}/${name}/${kind}/${ref}` };
  }
  if (url.hostname === 'api.github.com' && /^\/repos\/[^/]+\/[^/]+\/?$/.test(path)) {
    return { status: 200, body: `${JSON.stringify({ name: path.split('/')[3], default_branch: 'main' }, null, 2)}\n` };
  }
  const gitlab = /^\/.*?([^/]+)\/-\/archive\/(.+)\/[^/]+\.(zip|tar\.gz)$/.exec(path);
  if (gitlab) return archive(gitlab[3] === 'zip' ? 'zip' : 'tar', gitlab[1] ?? '', gitlab[2] ?? '');
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file.endsWith('.ipynb')) return { status: 200, body: notebook(file.slice(0, -6)) };
  if (/\.(?:csv|tsv)$/.test(file)) {
    const rows = Array.from({ length: 10 }, (_x, i) => `${String(i)},${noise(hash(address), i).toFixed(4)}`);
    return { status: 200, body: `id,value\n${rows.join('\n')}\n` };
  }
  return { status: 200, body: `<!doctype html>\n<title>${url.hostname}</title>\n<p>${path}</p>\n` };
}
