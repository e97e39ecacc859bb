import { DAY, HOUR, MINUTE } from '../clock';
import type { Context } from '../context';
import { pick, random, randomInt } from '../rng';
import type { ClusterState, Session, User } from '../types';
import { GIB, addAgent, addResourceGroup, gpus } from './infrastructure';
import { addPerson } from './people';
import type { Past } from './session-maker';
import { makePast } from './session-maker';

const WORDS = ['train', 'infer', 'sweep', 'label', 'notebook', 'render', 'align', 'index', 'crawl', 'grid'];

/** 500 agents in ten groups, 2,000 people; no idle check ends their sessions, so that the cluster stays calm. */
export function addCrowd(state: ClusterState): void {
  state.settings.idleCheckers.utilization = null;
  const groups = Array.from({ length: 10 }, (_x, i) => `rg-${String(i + 1).padStart(2, '0')}`);
  for (const name of groups) addResourceGroup(state, name, { description: `Group ${name}` });
  const domain = state.domains['default'];
  if (domain) domain.resourceGroups = [...domain.resourceGroups, ...groups];
  const have = Object.keys(state.agents).length;
  for (let i = have; i < 500; i += 1) {
    const group = groups[i % groups.length] ?? 'default';
    addAgent(state, `i-node${String(i).padStart(3, '0')}`, group, { cpu: 128, mem: 1024 * GIB, 'cuda.device': 8 }, {
      devices: { cuda: gpus(state, 8, 'NVIDIA A100-SXM4-80GB', 80 * GIB, 1) },
    });
  }
  const everywhere = Object.keys(state.agents);
  for (const image of Object.values(state.images)) {
    if (image.architecture === 'x86_64' && image.installedAgents.length > 1) image.installedAgents = everywhere;
  }
  const project = Object.values(state.projects).find((one) => one.name === 'default');
  for (let i = Object.keys(state.users).length; i < 2000; i += 1) {
    const number = String(i).padStart(4, '0');
    addPerson(
      state,
      {
        email: `person${number}@example.com`,
        fullName: `Person ${number}`,
        password: `person-Demo-${number}`,
        role: 'user',
        policy: 'operators',
        projects: ['default'],
      },
      project ? [project.id] : [],
    );
  }
}

/** Many sessions of the project `default`: most are over, the others stay as they are. */
export function manySessions(ctx: Context, count: number): Session[] {
  const { state } = ctx;
  const users = Object.values(state.users).filter((user) => user.role !== 'monitor');
  const demoUser = users.find((user) => user.email === 'user@example.com');
  const project = Object.values(state.projects).find((one) => one.name === 'default');
  const images = Object.values(state.images).filter(
    (image) => image.architecture === 'x86_64' && image.labels['ai.backend.role'] === 'COMPUTE' && image.customized === null,
  );
  const crowd = Object.values(state.agents).filter((agent) => agent.id.startsWith('i-node'));
  // A small cluster cannot hold many: there the running ones are few.
  const places = crowd.length > 0 ? crowd : Object.values(state.agents).filter((agent) => agent.id === 'i-gpu01');
  let room = crowd.length > 0 ? Number.POSITIVE_INFINITY : 8;
  /** People with a limited policy keep room for new ones. */
  const limited = new Map<string, number>();
  const mayRun = (owner: User, policy: string): boolean => {
    if (policy === 'operators') return true;
    const count = (limited.get(owner.id) ?? 0) + 1;
    limited.set(owner.id, count);
    return count <= 3;
  };
  const sessions: Session[] = [];
  for (let i = 0; i < count; i += 1) {
    const owner: User | undefined = i % 10 === 0 ? demoUser : users[randomInt(state, 0, users.length - 1)];
    const keypair = state.keypairs[owner?.mainAccessKey ?? ''];
    if (!owner || !keypair || !project) break;
    const agent = pick(state, places);
    const batch = random(state) < 0.35;
    const created = MINUTE + Math.floor(random(state) ** 2 * 60 * DAY);
    const base: Past = {
      owner,
      keypair,
      project,
      image: pick(state, images),
      group: agent.resourceGroup,
      slots: { cpu: randomInt(state, 1, 4), mem: randomInt(state, 4, 16) * GIB },
      name: `${pick(state, WORDS)}-${String(i).padStart(5, '0')}`,
      type: batch ? 'batch' : 'interactive',
      status: 'TERMINATED',
      created,
    };
    if (batch) base.command = 'sleep infinity';
    const dice = random(state);
    if (dice < 0.15 && room > 0 && mayRun(owner, keypair.resourcePolicy)) {
      room -= 1;
      sessions.push(makePast(ctx, { ...base, status: 'RUNNING', slots: { cpu: 2, mem: 4 * GIB }, created: Math.min(created, 20 * HOUR), agents: [agent.id] }));
    } else if (dice < 0.17) {
      sessions.push(makePast(ctx, { ...base, type: 'batch', command: 'python report.py', status: 'PENDING', created: Math.min(created, 5 * HOUR), startsAfter: ctx.now + 30 * DAY, info: 'predicate-checks-failed' }));
    } else if (dice < 0.25) {
      sessions.push(makePast(ctx, { ...base, status: 'CANCELLED', info: 'user-requested' }));
    } else {
      const good = random(state) < 0.8;
      sessions.push(
        makePast(ctx, {
          ...base,
          agents: [agent.id],
          ran: Math.min(created - MINUTE / 2, Math.floor(random(state) * 8 * HOUR)),
          info: batch ? (good ? 'task-finished' : 'task-failed') : 'user-requested',
          result: batch ? (good ? 'SUCCESS' : 'FAILURE') : 'UNDEFINED',
          exitCode: good ? 0 : 1,
        }),
      );
    }
  }
  return sessions;
}
