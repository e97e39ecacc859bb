import { useCallback, useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { bringsHandover, dropHandover, peekHandover } from '../../parts/launch-link';
import { readDraft, removeDraft, writeDraft } from './draft';
import type { Problem, ProblemId } from './problem';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues, Step } from './launch-values';
import { readLinkValues } from './link-values';

export interface LaunchForm {
  values: LaunchValues;
  set: (patch: Partial<LaunchValues>) => void;
  reset: () => void;
  /** What the server refused, at the fields it spoke of; each goes when its field changes. */
  refusals: readonly Problem[];
  setRefusals: (refusals: Problem[]) => void;
  /** What is merely missing is told once the field or its step has been left. */
  isShown: (problem: Problem) => boolean;
  leave: (field: string) => void;
  leaveSteps: (steps: readonly Step[]) => void;
  /** What was being filled in when a link, the history or an import put another form in its place. */
  setAside: LaunchValues | null;
  /** Takes it up again, or lets it go. */
  takeUp: (former: LaunchValues | null) => void;
  /** A link came whose settings can't be read; the form is as it was. */
  unreadable: boolean;
  /** That has been seen. */
  dismissUnreadable: () => void;
}

const resourceFields = ['allocation', 'cpu', 'mem', 'shm', 'accelerator', 'sessions', 'clusterSize'];

/** Which fields' refusals a change of a value makes void. */
const fieldsOf: Partial<Record<keyof LaunchValues, readonly string[]>> = {
  type: ['name', 'startupCommand', 'startAt', 'timeout', 'image', 'resourceGroup'],
  owner: ['owner', 'ownerAccessKey', 'ownerProject', 'resourceGroup', 'image', ...resourceFields],
  startEnabled: ['startAt'],
  timeoutEnabled: ['timeout'],
  timeoutUnit: ['timeout'],
  environment: ['image', ...resourceFields],
  image: ['image', ...resourceFields],
  imageName: ['image', 'imageName', ...resourceFields],
  resourceGroup: ['resourceGroup', 'agents', ...resourceFields],
  allocation: resourceFields,
  cpu: resourceFields,
  mem: resourceFields,
  shm: resourceFields,
  shmAuto: resourceFields,
  acceleratorSlot: resourceFields,
  accelerator: resourceFields,
  sessions: resourceFields,
  clusterSize: [...resourceFields, 'agents'],
  clusterMode: [...resourceFields, 'agents'],
  portText: ['ports'],
};

function isVoid(refusal: Problem, patch: Partial<LaunchValues>): boolean {
  if (refusal.field === 'launch') return true;
  return (Object.keys(patch) as (keyof LaunchValues)[]).some((key) => {
    if ((key === 'mounts' || key === 'owner') && refusal.field.startsWith('mount')) return true;
    return (fieldsOf[key] ?? [key]).includes(refusal.field);
  });
}

const quietAtFirst: readonly ProblemId[] = [
  'agentCount',
  'commandMissing',
  'ownerMissing',
  'startMissing',
  'environNameMissing',
  'environValueMissing',
  'portLeft',
];

/** What a link brings, put over what there is: a whole form, or the session type alone. */
function withLink(search: URLSearchParams, present: () => LaunchValues): LaunchValues {
  const link = search.get('formValues');
  const values = (link === null ? null : readLinkValues(link)) ?? present();
  const type = search.get('type');
  return type === 'interactive' || type === 'batch' ? { ...values, type } : values;
}

function isUnreadable(search: URLSearchParams): boolean {
  const link = search.get('formValues');
  return link !== null && readLinkValues(link) === null;
}

/** What another part of the console brought along; the draft where it brought nothing. */
function withHandover(state: unknown, present: () => LaunchValues): LaunchValues {
  const brought = bringsHandover(state) ? peekHandover() : null;
  const values = brought && readLinkValues(brought.text);
  if (!values) return present();
  return brought.owner ? { ...values, owner: { typed: brought.owner.email, ...brought.owner } } : values;
}

/** The former form, where it would be a loss: neither untouched nor the same but for the type that was asked for. */
function displaced(before: LaunchValues | null, now: LaunchValues): LaunchValues | null {
  if (before === null) return null;
  const same = (other: LaunchValues) => JSON.stringify(before) === JSON.stringify(other);
  return same(defaultLaunchValues(before.type)) || same({ ...now, type: before.type }) ? null : before;
}

/** `leftBehind`: steps that count as seen from the start, where one begins further on. */
export function useLaunchForm(leftBehind: readonly Step[]): LaunchForm {
  const [search, setSearch] = useSearchParams();
  const { key: visit, state } = useLocation();
  const [first] = useState(() => {
    const draft = readDraft();
    const brought = withLink(search, () => withHandover(state, () => draft ?? defaultLaunchValues()));
    return { brought, former: displaced(draft, brought) };
  });
  const [values, setValues] = useState(first.brought);
  const [setAside, keepAside] = useState(first.former);
  const [unreadable, setUnreadable] = useState(() => isUnreadable(search));
  const replace = (next: LaunchValues) => {
    setValues(next);
    keepAside(displaced(values, next) ?? setAside);
  };
  const [refusals, setRefusals] = useState<readonly Problem[]>([]);
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(leftBehind));

  // What a link brought is taken once, then leaves the address bar (SES-041).
  const carried = search.has('formValues') || search.has('type');
  const [taken, setTaken] = useState(search);
  if (carried && taken !== search) {
    setTaken(search);
    setUnreadable(isUnreadable(search));
    replace(withLink(search, () => values));
  }
  // The same for a launch that was handed over while the form lay open.
  const handed = bringsHandover(state);
  const [visited, setVisited] = useState(visit);
  if (handed && visited !== visit) {
    setVisited(visit);
    replace(withHandover(state, () => values));
    setRefusals([]);
  }
  useEffect(() => {
    if (handed) dropHandover();
  }, [handed, visit]);
  useEffect(() => {
    if (!carried) return;
    const rest = new URLSearchParams(window.location.search);
    rest.delete('formValues');
    rest.delete('type');
    setSearch(rest, { replace: true, preventScrollReset: true });
  }, [carried, setSearch]);

  useEffect(() => {
    if (JSON.stringify(values) === JSON.stringify(defaultLaunchValues(values.type))) removeDraft();
    else writeDraft(values);
  }, [values]);

  const set = useCallback((patch: Partial<LaunchValues>) => {
    // What was left out has been typed anew, or is not wanted.
    setValues((before) => ({ ...before, dropped: before.dropped.filter((field) => !(field in patch)), ...patch }));
    setRefusals((before) => (before.length === 0 ? before : before.filter((one) => !isVoid(one, patch))));
  }, []);

  const add = useCallback((names: readonly string[]) => {
    setLeft((before) => (names.every((name) => before.has(name)) ? before : new Set([...before, ...names])));
  }, []);

  return {
    values,
    set,
    reset: useCallback(() => {
      setValues(defaultLaunchValues());
      setRefusals([]);
      setLeft(new Set());
      keepAside(null);
    }, []),
    setAside,
    takeUp: useCallback((former: LaunchValues | null) => {
      if (former) {
        setValues(former);
        setRefusals([]);
      }
      keepAside(null);
    }, []),
    unreadable,
    dismissUnreadable: useCallback(() => setUnreadable(false), []),
    refusals,
    setRefusals: useCallback((next: Problem[]) => setRefusals(next), []),
    isShown: (problem) => !quietAtFirst.includes(problem.id) || left.has(problem.step) || left.has(problem.field),
    leave: useCallback((field: string) => add([field]), [add]),
    leaveSteps: useCallback((steps: readonly Step[]) => add(steps), [add]),
  };
}
