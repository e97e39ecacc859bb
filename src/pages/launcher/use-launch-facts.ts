import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import { can } from '../../client/capabilities';
import { connection } from '../../client/connection';
import { folderQueries } from '../../client/folders';
import { imageQueries, offeredImages } from '../../client/images';
import type { Image } from '../../client/images';
import { keypairPolicyQueries } from '../../client/keypair-policy';
import type { KeypairPolicy } from '../../client/keypair-policy';
import { ownSessionQueries } from '../../client/own-sessions';
import { presetQueries } from '../../client/presets';
import type { PresetCheck } from '../../client/presets';
import { resourceGroupQueries } from '../../client/resource-groups';
import { slotDetail, slotQueries } from '../../client/resource-slots';
import { sessionAgentQueries } from '../../client/session-agents';
import { sessionOwnerQueries } from '../../client/session-owner';
import { perEndpointKey, readLocal, writeLocal } from '../../lib/storage';
import { useAgentsShown, useConsole } from '../../parts/console-context';
import type { AgentFacts } from './agent-rules';
import { environmentOf, resolveAmounts, resolveImage } from './launch-resolve';
import type { Amounts, ResolveFacts } from './launch-resolve';
import { environmentsOf, imageId } from '../../parts/image-catalog';
import type { Environment } from '../../parts/image-catalog';
import { chosenResourceGroup } from '../../parts/resource-panel-choice';
import { amountWithUnit } from '../../parts/session-amounts';
import { useFormat } from '../../ui/use-format';
import type { CheckFacts, Missing } from './launch-check';
import type { LimitFacts } from './launch-limits';
import { subjectOf } from './launch-subject';
import type { Subject } from './launch-subject';
import type { LaunchValues } from './launch-values';
import { isManual, manualImage, readManualImage } from './manual-image';
import { settleMounts, splitFolders } from './mounted-folders';
import type { MountableFolder } from './mounted-folders';
import { ownerLimits } from './owner-limits';
import { appPorts } from './port-rules';

/** What the cluster says, put together with what was chosen: everything that the steps show (SES-C10). */

export interface LaunchFacts {
  /** The values, with the folders of a link found. */
  values: LaunchValues;
  managerVersion: string;
  /** For whom the session is. */
  subject: Subject;
  /** Looks the owner up again. */
  searchOwner: () => void;
  /** Of the subject, as the domain is. */
  project: { id: string; name: string };
  domain: string;
  environments: Environment[] | null;
  environment: Environment | null;
  image: Image | null;
  resourceGroups: string[] | null;
  resourceGroup: string | null;
  presetCheck: PresetCheck | null;
  policy: KeypairPolicy | null;
  folders: MountableFolder[] | null;
  automounts: string[];
  /** `failed`: they could not be asked for, which bars nothing. */
  agents: AgentFacts & { failed: boolean };
  resolve: ResolveFacts;
  limits: LimitFacts;
  /** For somebody else, and what is free is told no further than my own limits reach (SES-C11). */
  freeForAsker: boolean;
  amounts: Amounts;
  slotName: (slot: string) => string;
  slotText: (slot: string, amount: number) => string;
  check: Omit<CheckFacts, 'now'>;
  /** A request that a launch can't do without failed and left nothing to show. */
  failures: { of: Missing; error: unknown; retry: () => void }[];
  /** All that a launch needs is here. */
  ready: boolean;
}

/** Keys that begin with `user.` end with the log-in (SEC-08). */
const lastImageKey = 'user.launcher.last-image';

export function rememberImage(image: Image): void {
  writeLocal(perEndpointKey(connection.get().endpoint, lastImageKey), imageId(image));
}

function readLastImage(): string | null {
  return readLocal(perEndpointKey(connection.get().endpoint, lastImageKey), z.string());
}

const noAmounts: Amounts = { cpu: null, mem: null, shm: null, shmAuto: true, accelerator: null, preset: null };

/** What the manager says of amounts where it would not tell: nothing is known, so nothing is barred. */
const nothingTold: PresetCheck = {
  presets: [],
  keypair: { limits: {}, using: {}, remaining: {} },
  project: null,
  groupRemaining: {},
  resourceGroups: {},
};

/** Groups that take the session and do not only serve uploads (SES-065). */
function offeredGroups(names: readonly string[], uploads: readonly string[], types: Record<string, string[]>, type: string): string[] {
  // Until it is known which groups only serve uploads, all are shown: a wrong first choice would jump.
  const hidden = new Set(uploads);
  const offered = names.filter((name) => !hidden.has(name) && (types[name]?.includes(type) ?? true));
  return offered.length > 0 ? offered : [...names];
}

export function useLaunchFacts(given: LaunchValues): LaunchFacts {
  const { me, config, project: headerProject, managerVersion } = useConsole();
  const { locale } = useFormat();
  const isAdmin = me.role === 'superadmin' || me.role === 'admin';
  const ownerQuery = useQuery(sessionOwnerQueries.byEmail(isAdmin ? (given.owner?.email ?? '') : ''));
  const subject = subjectOf(isAdmin ? given.owner : null, ownerQuery, me, headerProject);
  const { owner, project } = subject;
  const folderOwner = owner && { email: owner.email, domain: owner.domain, policy: subject.policy };
  const images = useQuery(imageQueries.installed(config.environments.showNonInstalledImages));
  const groups = useQuery(resourceGroupQueries.accessible(project));
  const uploads = useQuery(folderQueries.uploadResourceGroups(project));
  const groupTypes = useQuery({ ...resourceGroupQueries.sessionTypes(), enabled: me.role === 'superadmin' });
  const policyQuery = useQuery(keypairPolicyQueries.byName(subject.policy));
  const ownersQuery = useQuery({ ...ownSessionQueries.active(subject), enabled: owner !== null });
  const folderQuery = useQuery(folderQueries.mountable(project, folderOwner));

  const groupNames = useMemo(
    () => (groups.data ? offeredGroups(groups.data.map((group) => group.name), uploads.data ?? [], groupTypes.data ?? {}, given.type) : null),
    [groups.data, uploads.data, groupTypes.data, given.type],
  );
  const uploadsSettled = !uploads.isPending && !groupTypes.isLoading;
  const resourceGroup =
    given.resourceGroup ?? (groupNames && uploadsSettled ? chosenResourceGroup(project.id, groupNames) : null);
  const known = resourceGroup !== null && (groupNames?.includes(resourceGroup) ?? false);
  // The manager looks the name up in the asker's own domain: for an owner of another one it can't tell.
  const askable = subject.domain === me.domain;
  const presets = useQuery({
    ...presetQueries.check({ project: project.name, resourceGroup: resourceGroup ?? '' }),
    enabled: known && askable,
  });
  const details = useQuery({ ...slotQueries.details(resourceGroup ?? ''), enabled: known });
  const mayChooseAgents = useAgentsShown() && can('agentChoice', managerVersion);
  const agentQuery = useQuery({ ...sessionAgentQueries.schedulable(resourceGroup ?? ''), enabled: known && mayChooseAgents });

  const environments = useMemo(
    () =>
      images.data
        ? environmentsOf(offeredImages(images.data, { allowlist: config.environments.allowlist, myUuid: subject.uuid }))
        : null,
    [images.data, config.environments.allowlist, subject.uuid],
  );
  const split = useMemo(
    () => (folderQuery.data ? splitFolders(folderQuery.data, managerVersion) : null),
    [folderQuery.data, managerVersion],
  );

  // A session to be repeated names its automatic mounts too; those come by themselves.
  const automatic = new Set((folderQuery.data ?? []).filter((folder) => folder.autoMount).map((folder) => folder.id));
  const values = { ...given, mounts: settleMounts(given.mounts.filter(({ id }) => !automatic.has(id)), split?.folders ?? null) };
  const named = isManual(values, config.general.allowManualImageNameForSession) ? readManualImage(values.imageName) : undefined;
  const image = named !== undefined
    ? named && manualImage(named, images.data ?? [])
    : environments
    ? resolveImage(values, environments, {
        lastImage: readLastImage(),
        configured: config.general.defaultSessionEnvironment,
      })
    : null;
  // Without what limits the owner a choice would be made that changes at once.
  const ownerTold = owner === null || !(policyQuery.isPending || ownersQuery.isPending || agentQuery.isLoading);
  const presetCheck = known && ownerTold ? (presets.data ?? (askable ? null : nothingTold)) : null;
  const inGroup = presetCheck && resourceGroup !== null ? presetCheck.resourceGroups[resourceGroup] : undefined;
  const limits: LimitFacts = {
    caps: config.resources,
    keypairLimits: presetCheck?.keypair.limits ?? null,
    projectLimits: presetCheck?.project?.limits ?? null,
    keypairRemaining: presetCheck?.keypair.remaining ?? null,
    projectRemaining: presetCheck?.project?.remaining ?? null,
    groupUsing: inGroup?.using ?? null,
    groupRemaining: presetCheck === nothingTold ? null : (inGroup?.remaining ?? presetCheck?.groupRemaining ?? null),
    imageMinimum: image?.minimum ?? {},
    quantum: groups.data?.find((group) => group.name === resourceGroup)?.quantum ?? null,
    ...(owner
      ? ownerLimits({
          accessKey: subject.accessKey,
          policy: policyQuery.data ?? null,
          sessions: ownersQuery.data ?? null,
          rooms: mayChooseAgents ? (agentQuery.data ?? null) : null,
        })
      : {}),
  };
  const accelerators = Object.keys(details.data ?? {})
    .filter((slot) => slot !== 'cpu' && slot !== 'mem')
    .sort();
  const resolve: ResolveFacts = {
    limits,
    image,
    presets: presetCheck?.presets ?? [],
    accelerators,
    allowCustom: config.general.allowCustomResourceAllocation,
  };
  // Amounts that hang on what is free are not guessed before that is known.
  const amounts = presetCheck && details.data ? resolveAmounts(values, resolve) : noAmounts;
  const slotName = (slot: string) => slotDetail(details.data, slot).name;
  const slotText = (slot: string, amount: number) => amountWithUnit(details.data, slot, amount, locale);
  const apps = appPorts(image?.servicePorts ?? []);
  const policy =
    policyQuery.data && subject.concurrencyUsed !== null
      ? { ...policyQuery.data, concurrencyUsed: subject.concurrencyUsed }
      : (policyQuery.data ?? null);
  const agents = {
    offered: mayChooseAgents ? (agentQuery.data ?? null) : null,
    several: can('severalAgentsPerSession', managerVersion),
    failed: mayChooseAgents && agentQuery.isError && agentQuery.data === undefined,
  };
  const automounts = split?.automounts ?? [];
  const failed = [
    { of: 'images' as const, query: images },
    { of: 'resourceGroups' as const, query: groups },
    { of: 'presets' as const, query: presets },
    { of: 'presets' as const, query: details },
    { of: 'folders' as const, query: folderQuery },
  ];
  return {
    values,
    managerVersion,
    subject,
    searchOwner: () => void ownerQuery.refetch(),
    project,
    domain: subject.domain,
    environments,
    environment: environments && named === undefined ? environmentOf(image, environments) : null,
    image,
    resourceGroups: groupNames,
    resourceGroup,
    presetCheck,
    policy,
    folders: split?.folders ?? null,
    automounts,
    agents,
    resolve,
    limits,
    freeForAsker: owner !== null && askable && agents.offered === null,
    amounts,
    slotName,
    slotText,
    check: {
      subject,
      asker: { role: me.role, domain: me.domain },
      canPriority: can('priority', managerVersion),
      agents,
      architecture: image?.architecture ?? null,
      image,
      imagesKnown: environments !== null,
      resourceGroup,
      resourceGroups: uploadsSettled ? groupNames : null,
      resolve,
      limits,
      amounts,
      amountsKnown: amounts !== noAmounts,
      maxConcurrent: policy?.maxConcurrentSessions ?? null,
      maxContainers: policy?.maxContainersPerSession ?? null,
      slotName,
      slotText,
      folders: split?.folders ?? null,
      automounts,
      apps,
      maxPorts: config.general.maxCountForPreopenPorts,
      canTimeout: can('batchTimeout', managerVersion),
      canSubpath: can('mountSubpath', managerVersion),
      manualImage: config.general.allowManualImageNameForSession,
    },
    failures: failed.flatMap(({ of, query }) =>
      query.isError && query.data === undefined ? [{ of, error: query.error as unknown, retry: () => void query.refetch() }] : [],
    ),
    ready:
      environments !== null &&
      groupNames !== null &&
      uploadsSettled &&
      (presetCheck !== null || !known) &&
      (details.data !== undefined || !known) &&
      // A launch without folders needs no list of them.
      (split !== null || given.mounts.length === 0),
  };
}
