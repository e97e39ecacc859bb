import { DAY } from '../clock';
import { hash, hex, noise, uuid } from '../rng';
import type { ClusterState, Image } from '../types';

const REGISTRY = 'cr.example.org';
const JUPYTER = 'ipython:pty:3000,jupyter:http:8081,jupyterlab:http:8090,vscode:http:8180,tensorboard:http:6006';
const X86 = ['i-gpu01', 'i-cpu01', 'i-h100-01'];
const ARM = ['i-arm01'];

interface Recipe {
  base: string;
  tag: string;
  project?: string;
  arch?: 'x86_64' | 'aarch64';
  mem: string;
  /** GB on disk. */
  size: number;
  distro: string;
  services?: string;
  accelerators?: string;
  gpu?: boolean;
  features?: string;
  role?: string;
  runtime?: string;
  shmem?: string;
  agents?: string[];
  extra?: Record<string, string>;
}

const ML = { services: JUPYTER, accelerators: 'cuda', gpu: true, distro: 'ubuntu22.04', mem: '1g' };

const RECIPES: readonly Recipe[] = [
  { base: 'python', tag: '3.13-ubuntu24.04', mem: '256m', size: 1.3, distro: 'ubuntu24.04', services: JUPYTER },
  { base: 'python', tag: '3.12-ubuntu22.04', mem: '256m', size: 1.2, distro: 'ubuntu22.04', services: JUPYTER },
  { base: 'python', tag: '3.11-ubuntu22.04', mem: '256m', size: 1.2, distro: 'ubuntu22.04', services: JUPYTER },
  { base: 'python', tag: '3.12-ubuntu22.04', arch: 'aarch64', mem: '256m', size: 1.1, distro: 'ubuntu22.04', services: JUPYTER, agents: ARM },
  { ...ML, base: 'python-pytorch', tag: '2.6-py312-cuda12.6', size: 9.8, shmem: '1g' },
  { ...ML, base: 'python-pytorch', tag: '2.4-py312-cuda12.4', size: 9.1, shmem: '1g' },
  { ...ML, base: 'python-pytorch', tag: '2.1-py311-cuda12.1', size: 8.7 },
  { ...ML, base: 'python-pytorch', tag: '1.13-py310-cuda11.8', size: 7.9 },
  { base: 'python-pytorch', tag: '2.4-py312-ubuntu22.04', arch: 'aarch64', mem: '1g', size: 4.2, distro: 'ubuntu22.04', services: JUPYTER, agents: ARM },
  // Only on the agent that takes no sessions: elsewhere it is pulled first.
  { ...ML, base: 'python-tensorflow', tag: '2.16-py311-cuda12.3', size: 6.4, agents: ['i-cpu01'] },
  { ...ML, base: 'python-tensorflow', tag: '2.3-py36-cuda10.1', size: 5.2, distro: 'ubuntu18.04' },
  { ...ML, base: 'python-tensorflow', tag: '1.15-py36-cuda10.0', size: 4.8, distro: 'ubuntu18.04' },
  { ...ML, base: 'ngc-pytorch', tag: '24.12-py3-amd64', size: 21, mem: '2g' },
  { ...ML, base: 'ngc-pytorch', tag: '24.03-py3-amd64', size: 20.1, mem: '2g' },
  { ...ML, base: 'ngc-tensorflow', tag: '24.03-tf2-py3', size: 15.3, mem: '2g', agents: ['i-h100-01'] },
  { base: 'r-base', tag: '4.3-ubuntu22.04', mem: '256m', size: 1.9, distro: 'ubuntu22.04', services: 'rstudio:http:8787', runtime: 'r' },
  { base: 'julia', tag: '1.10-ubuntu22.04', mem: '256m', size: 1.5, distro: 'ubuntu22.04', services: 'jupyterlab:http:8090', runtime: 'julia' },
  { base: 'gcc', tag: '13.2-ubuntu22.04', mem: '256m', size: 1.4, distro: 'ubuntu22.04', services: 'vscode:http:8180', runtime: 'c' },
  { base: 'afni', tag: 'ubuntu18.04', project: 'community', mem: '512m', size: 3.4, distro: 'ubuntu18.04', services: 'xpra-desktop:http:10000' },
  { base: 'xfce-desktop', tag: '4.18-ubuntu22.04', project: 'community', mem: '1g', size: 3.9, distro: 'ubuntu22.04', services: 'vnc:vnc:5901,vnc-web:http:6901,xrdp:rdp:3389' },
  { base: 'vllm', tag: '0.9.1-cuda12.8-ubuntu24.04', mem: '2g', size: 17, distro: 'ubuntu24.04', services: 'vllm:http:8000', accelerators: 'cuda', features: 'uid-match', role: 'INFERENCE', extra: { 'ai.backend.endpoint-ports': 'vllm', 'ai.backend.model-path': '/models', 'ai.backend.model-format': 'custom' } },
  { base: 'filebrowser', tag: '2.27-alpine3.19', mem: '128m', size: 0.1, distro: 'alpine3.19', services: 'filebrowser:http:8080', features: 'uid-match', runtime: 'app', shmem: '16m' },
  { base: 'openssh-server', tag: '9.6-alpine3.19', mem: '64m', size: 0.05, distro: 'alpine3.19', services: '', features: 'uid-match private', role: 'SYSTEM', runtime: 'app', shmem: '16m', agents: ['i-upload01'] },
  { base: 'lab-notebook', tag: '1.0-ubuntu22.04', project: 'vision', mem: '512m', size: 2.2, distro: 'ubuntu22.04', services: 'jupyterlab:http:8090', features: 'batch query uid-match private' },
  // Known, but on no agent: offered only with `showNonInstalledImages`.
  { ...ML, base: 'python-pytorch', tag: '2.7-py313-cuda12.8', size: 10.4, agents: [] },
];

function toImage(state: ClusterState, recipe: Recipe): Image {
  const project = recipe.project ?? 'stable';
  const arch = recipe.arch ?? 'x86_64';
  const labels: Record<string, string> = {
    'ai.backend.role': recipe.role ?? 'COMPUTE',
    'ai.backend.features': recipe.features ?? 'batch query uid-match user-input',
    'ai.backend.kernelspec': '1',
    'ai.backend.base-distro': recipe.distro,
    'ai.backend.runtime-type': recipe.runtime ?? 'python',
    'ai.backend.runtime-path': '/usr/bin/python3',
    'ai.backend.resource.min.cpu': '1',
    'ai.backend.resource.min.mem': recipe.mem,
    ...recipe.extra,
  };
  if (recipe.services) labels['ai.backend.service-ports'] = recipe.services;
  if (recipe.accelerators) labels['ai.backend.accelerators'] = recipe.accelerators;
  if (recipe.shmem) labels['ai.backend.resource.preferred.shmem'] = recipe.shmem;
  const limits = [
    { key: 'cpu', min: '1', max: 'Infinity' },
    { key: 'mem', min: recipe.mem, max: 'Infinity' },
  ];
  if (recipe.gpu) {
    for (const slot of ['cuda.device', 'cuda.shares']) {
      labels[`ai.backend.resource.min.${slot}`] = '0';
      limits.push({ key: slot, min: '0', max: 'Infinity' });
    }
  }
  return {
    id: uuid(state),
    registry: REGISTRY,
    project,
    name: `${project}/${recipe.base}`,
    baseName: recipe.base,
    tag: recipe.tag,
    architecture: arch,
    digest: `sha256:${hex(state, 64)}`,
    sizeBytes: Math.round(recipe.size * 1e9),
    labels,
    resourceLimits: limits,
    supportedAccelerators: recipe.accelerators ? recipe.accelerators.split(',') : ['*'],
    aliases: [],
    installedAgents: recipe.agents ?? X86,
    status: 'ALIVE',
    isLocal: false,
    createdAt: state.now - Math.round((20 + noise(hash(recipe.tag), 1) * 300) * DAY),
    customized: null,
  };
}

export function addImages(state: ClusterState): void {
  for (const recipe of RECIPES) {
    const image = toImage(state, recipe);
    state.images[image.id] = { ...image, installedAgents: [...image.installedAgents] };
  }
}

/** What a session of a user was pushed as (SES-063, SES-C60). */
export function addCustomizedImage(state: ClusterState, ownerEmail: string, baseTag: string, name: string): void {
  const base = Object.values(state.images).find((image) => image.tag === baseTag);
  const owner = Object.values(state.users).find((user) => user.email === ownerEmail);
  if (!base || !owner) return;
  const customId = hex(state, 32);
  const id = uuid(state);
  state.images[id] = {
    ...base,
    id,
    tag: `${base.tag}-customized_${customId}`,
    digest: `sha256:${hex(state, 64)}`,
    sizeBytes: base.sizeBytes + 850_000_000,
    labels: {
      ...base.labels,
      'ai.backend.customized-image.owner': `user:${owner.id}`,
      'ai.backend.customized-image.name': name,
      'ai.backend.customized-image.id': customId,
      'ai.backend.customized-image.user.email': owner.email,
    },
    installedAgents: [...base.installedAgents],
    createdAt: state.now - 6 * DAY,
    customized: { ownerId: owner.id, ownerEmail: owner.email, name, id: customId },
  };
}
