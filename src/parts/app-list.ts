import { isGatewayProtocol } from '../client/app-protocol';
import type { SessionRow } from '../client/sessions-types';

/** The apps of a session as they are offered (SES-280, SES-R70). Pure. */

export const appCategories = ['utilities', 'development', 'machineLearning', 'autoMl', 'bigData', 'desktop', 'scientific', 'etc', 'custom'] as const;
export type AppCategory = (typeof appCategories)[number];

interface Face {
  category: AppCategory;
  /** A product's name; it is the same in every language. */
  title: string;
  /** Where in the app to land. */
  path?: string;
  /** Over what the manager says of the port. */
  protocol?: string;
}

/** In the order in which they are shown. */
const faces: Readonly<Record<string, Face>> = {
  sftp: { category: 'utilities', title: 'SFTP' },
  sshd: { category: 'utilities', title: 'SSH / SFTP', protocol: 'tcp' },
  ttyd: { category: 'utilities', title: 'Console' },
  filebrowser: { category: 'utilities', title: 'FileBrowser' },
  jupyter: { category: 'development', title: 'Jupyter Notebook', path: '/tree' },
  nbextensions: { category: 'development', title: 'Jupyter Notebook Extensions', path: '/nbextensions' },
  jupyterlab: { category: 'development', title: 'JupyterLab', path: '/lab' },
  vscode: { category: 'development', title: 'Visual Studio Code' },
  'vscode-desktop': { category: 'development', title: 'Visual Studio Code (Desktop)', protocol: 'tcp' },
  tensorboard: { category: 'machineLearning', title: 'TensorBoard' },
  digits: { category: 'machineLearning', title: 'DIGITS' },
  'h2o-dai': { category: 'machineLearning', title: 'H2O driverless AI' },
  wandb: { category: 'machineLearning', title: 'Weights & Biases' },
  'triton-server': { category: 'machineLearning', title: 'Triton Inference Server' },
  nniboard: { category: 'autoMl', title: 'NNI Board' },
  'mlflow-ui': { category: 'autoMl', title: 'MLFlow UI' },
  spark: { category: 'bigData', title: 'Spark' },
  vnc: { category: 'desktop', title: 'VNC', protocol: 'vnc' },
  'vnc-web': { category: 'desktop', title: 'VNC (Web)', path: '/vnc.html?autoconnect=true&password=backendai' },
  novnc: { category: 'desktop', title: 'VNC (Web)', path: '/vnc.html?autoconnect=true&password=backendai' },
  xfce: { category: 'desktop', title: 'Xfce' },
  gnome: { category: 'desktop', title: 'GNOME' },
  KDE: { category: 'desktop', title: 'KDE' },
  xrdp: { category: 'desktop', title: 'RDP', protocol: 'rdp' },
  rstudio: { category: 'scientific', title: 'R-Studio' },
  matlab: { category: 'scientific', title: 'MATLAB' },
  spectravis: { category: 'scientific', title: 'SpectraVis' },
  submit: { category: 'etc', title: 'Submit' },
};

export interface OfferedApp {
  name: string;
  title: string;
  category: AppCategory;
  /** What the manager is asked to start. */
  service: string;
  protocol: string;
  /** '' = its root. */
  path: string;
  /** Another program connects to it: no tab. */
  isGateway: boolean;
}

export interface AppList {
  groups: { category: AppCategory; apps: OfferedApp[] }[];
  /** Ports that the user asked to open when the session was launched. */
  preopen: OfferedApp[];
}

/** Apps that only answer once the user runs them in the session (SES-285). */
export function isRunByHand(app: OfferedApp): boolean {
  return app.name === 'nniboard' || app.name === 'mlflow-ui';
}

function offer(name: string, service: string, given: string): OfferedApp {
  const face = Object.hasOwn(faces, name) ? faces[name] : undefined;
  const protocol = face?.protocol ?? given;
  return {
    name,
    service,
    title: face?.title ?? name,
    category: face?.category ?? 'custom',
    protocol,
    path: face?.path ?? '',
    isGateway: isGatewayProtocol(protocol),
  };
}

const order = Object.keys(faces);

/** Known ones in the table's order, others by name. */
function compare(a: OfferedApp, b: OfferedApp): number {
  const [i, k] = [order.indexOf(a.name), order.indexOf(b.name)];
  if (i >= 0 && k >= 0) return i - k;
  return i === k ? a.name.localeCompare(b.name) : k - i;
}

/**
 * `tcp`: `[resources] allowNonAuthTCP`; who connects by TCP needs no log-in at the proxy (SES-282). `console`: what the
 * terminal is called, which is no product's name.
 */
export function listApps(session: Pick<SessionRow, 'servicePorts' | 'type'>, options: { tcp: boolean; console: string }): AppList {
  const ports = session.servicePorts.filter((port) => !port.isInference && port.protocol !== 'internal' && port.protocol !== 'pty');
  const isPreopen = (port: { name: string; protocol: string }) => port.protocol === 'preopen' && /^\d+$/.test(port.name);
  const apps = ports.filter((port) => port.name !== 'ttyd' && !isPreopen(port)).map((port) => offer(port.name, port.name, port.protocol));
  // Always there, whatever the session says (SES-280).
  apps.push({ ...offer('ttyd', 'ttyd', 'http'), title: options.console });
  // The editor on the user's machine goes by the same service as SSH.
  if (apps.some(({ name }) => name === 'sshd') && !apps.some(({ name }) => name === 'vscode-desktop') && session.type !== 'system') {
    apps.push(offer('vscode-desktop', 'sshd', 'tcp'));
  }
  // Files go up and down by SSH there, which does not pass the app proxy (SES-286).
  const tcp = options.tcp || session.type === 'system';
  const shown = apps.filter((app) => tcp || !app.isGateway).sort(compare);
  return {
    groups: appCategories.map((category) => ({ category, apps: shown.filter((app) => app.category === category) })).filter((group) => group.apps.length > 0),
    preopen: ports.filter(isPreopen).map((port) => offer(port.name, port.name, port.protocol)),
  };
}

export function findApp({ groups, preopen }: AppList, name: string): OfferedApp | undefined {
  return [...groups.flatMap((group) => group.apps), ...preopen].find((app) => app.name === name);
}
