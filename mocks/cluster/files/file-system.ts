import type { Change, DirectoryEntry, Entry, FileEntry } from './entries';
import { FsError, bytesOf, child, directory, fileOf, textFile } from './entries';

/** A folder inside a container. */
export interface MountPoint {
  target: string;
  volume: string;
  subpath: string;
  readOnly: boolean;
}

/** Where the trees are; `edit` hands out the one that may be changed. */
export interface Volumes {
  view(volume: string): DirectoryEntry;
  edit(volume: string): DirectoryEntry;
  /** Told of every change, after it. */
  changed?(volume: string, before: Entry | undefined, after: Entry | null): void;
}

interface Place {
  volume: string;
  parts: string[];
  readOnly: boolean;
}

/** An absolute path without `.`, `..` and doubled slashes. */
export function absolute(path: string, cwd = '/'): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function parentOf(path: string): string {
  return absolute(`${path}/..`);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What user `work` sees from inside one container, or the owner of a folder: paths are absolute. */
export class FileSystem {
  constructor(
    private readonly volumes: Volumes,
    readonly root: string,
    readonly mounts: readonly MountPoint[],
    private readonly now: () => number,
    private readonly journal?: (change: Pick<Change, 'path' | 'entry'>) => void,
  ) {}

  private place(path: string): Place {
    let best: MountPoint | undefined;
    for (const mount of this.mounts) {
      const inside = path === mount.target || path.startsWith(`${mount.target}/`);
      if (inside && (!best || mount.target.length > best.target.length)) best = mount;
    }
    const rest = best ? path.slice(best.target.length) : path;
    const parts = [...(best?.subpath.split('/') ?? []), ...rest.split('/')].filter((part) => part !== '');
    return { volume: best?.volume ?? this.root, parts, readOnly: best?.readOnly ?? false };
  }

  isMountPoint(path: string): boolean {
    return this.mounts.some((mount) => mount.target === path);
  }

  isReadOnly(path: string): boolean {
    return this.place(path).readOnly;
  }

  find(path: string): Entry | undefined {
    const { volume, parts } = this.place(path);
    let entry: Entry | undefined = this.volumes.view(volume);
    for (const part of parts) {
      if (entry?.kind !== 'directory') return undefined;
      entry = child(entry, part);
    }
    return entry;
  }

  stat(path: string): Entry {
    const entry = this.find(path);
    if (entry) return entry;
    const parent = path === '/' ? undefined : this.find(parentOf(path));
    throw new FsError(parent?.kind === 'file' ? 'ENOTDIR' : 'ENOENT');
  }

  isDirectory(path: string): boolean {
    return this.find(path)?.kind === 'directory';
  }

  /** Names, sorted as the C locale does. */
  list(path: string): string[] {
    const entry = this.stat(path);
    if (entry.kind !== 'directory') throw new FsError('ENOTDIR');
    return Object.keys(entry.entries).sort((a, b) => (a < b ? -1 : 1));
  }

  private file(path: string): FileEntry {
    const entry = this.stat(path);
    if (entry.kind === 'directory') throw new FsError('EISDIR');
    return entry;
  }

  read(path: string): string {
    const file = this.file(path);
    return file.base64 ? new TextDecoder('latin1').decode(bytesOf(file)) : file.content;
  }

  bytes(path: string): Uint8Array {
    return bytesOf(this.file(path));
  }

  write(path: string, content: string | Uint8Array, options: { append?: boolean; mode?: number } = {}): void {
    const before = this.find(path);
    if (before?.kind === 'directory') throw new FsError('EISDIR');
    const mode = options.mode ?? before?.mode ?? 0o644;
    if (typeof content !== 'string') {
      this.put(path, fileOf(content, this.now(), mode));
      return;
    }
    const start = options.append && before ? this.read(path) : '';
    this.put(path, textFile(start + content, this.now(), mode));
  }

  mkdir(path: string): void {
    if (this.find(path)) throw new FsError('EEXIST');
    this.put(path, directory(this.now()));
  }

  /** The whole tree at a path; what was there goes. */
  put(path: string, entry: Entry): void {
    this.change(path, entry);
  }

  /** A file, or a directory with everything in it. */
  remove(path: string): void {
    this.stat(path);
    this.change(path, null);
  }

  private change(path: string, entry: Entry | null): void {
    const { volume, parts, readOnly } = this.place(path);
    const name = parts.at(-1);
    const parent = this.find(parentOf(path));
    if (path !== '/' && parent === undefined) throw new FsError('ENOENT');
    if (parent?.kind === 'file') throw new FsError('ENOTDIR');
    if (readOnly) throw new FsError('EROFS');
    if (name === undefined || this.isMountPoint(path)) throw new FsError('EBUSY');
    if (parent?.owner === 'root' && (parent.mode & 0o002) === 0) throw new FsError('EACCES');
    let holder = this.volumes.edit(volume);
    for (const part of parts.slice(0, -1)) {
      const next = child(holder, part);
      if (next?.kind !== 'directory') throw new FsError('ENOENT');
      holder = next;
    }
    const before = child(holder, name);
    if (before?.owner === 'root' && (before.mode & 0o002) === 0) throw new FsError('EACCES');
    if (entry === null) delete holder.entries[name];
    else holder.entries[name] = entry;
    holder.modified = this.now();
    this.volumes.changed?.(volume, before, entry);
    this.journal?.({ path, entry: entry && structuredClone(entry) });
  }
}

/** Trees that may be changed without the true ones noticing; copied at the first touch. */
export function copied(volumes: Volumes): Volumes {
  const copies = new Map<string, DirectoryEntry>();
  return {
    view: (volume) => copies.get(volume) ?? volumes.view(volume),
    edit(volume) {
      const known = copies.get(volume);
      if (known) return known;
      const copy = structuredClone(volumes.view(volume));
      copies.set(volume, copy);
      return copy;
    },
  };
}
