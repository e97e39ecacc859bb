import { DAY } from '../clock';
import type { ClusterState } from '../types';

/** One template of each demo user: whoever asks sees both. */
export function addDemoTemplates(state: ClusterState): void {
  const add = (id: string, email: string, name: string, image: string, resources: Record<string, string>, more: { group?: string; startup?: string; mounts?: Record<string, string>; environ?: Record<string, string> } = {}): void => {
    const user = Object.values(state.users).find((one) => one.email === email);
    const project = Object.values(state.projects).find((one) => one.name === 'default');
    if (!user || !project) return;
    state.templates[id] = {
      id, name, createdAt: state.now - 12 * DAY, isActive: true, domain: 'default', projectId: project.id, userId: user.id,
      template: {
        api_version: 'v1',
        kind: 'taskTemplate',
        metadata: { name, tag: null },
        spec: {
          session_type: more.startup ? 'batch' : 'interactive',
          kernel: { image, architecture: 'x86_64', environ: more.environ ?? {}, run: more.startup ? { bootstrap: null, startup_command: more.startup } : null, git: null },
          scaling_group: more.group ?? 'default',
          mounts: more.mounts ?? {},
          resources,
          agent_list: null,
        },
      },
    };
  };
  const python = 'cr.example.org/stable/python:3.13-ubuntu24.04';
  add('7c1de05a0f3b4c52a1c59e1b6d2f8a01', 'user@example.com', 'daily-cleanup', python, { cpu: '2', mem: '4g' }, { startup: 'python cleanup.py', mounts: { datasets: '/home/work/in', results: '' }, environ: { KEEP_DAYS: '30' } });
  add('2b9f66c8e2d14d6f8b0a3c7742ee9d10', 'user2@example.com', 'course-notebook', 'cr.example.org/stable/ngc-pytorch:24.12-py3-amd64', { cpu: '2', mem: '8g', 'cuda.shares': '0.5' }, { group: 'nvidia-h100' });
}
