import type { Context } from '../context';
import type { FilesState } from '../types';
import { containerRoot } from './container-root';
import type { DirectoryEntry } from './entries';
import { directory, usageOf } from './entries';
import type { MountPoint, Volumes } from './file-system';
import { FileSystem } from './file-system';
import type { Folder, Kernel, Session } from '../types';

function filesState(ctx: Context): FilesState {
  return (ctx.state.files ??= { folders: {}, containers: {}, runs: {} });
}

export function folderVolume(folderId: string): string {
  return `folder:${folderId}`;
}

export function containerVolume(kernelId: string): string {
  return `container:${kernelId}`;
}

/** The true trees. A folder's is there from its first use on; a container's goes with it. */
export function trueVolumes(ctx: Context): Volumes {
  const tree = (volume: string): DirectoryEntry => {
    const state = filesState(ctx);
    const id = volume.slice(volume.indexOf(':') + 1);
    if (volume.startsWith('folder:')) return (state.folders[id] ??= directory(ctx.state.folders[id]?.createdAt ?? ctx.now));
    const found = ctx.index.kernels.get(id);
    if (!found) return directory(ctx.now);
    const { session, kernel } = found;
    const distro = ctx.state.images[kernel.imageId]?.labels['ai.backend.base-distro'] ?? 'ubuntu22.04';
    return (state.containers[id] ??= containerRoot(session, kernel, distro, kernel.startsAt ?? ctx.now));
  };
  return {
    view: tree,
    edit: tree,
    changed(volume, before, after) {
      const folder = volume.startsWith('folder:') ? ctx.state.folders[volume.slice('folder:'.length)] : undefined;
      if (!folder) return;
      const old = before ? usageOf(before) : { files: 0, bytes: 0 };
      const next = after ? usageOf(after) : { files: 0, bytes: 0 };
      folder.numFiles = Math.max(0, folder.numFiles + next.files - old.files);
      folder.curSize = Math.max(0, folder.curSize + next.bytes - old.bytes);
      folder.lastUsed = ctx.now;
    },
  };
}

export function mountsOf(session: Session): MountPoint[] {
  return session.mounts.map((mount) => ({
    target: mount.target,
    volume: folderVolume(mount.folderId),
    subpath: mount.subpath,
    readOnly: mount.permission === 'ro',
  }));
}

/** As user `work` sees it from inside a container. */
export function containerFiles(ctx: Context, session: Session, kernel: Kernel): FileSystem {
  return new FileSystem(trueVolumes(ctx), containerVolume(kernel.id), mountsOf(session), () => ctx.now);
}

/** As its owner sees a storage folder: `/` is the folder. */
export function folderFiles(ctx: Context, folder: Folder, readOnly = false): FileSystem {
  const mounts = [{ target: '', volume: folderVolume(folder.id), subpath: '', readOnly }];
  return new FileSystem(trueVolumes(ctx), folderVolume(folder.id), mounts, () => ctx.now);
}

/** Containers are gone: with them what was written outside of folders (SES-284). */
export function forgetContainers(ctx: Context, session: Session): void {
  for (const kernel of session.kernels) delete filesState(ctx).containers[kernel.id];
  delete ctx.state.terminals?.[session.id];
}
