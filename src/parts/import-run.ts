import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { folderMutations, folderQueries } from '../client/folders';
import type { Folder } from '../client/folders';
import { imageQueries } from '../client/images';
import type { Image } from '../client/images';
import { fetchDefaultBranch } from '../client/repositories';
import { resourceGroupQueries } from '../client/resource-groups';
import { sessionMutations } from '../client/sessions';
import type { CreateSessionRequest } from '../client/sessions';
import { archiveScript, freeFolderName } from '../lib/import-links';
import type { RepositoryLink } from '../lib/import-links';
import { paths } from '../lib/paths';
import { useConsole } from './console-context';
import { importImage } from './import-image';
import { chosenResourceGroup } from './resource-panel-choice';
import { notifyBatch } from './task-notification';

/** Why an import could not begin, where it is no refusal of the manager. */
export type ImportObstacle = 'repositoryMissing' | 'rateLimited' | 'noImage' | 'noResourceGroup';

/** The folder is there, but what was to fill it was refused: a further try takes the same folder. */
export class ImportHalted extends Error {
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    super('helper session refused', { cause });
    this.folder = folder;
  }
}

export class ImportError extends Error {
  readonly obstacle: ImportObstacle;

  constructor(obstacle: ImportObstacle) {
    super(obstacle);
    this.obstacle = obstacle;
  }
}

const mib = 2 ** 20;

interface HelperPlan {
  folder: Folder;
  image: Image;
  resourceGroup: string;
  project: string;
  domain: string;
  managerVersion: string;
  command: string;
}

/** The helper session (SES-R95): small, but never below the image's minimum, to which the manager adds the SHM. */
export function helperRequest(plan: HelperPlan): CreateSessionRequest {
  const { folder, image } = plan;
  const memory = Math.max(512 * mib, (image.minimum.mem ?? 0) + 64 * mib);
  return {
    clientSessionToken: `importing-files-to-${folder.name}`.slice(0, 64).replace(/[.-]+$/, ''),
    image: image.reference,
    architecture: image.architecture,
    type: 'batch',
    group: plan.project,
    domain: plan.domain,
    clusterSize: 1,
    clusterMode: 'single-node',
    enqueueOnly: true,
    maxWaitSeconds: 15,
    reuseIfExists: false,
    startupCommand: plan.command,
    config: {
      ...(can('mountById', plan.managerVersion) ? { mount_ids: [folder.id] } : { mounts: [folder.name] }),
      scaling_group: plan.resourceGroup,
      resources: { cpu: Math.max(1, image.minimum.cpu ?? 1), mem: `${Math.ceil(memory / mib)}m` },
      resource_opts: { shmem: '64m' },
    },
  };
}

/**
 * Makes the folder and the helper session that fills it (SES-402, SES-403). Throws an ImportError, an ImportHalted, or what
 * was refused before anything was made.
 */
export function useImportRepository(): (link: RepositoryLink, host: string) => Promise<void> {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { me, config, project, managerVersion } = useConsole();
  const createFolder = useMutation(folderMutations.create());
  const createSession = useMutation(sessionMutations.create());
  const empty = useRef(new Map<string, Folder>());

  const branchOf = async (link: RepositoryLink): Promise<string> => {
    if (link.branch !== null) return link.branch;
    const found = await fetchDefaultBranch(link.path);
    if (found.state === 'not-found') throw new ImportError('repositoryMissing');
    if (found.state === 'rate-limited') throw new ImportError('rateLimited');
    // GitHub's archives know the default branch by this name.
    return found.state === 'known' ? found.branch : 'HEAD';
  };

  return async (link, host) => {
    const [images, groups, uploads, taken] = await Promise.all([
      queryClient.fetchQuery(imageQueries.installed(config.environments.showNonInstalledImages)),
      queryClient.fetchQuery(resourceGroupQueries.accessible(project)),
      queryClient.fetchQuery(folderQueries.uploadResourceGroups(project)).catch((): string[] => []),
      queryClient.fetchQuery(folderQueries.names()),
    ]);
    const image = importImage(images, config.general, { allowlist: config.environments.allowlist, myUuid: me.uuid });
    if (!image) throw new ImportError('noImage');
    const names = groups.map((group) => group.name).filter((name) => !uploads.includes(name));
    const resourceGroup = chosenResourceGroup(project.id, names);
    if (resourceGroup === null) throw new ImportError('noResourceGroup');
    const archive = link.archive(await branchOf(link));

    const key = `${link.path} ${host}`;
    const made = empty.current.get(key);
    const folder =
      made && taken.includes(made.name)
        ? made
        : await createFolder.mutateAsync({
            name: freeFolderName(link.name, taken),
            host,
            usageMode: 'general',
            permission: 'rw',
            projectId: null,
            cloneable: false,
          });
    empty.current.set(key, folder);
    const command = archiveScript(archive, folder.name);
    const request = helperRequest({ folder, image, resourceGroup, project: project.name, domain: me.domain, managerVersion, command });
    const { sessionId } = await createSession.mutateAsync(request).catch((cause: unknown) => {
      throw new ImportHalted(folder.name, cause);
    });
    empty.current.delete(key);
    const words = { repository: link.path, folder: folder.name };
    notifyBatch(sessionId, {
      title: t('import.repository.running', words),
      link: paths.sessions({ sessionDetail: sessionId }),
      done: {
        title: t('import.repository.done', words),
        description: t('import.repository.doneHint'),
        link: paths.launcher({ step: 4, formValues: JSON.stringify({ mount_ids: [folder.id] }) }),
      },
      failed: {
        title: t('import.repository.failed', words),
        description: t('import.repository.failedHint', words),
        link: paths.sessions({ sessionDetail: sessionId, logs: 'main' }),
      },
      invalidates: [['folders'], ['sessions'], ['presets']],
    });
  };
}
