/** Files of the simulated cluster; plain data that a snapshot keeps. */

export interface FileEntry {
  kind: 'file';
  /** Text, or the bytes in base64. */
  content: string;
  base64?: true;
  /** What it claims to be (bytes): a checkpoint of gigabytes is not kept as such. */
  size?: number;
  mode: number;
  modified: number;
  owner?: 'root';
}

export interface DirectoryEntry {
  kind: 'directory';
  entries: Record<string, Entry>;
  mode: number;
  modified: number;
  owner?: 'root';
}

export type Entry = FileEntry | DirectoryEntry;

/** One step of what a program did to the files; `entry: null` takes the path away. */
export interface Change {
  /** Milliseconds after the start of what made it. */
  at: number;
  kernelId: string;
  path: string;
  entry: Entry | null;
}

export type FsCode = 'ENOENT' | 'EACCES' | 'EROFS' | 'ENOTDIR' | 'EISDIR' | 'EEXIST' | 'ENOTEMPTY' | 'EBUSY' | 'EINVAL';

const WORDS: Record<FsCode, string> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EROFS: 'Read-only file system',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  EBUSY: 'Device or resource busy',
  EINVAL: 'Invalid argument',
};

export class FsError extends Error {
  constructor(readonly code: FsCode) {
    super(WORDS[code]);
    this.name = 'FsError';
  }
}

export function directory(modified: number, owner?: 'root'): DirectoryEntry {
  return { kind: 'directory', entries: {}, mode: 0o755, modified, ...(owner ? { owner } : {}) };
}

export function textFile(content: string, modified: number, mode = 0o644): FileEntry {
  return { kind: 'file', content, mode, modified };
}

/** Never what an object inherits. */
export function child(parent: DirectoryEntry, name: string): Entry | undefined {
  return Object.hasOwn(parent.entries, name) ? parent.entries[name] : undefined;
}

export function sizeOf(entry: Entry): number {
  if (entry.kind === 'directory') return 4096;
  return entry.size ?? bytesOf(entry).length;
}

export function bytesOf(file: FileEntry): Uint8Array {
  if (!file.base64) return new TextEncoder().encode(file.content);
  return Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
}

/** As text where it is text; bytes that are none stay in base64. */
export function fileOf(bytes: Uint8Array, modified: number, mode = 0o644): FileEntry {
  try {
    return textFile(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), modified, mode);
  } catch {
    let letters = '';
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return { kind: 'file', content: btoa(letters), base64: true, mode, modified };
  }
}

/** Files and bytes below. */
export function usageOf(entry: Entry): { files: number; bytes: number } {
  if (entry.kind === 'file') return { files: 1, bytes: sizeOf(entry) };
  let files = 0;
  let bytes = 0;
  for (const one of Object.values(entry.entries)) {
    const below = usageOf(one);
    files += below.files;
    bytes += below.bytes;
  }
  return { files, bytes };
}
