/** The texts of JSON inside a session's record, read into the console's types. Any part may be missing. */
import * as z from 'zod/mini';
import { parseAmount } from '../lib/quantities';
import { jsonText } from './json-text';
import type { IdleCheck, IdleChecks, LiveMetric, LiveStat, ServicePort, StatusData } from './sessions-types';

const amount = z.nullish(z.union([z.string(), z.number()]));
const words = z.nullish(z.string());

/** null for what is missing, no number or negative (no data, SES-R60). */
function measured(raw: unknown): number | null {
  const value = parseAmount(raw);
  return Number.isNaN(value) || value < 0 ? null : value;
}

/** The manager's "none" for a capacity (26.5+). */
const noCapacity = 2 ** 63 - 1;

function toMetric(raw: Record<string, unknown>): LiveMetric {
  const capacity = measured(raw.capacity);
  return {
    current: measured(raw.current),
    capacity: capacity === null || capacity === 0 || capacity >= noCapacity ? null : capacity,
    pct: measured(raw.pct),
    unit: typeof raw.unit_hint === 'string' ? raw.unit_hint : '',
    rate: measured(raw['stats.rate']),
    avg: measured(raw['stats.avg']),
    max: measured(raw['stats.max']),
  };
}

export const liveStat = z.pipe(
  jsonText(z.record(z.string(), z.nullable(z.record(z.string(), z.unknown())))),
  z.transform((raw): LiveStat | null => {
    if (raw === null) return null;
    const metrics = Object.entries(raw).flatMap(([name, metric]) => (metric === null ? [] : [[name, toMetric(metric)]]));
    return Object.fromEntries(metrics) as LiveStat;
  }),
);

const ports = z.nullish(z.array(z.nullable(z.number())));

export const servicePorts = z.pipe(
  jsonText(
    z.array(
      z.object({
        name: z.string(),
        protocol: words,
        container_ports: ports,
        host_ports: ports,
        is_inference: z.nullish(z.boolean()),
      }),
    ),
  ),
  z.transform((raw): ServicePort[] =>
    (raw ?? []).map((port) => ({
      name: port.name,
      protocol: port.protocol ?? 'http',
      containerPorts: (port.container_ports ?? []).filter((number) => number !== null),
      hostPorts: (port.host_ports ?? []).filter((number) => number !== null),
      isInference: port.is_inference ?? false,
    })),
  ),
);

const idleCheck = z.object({
  remaining: amount,
  remaining_time_type: words,
  extra: z.nullish(
    z.object({
      thresholds_check_operator: words,
      resources: z.nullish(z.record(z.string(), z.nullable(z.array(amount)))),
    }),
  ),
});

function toIdleCheck(raw: z.infer<typeof idleCheck>): IdleCheck {
  const remaining = parseAmount(raw.remaining ?? undefined);
  const operator = raw.extra?.thresholds_check_operator;
  const resources = Object.entries(raw.extra?.resources ?? {}).map(([name, pair]) => [
    name,
    { average: measured(pair?.[0]), threshold: measured(pair?.[1]) },
  ]);
  const known = Number.isNaN(remaining) ? null : remaining;
  return {
    remaining: known,
    // Counted down here between two reports; the clocks of browser and manager need not agree.
    endsAt: known === null || known < 0 ? null : Date.now() + Math.round(known) * 1000,
    type: raw.remaining_time_type === 'grace_period' ? 'grace_period' : 'expire_after',
    operator: operator === 'and' || operator === 'or' ? operator : null,
    resources: Object.fromEntries(resources) as IdleCheck['resources'],
  };
}

export const idleChecks = z.pipe(
  jsonText(z.record(z.string(), z.nullable(idleCheck))),
  z.transform((raw): IdleChecks | null => {
    if (raw === null) return null;
    const checks = Object.entries(raw).flatMap(([name, check]) => (check === null ? [] : [[name, toIdleCheck(check)]]));
    return Object.fromEntries(checks) as IdleChecks;
  }),
);

/** Bytes of shared memory over all containers: keyed by host name, or flat for all of them. */
export const sharedMemory = z.pipe(
  jsonText(z.record(z.string(), z.unknown())),
  z.transform((raw): number => {
    const own = measured(raw?.shmem);
    if (own !== null) return own;
    return Object.values(raw ?? {}).reduce<number>((sum, options) => {
      const shmem = typeof options === 'object' && options !== null && 'shmem' in options ? options.shmem : null;
      return sum + (measured(shmem) ?? 0);
    }, 0);
  }),
);

export const statusHistory = jsonText(z.record(z.string(), z.string()));

const predicate = z.object({ name: words, msg: words });
const failure = z.object({ src: words, agent_id: words, name: words, repr: words, traceback: words });

const statusRecord = z.object({
  scheduler: z.nullish(
    z.object({
      failed_predicates: z.nullish(z.array(predicate)),
      passed_predicates: z.nullish(z.array(predicate)),
      retries: amount,
      last_try: words,
      msg: words,
    }),
  ),
  error: z.nullish(z.extend(failure, { collection: z.nullish(z.array(failure)) })),
  kernel: z.nullish(z.object({ exit_code: amount })),
  session: z.nullish(z.object({ status: words })),
});

function toError(raw: z.infer<typeof failure>): StatusData['errors'][number] {
  return {
    source: raw.src ?? null,
    agentId: raw.agent_id ?? null,
    name: raw.name ?? null,
    message: raw.repr ?? null,
    traceback: raw.traceback ?? null,
  };
}

/** Exit codes may be negative. */
function whole(raw: unknown): number | null {
  const value = parseAmount(raw);
  return Number.isFinite(value) ? value : null;
}

function toStatusData(raw: z.infer<typeof statusRecord>): StatusData {
  const { scheduler, error } = raw;
  const collection = error?.collection ?? [];
  return {
    scheduler: scheduler
      ? {
          failed: (scheduler.failed_predicates ?? []).flatMap(({ name, msg }) => (name ? [{ name, message: msg ?? null }] : [])),
          passed: (scheduler.passed_predicates ?? []).flatMap(({ name }) => (name ? [{ name }] : [])),
          retries: whole(scheduler.retries),
          lastTry: scheduler.last_try ?? null,
          message: scheduler.msg || null,
        }
      : null,
    errors: collection.length > 0 ? collection.map(toError) : error ? [toError(error)] : [],
    kernelExitCode: whole(raw.kernel?.exit_code),
    sessionStatus: raw.session?.status ?? null,
  };
}

export const statusData = z.pipe(
  jsonText(statusRecord),
  z.transform((raw): StatusData | null => (raw === null ? null : toStatusData(raw))),
);
