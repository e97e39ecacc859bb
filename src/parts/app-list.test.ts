import { describe, expect, it } from 'vitest';
import type { ServicePort } from '../client/sessions-types';
import { findApp, isRunByHand, listApps } from './app-list';

const port = (name: string, protocol = 'http', isInference = false): ServicePort => ({ name, protocol, containerPorts: [8000], hostPorts: [30000], isInference });
const session = (...servicePorts: ServicePort[]) => ({ type: 'interactive', servicePorts });
const shown = (list: ReturnType<typeof listApps>) => list.groups.map(({ category, apps }) => `${category}: ${apps.map(({ title }) => title).join(', ')}`);

describe('the apps on offer', () => {
  it('SES-280 SES-R70 stand by category in the table’s order, inference apps left out', () => {
    const list = listApps(
      session(port('zeta'), port('jupyterlab'), port('ttyd'), port('jupyter'), port('vllm', 'http', true), port('mlflow-ui', 'preopen'), port('8123', 'preopen'), port('alpha'), port('secret', 'internal')),
      { tcp: true, console: 'Console' },
    );
    expect(shown(list)).toEqual(['utilities: Console', 'development: Jupyter Notebook, JupyterLab', 'autoMl: MLFlow UI', 'custom: alpha, zeta']);
    expect(list.preopen.map(({ name, protocol }) => [name, protocol])).toEqual([['8123', 'preopen']]);
    expect(findApp(list, 'jupyter')).toMatchObject({ path: '/tree', isGateway: false });
    expect(findApp(list, '8123')?.service).toBe('8123');
    expect(isRunByHand(findApp(list, 'mlflow-ui') ?? fail())).toBe(true);
    expect(findApp(list, 'vllm')).toBeUndefined();
  });

  it('SES-280 the console is always there', () => {
    expect(shown(listApps(session(), { tcp: false, console: 'Console' }))).toEqual(['utilities: Console']);
  });

  it('SES-282 what goes by TCP needs the operator’s leave; the desktop editor stands on SSH', () => {
    const ports = [port('sshd', 'tcp'), port('vnc', 'vnc'), port('xrdp', 'http'), port('vnc-web')];
    expect(shown(listApps(session(...ports), { tcp: false, console: 'Console' }))).toEqual(['utilities: Console', 'desktop: VNC (Web)']);
    const list = listApps(session(...ports), { tcp: true, console: 'Console' });
    expect(shown(list)).toEqual(['utilities: SSH / SFTP, Console', 'development: Visual Studio Code (Desktop)', 'desktop: VNC, VNC (Web), RDP']);
    expect(findApp(list, 'vscode-desktop')).toMatchObject({ service: 'sshd', protocol: 'tcp' });
    expect(findApp(list, 'xrdp')).toMatchObject({ protocol: 'rdp', isGateway: true });
  });

  it('SES-286 an upload session takes SSH in any case', () => {
    expect(shown(listApps({ type: 'system', servicePorts: [port('sshd', 'tcp')] }, { tcp: false, console: 'Console' }))).toEqual(['utilities: SSH / SFTP, Console']);
  });

  it('a name out of the prototype is just a name', () => {
    expect(findApp(listApps(session(port('constructor')), { tcp: false, console: 'Console' }), 'constructor')).toMatchObject({ category: 'custom', title: 'constructor' });
  });
});

function fail(): never {
  throw new Error('no such app');
}
