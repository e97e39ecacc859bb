import type { AppVisit, Cluster } from '../cluster/api';

/** What a visitor finds at an app: a small page that says what it knows of the session, and that it is simulated. */

const TITLES: Readonly<Record<string, string>> = {
  jupyter: 'Jupyter Notebook',
  jupyterlab: 'JupyterLab',
  ttyd: 'Console',
  filebrowser: 'FileBrowser',
  vscode: 'Visual Studio Code',
  tensorboard: 'TensorBoard',
  rstudio: 'R-Studio',
  'vnc-web': 'VNC (Web)',
};

const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 48rem; padding: 2rem 1.25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
p { margin: .5rem 0; }
ul { padding-inline-start: 1.25rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
small { opacity: .75; }`;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li><code>${escapeHtml(item)}</code></li>`).join('')}</ul>`;
}

/** What lies in the home, but hidden files. */
function home(cluster: Cluster, { session }: AppVisit): string[] {
  const files = cluster.files.inSession(session);
  const names = files.list('/home/work').filter((name) => !name.startsWith('.'));
  return names.map((name) => (files.isDirectory(`/home/work/${name}`) ? `${name}/` : name));
}

function body(cluster: Cluster, visit: AppVisit, path: string): string {
  const { session, app, arguments: args } = visit;
  switch (app) {
    case 'jupyter':
    case 'jupyterlab': {
      const notebook = /^\/(?:notebooks|lab\/tree)\/(.+)$/.exec(path)?.[1];
      if (notebook !== undefined) return `<p>Notebook <code>${escapeHtml(decodeURIComponent(notebook))}</code></p>`;
      return `<h2>Files</h2>${list(home(cluster, visit))}`;
    }
    case 'filebrowser':
    case 'vscode':
      return `<h2>/home/work</h2>${list(home(cluster, visit))}`;
    case 'tensorboard':
      return `<p>Log directory <code>${escapeHtml(args['--logdir'] ?? '/home/work/logs')}</code></p><p>No dashboards are active for this data set.</p>`;
    case 'ttyd':
      return '<p>The shell of this simulated container is reached by the terminal inside the console.</p>';
    default:
      return `<p>The service <code>${escapeHtml(app)}</code> of <code>${escapeHtml(session.imageReference)}</code> answers here.</p>`;
  }
}

/** What Python's own web server answers: a file as it is, a directory as a list. */
function served(cluster: Cluster, { session, directory }: AppVisit, path: string): Response {
  const files = cluster.files.inSession(session);
  const asked = decodeURIComponent(path).replace(/\/$/, '');
  // No way out of what is served.
  const at = asked.split('/').includes('..') ? null : `${directory ?? ''}${asked}`;
  const answer = (status: number, text: string, type: string) => new Response(text, { status, headers: { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' } });
  if (at === null || !files.find(at)) return answer(404, '<!doctype html><html lang="en"><title>Error response</title><h1>Error response</h1><p>Error code: 404</p><p>Message: File not found.</p></html>', 'text/html');
  if (!files.isDirectory(at)) return answer(200, files.read(at), 'text/plain');
  const names = files.list(at).map((name) => `${name}${files.isDirectory(`${at}/${name}`) ? '/' : ''}`);
  const title = `Directory listing for ${escapeHtml(`${asked}/`)}`;
  const items = names.map((name) => `<li><a href="${escapeHtml(encodeURI(`${asked}/${name}`))}">${escapeHtml(name)}</a></li>`).join('');
  return answer(200, `<!doctype html><html lang="en"><head><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1><hr><ul>${items}</ul><hr></body></html>`, 'text/html');
}

export function appPage(cluster: Cluster, visit: AppVisit, path: string): Response {
  if (visit.directory !== null) return served(cluster, visit, path);
  const title = TITLES[visit.app] ?? visit.app;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>Session <strong>${escapeHtml(visit.session.name)}</strong>, path <code>${escapeHtml(path)}</code></p>
${body(cluster, visit, path)}
<hr><p><small>Simulated app of a simulated cluster (manager ${escapeHtml(cluster.version)}).</small></p></body></html>`;
  return new Response(html, { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } });
}
