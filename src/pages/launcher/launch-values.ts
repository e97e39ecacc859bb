import * as z from 'zod/mini';
import { catch as caught } from 'zod/mini';
import { holdsSecret, looksSecret } from '../../lib/secret-names';

/**
 * What the user has chosen in the launcher, and nothing that follows from it: a field left alone is `null` or
 * `auto` and resolved when it is shown and sent (`launch-resolve.ts`), so that defaults follow the cluster.
 */

export const timeoutUnits = ['s', 'm', 'h', 'd', 'w'] as const;

/** Free texts that may carry a secret of their own (SEC-07, pitfall 18). */
export const secretTexts = ['startupCommand', 'bootstrapScript', 'callbackUrl'] as const;

const fallback = <T extends z.core.SomeType>(schema: T, value: z.core.output<T>) => caught(schema, value as never);

const text = fallback(z.string(), '');
const flag = (value: boolean) => fallback(z.boolean(), value);
const amount = fallback(z.nullable(z.number()), null);
const choice = fallback(z.nullable(z.string()), null);

const environEntry = z.object({
  /** Only tells rows apart on the screen. */
  key: z.string(),
  name: z.string(),
  value: z.string(),
  /** The value was left out of a draft or link because the name looks secret (SES-041). */
  missing: fallback(z.boolean(), false),
});

const mountEntry = z.object({
  /** UUID of the folder. */
  id: z.string(),
  name: z.string(),
  /** As typed; '' = the default place. */
  alias: fallback(z.string(), ''),
  readOnly: fallback(z.boolean(), false),
  /** A folder below the folder, which is mounted in its place (26.1+); none = all of it. */
  subpath: z.optional(z.string()),
});

const ownerEntry = z.object({
  /** As it stands in the field. */
  typed: fallback(z.string(), ''),
  /** The address that was searched for; '' = none yet. */
  email: fallback(z.string(), ''),
  /** null = the owner's first one. */
  accessKey: choice,
  /** UUID; null = the project of the header if it is the owner's too, else the first. */
  project: choice,
});

const dependencyEntry = z.object({ id: z.string(), name: z.string() });

/**
 * Every field falls back by itself: one part of a kept draft that no longer fits is lost alone.
 * `launchValuesSchema.parse({})` are the defaults.
 */
export const launchValuesSchema = z.object({
  type: fallback(z.enum(['interactive', 'batch']), 'interactive'),
  name: text,
  startupCommand: text,
  /** Local date and time, `2026-03-01T09:00`, as the field of the browser gives it. */
  startEnabled: flag(false),
  startAt: text,
  timeoutEnabled: flag(false),
  timeout: amount,
  timeoutUnit: fallback(z.enum(timeoutUnits), 'h'),
  /** Whom the session is for; null = myself. Neither kept nor linked (SES-041). */
  owner: fallback(z.nullable(ownerEntry), null),
  /** The draft was for somebody whom it may not name. */
  ownerDropped: flag(false),
  /** null = the manager's own default. */
  priority: amount,
  dependencies: fallback(z.array(dependencyEntry), []),
  bootstrapScript: text,
  tag: text,
  callbackUrl: text,
  /** Key of the environment (`registry/project/name`); null = the preselected one. */
  environment: choice,
  /** Full reference with architecture; null = the newest version of the environment. */
  image: choice,
  /** A full reference typed by hand (SES-062); while it is not '', the two above do not count. */
  imageName: text,
  environ: fallback(z.array(environEntry), []),
  resourceGroup: choice,
  /** `auto`, `minimum`, `custom`, or `preset:<name>` */
  allocation: fallback(z.string(), 'auto'),
  /** The amounts of `custom`, per container: cores, bytes, bytes, units of the slot. */
  cpu: amount,
  mem: amount,
  shmAuto: flag(true),
  shm: amount,
  acceleratorSlot: choice,
  accelerator: amount,
  /** Thread counts follow the cores (SES-075). */
  hpcAuto: flag(true),
  ompThreads: fallback(z.nullable(z.number()), 1),
  openblasThreads: fallback(z.nullable(z.number()), 1),
  sessions: fallback(z.nullable(z.number()), 1),
  clusterMode: fallback(z.enum(['single-node', 'multi-node']), 'single-node'),
  clusterSize: fallback(z.nullable(z.number()), 1),
  /** Ids of agents; none = the manager chooses (SES-073). */
  agents: fallback(z.array(z.string()), []),
  mounts: fallback(z.array(mountEntry), []),
  ports: fallback(z.array(z.number()), []),
  /** Typed into the field of ports and not taken yet. */
  portText: text,
  /** Texts that were left out of a draft or link because they seem to hold a secret. */
  dropped: fallback(z.array(z.enum(secretTexts)), []),
});

export type LaunchValues = z.infer<typeof launchValuesSchema>;
export type EnvironEntry = z.infer<typeof environEntry>;
export type MountEntry = z.infer<typeof mountEntry>;
export type OwnerEntry = z.infer<typeof ownerEntry>;

export function defaultLaunchValues(type: LaunchValues['type'] = 'interactive'): LaunchValues {
  return { ...launchValuesSchema.parse({}), type };
}

/** The five steps in their order; a step's number in the address is its place here. */
export const steps = ['type', 'environment', 'data', 'network', 'review'] as const;
export type Step = (typeof steps)[number];

export const environNamePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What the switch of SES-075 sets where it is off. */
export const threadVariables = [
  { name: 'OMP_NUM_THREADS', field: 'ompThreads' },
  { name: 'OPENBLAS_NUM_THREADS', field: 'openblasThreads' },
] as const;

/** Names that the server sets itself (SES-R90). */
export function isReservedEnviron(name: string): boolean {
  return name.toUpperCase().startsWith('BACKENDAI_');
}

/** Values as they may be kept or linked: no secret value and no other's account leaves the page (SES-041, SEC-07). */
export function withoutSecrets(values: LaunchValues): LaunchValues {
  const dropped = secretTexts.filter((field) => holdsSecret(values[field]) || (values[field] === '' && values.dropped.includes(field)));
  return {
    ...values,
    ...(Object.fromEntries(dropped.map((field) => [field, ''])) as Partial<LaunchValues>),
    dropped,
    owner: null,
    ownerDropped: values.owner !== null || values.ownerDropped,
    environ: values.environ.map((entry) =>
      looksSecret(entry.name) && (entry.value !== '' || entry.missing)
        ? { ...entry, value: '', missing: true }
        : { ...entry, missing: false },
    ),
  };
}
