import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { toClientError } from '../../client/errors';
import type { ClientError } from '../../client/errors';
import { sessionMutations } from '../../client/sessions';
import { paths } from '../../lib/paths';
import { safeReturnPath } from '../../lib/safe-path';
import { armApps, readAppOption } from '../../parts/app-opening';
import { useMe } from '../../parts/console-context';
import { rememberLaunch } from '../../parts/launch-history';
import { notify } from '../../parts/notification-store';
import { useErrorWords } from '../../ui/error-words';
import { useSingleFlight } from '../../ui/use-single-flight';
import { chosenAgents } from './agent-rules';
import { readDraft, removeDraft, writeDraft } from './draft';
import { sessionCount } from './launch-check';
import type { Problem } from './problem';
import { steps } from './launch-values';
import type { Step } from './launch-values';
import { launchEntry } from './launch-entry';
import { problemOfRefusal } from './refusal';
import { sessionNames, toCreateRequest } from './to-create-request';
import type { LaunchPlan } from './to-create-request';
import { rememberImage } from './use-launch-facts';
import type { LaunchFacts } from './use-launch-facts';

/** Everything of a launch is decided: null while something is missing. */
export function planOf(facts: LaunchFacts): LaunchPlan | null {
  const { image, resourceGroup, amounts } = facts;
  if (!image || resourceGroup === null || amounts.cpu === null || amounts.mem === null) return null;
  const accelerator = amounts.accelerator;
  return {
    values: facts.values,
    image: image.reference,
    architecture: image.architecture,
    resourceGroup,
    cpu: amounts.cpu,
    mem: amounts.mem,
    shm: amounts.shm,
    accelerator: accelerator?.amount ? { slot: accelerator.slot, amount: accelerator.amount } : null,
    project: facts.project.name,
    domain: facts.domain,
    ownerAccessKey: facts.subject.owner ? facts.subject.accessKey : null,
    agents: chosenAgents(facts.values, facts.agents),
    managerVersion: facts.managerVersion,
  };
}

/** One form as it was launched: a second try of the same form takes the same names. */
interface Attempt {
  print: string;
  /** Still to be started. */
  names: string[];
  /** The names have random parts: nobody else can have taken them. */
  random: boolean;
  /** Names whose answer never came: the session may be there. */
  lost: Set<string>;
}

/** What the user chose; amounts that follow from it may change between two tries. */
const printOf = ({ values, image, resourceGroup }: LaunchPlan, sessions = values.sessions): string =>
  JSON.stringify([{ ...values, sessions }, image, resourceGroup]);

interface Refused {
  name: string;
  error: ClientError;
}

/** An answer that broke off says nothing about what the manager did. */
function isLost(error: ClientError): boolean {
  return error.kind === 'network' || error.kind === 'timeout' || error.kind === 'server' || error.kind === 'shape';
}

function existingSessionId(error: ClientError): string | null {
  const data = error.data;
  if (error.slug !== 'session-already-exists' || typeof data !== 'object' || data === null) return null;
  return 'existingSessionId' in data && typeof data.existingSessionId === 'string' ? data.existingSessionId : null;
}

export interface LaunchActions {
  launch: (facts: LaunchFacts) => Promise<void>;
  /** From the click on until the page is left. */
  launching: boolean;
}

/** Sends the requests and reports on each session (SES-113, SES-114). */
export function useLaunch(options: {
  /** `sessions`: how many are still to be started. */
  onRefused: (problems: Problem[], sessions: number | null) => void;
}): LaunchActions {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const words = useErrorWords();
  const me = useMe();
  const { mutateAsync } = useMutation(sessionMutations.create());
  const attempt = useRef<Attempt | null>(null);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const [left, setLeft] = useState(false);

  const reportStarted = (name: string, sessionId: string) =>
    notify({ key: `session-${sessionId}`, kind: 'session', title: name, sessionId, link: paths.sessions({ sessionDetail: sessionId }) });

  const reportRefused = ({ name, error }: Refused, problem: Problem) => {
    const at = steps.indexOf(problem.step);
    const edit = () => void navigate(paths.launcher({ step: at }));
    notify({
      key: `launch-${name}`,
      kind: 'error',
      title: t('launcher.refused.title', { name }),
      description: problem.id === 'refused' ? words(error).summary : t(`launcher.problem.${problem.id}`),
      link: paths.launcher({ step: at }),
      actions: [{ label: t('launcher.refused.edit'), run: edit }],
    });
  };

  const [launch, running] = useSingleFlight(async (facts: LaunchFacts) => {
    const plan = planOf(facts);
    if (!plan || left) return;
    const count = sessionCount(plan.values);
    if (attempt.current?.print !== printOf(plan)) {
      attempt.current = {
        print: printOf(plan),
        names: sessionNames(plan.values.name, count),
        random: plan.values.name.trim() === '' || count > 1,
        lost: new Set(),
      };
    }
    const { names, random, lost } = attempt.current;
    const done = new Set<string>();
    const started: string[] = [];
    const refused: Refused[] = [];
    for (const name of names) {
      try {
        const created = await mutateAsync(toCreateRequest(plan, name));
        done.add(name);
        started.push(created.sessionId);
        reportStarted(created.sessionName, created.sessionId);
      } catch (cause) {
        const error = toClientError(cause);
        // A name that only this page can have made up, and whose answer was lost: the session is ours.
        const own = random && lost.has(name) ? existingSessionId(error) : null;
        if (own !== null) {
          done.add(name);
          started.push(own);
          reportStarted(name, own);
          continue;
        }
        if (isLost(error)) lost.add(name);
        refused.push({ name, error });
        // Without an answer or a log-in the next request would fare no better.
        if (isLost(error) || error.kind === 'auth' || error.kind === 'rate-limited') break;
      }
    }
    if (started.length > 0) rememberLaunch(me.uuid, launchEntry(facts, started));
    if (refused.length === 0) {
      if (facts.image) rememberImage(facts.image);
      removeDraft();
      const [only] = started;
      // SES-131: for one interactive session, while the user stays with it.
      if (only !== undefined && started.length === 1 && plan.values.type === 'interactive' && here.current) {
        armApps({ sessionId: only, option: readAppOption(search.get('appOption')) });
      }
      if (!here.current) return;
      setLeft(true);
      // SES-046; an address of another place is as if it were not there (SEC-09).
      await navigate(safeReturnPath(search.get('redirectTo')) ?? paths.sessions());
      return;
    }
    const problems = refused.map(({ error }) => problemOfRefusal(error, plan.values, words(error).summary));
    refused.forEach((one, i) => {
      const problem = problems[i];
      if (problem) reportRefused(one, problem);
    });
    const missing = names.filter((name) => !done.has(name));
    const partly: Problem[] =
      done.size > 0
        ? [{ step: 'review', field: 'launch', level: 'warning', id: 'partly', params: { count: done.size, total: names.length } }]
        : [];
    // The form is now for those that are missing; a further try takes their names again.
    const sessions = done.size > 0 ? missing.length : plan.values.sessions;
    attempt.current = { print: printOf(plan, sessions), names: missing, random, lost };
    if (here.current) return options.onRefused([...partly, ...distinct(problems)], sessions);
    // The page was left meanwhile: what is opened again from the notification is not to start the others twice.
    const draft = readDraft();
    if (draft && done.size > 0) writeDraft({ ...draft, sessions });
  });
  return { launch, launching: running || left };
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = JSON.stringify(problem);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The first step with an error, in the order of the page. */
export function firstErrorStep(problems: readonly Problem[]): Step | null {
  return steps.find((step) => problems.some((one) => one.step === step && one.level === 'error')) ?? null;
}
