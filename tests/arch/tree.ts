import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  path: string;
  text: string;
}

export function sourceFiles(folders: string[], endings = ['.ts', '.tsx']): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
      }),
  );
}

const rooms: Record<string, string[]> = {
  'src/lib': [],
  'src/client': ['src/lib'],
  'src/ui': ['src/lib'],
  'src/parts': ['src/ui', 'src/client', 'src/lib'],
  'src/pages': ['src/parts', 'src/ui', 'src/client', 'src/lib'],
  'src/app': ['src/pages', 'src/parts', 'src/ui', 'src/client', 'src/lib'],
  'src/main.tsx': ['src/app', 'src/client', 'src/lib', 'mocks'],
  'mocks/cluster': [],
  'mocks/wire': ['mocks/cluster'],
};

const roomOf = (path: string) => Object.keys(rooms).find((room) => path === room || path.startsWith(`${room}/`));
const topOf = (path: string) => roomOf(path) ?? path.split('/')[0];

/** Lint rules see `import … from`; this sees `import('…')`, which a lazy route uses. */
export function dynamicImportViolations(files: SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    const room = roomOf(file.path);
    if (!room || file.path.includes('.test.')) continue;
    for (const match of file.text.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]/g)) {
      const target = relative(root, resolve(root, file.path, '..', match[1] ?? '')).replaceAll('\\', '/');
      const targetRoom = topOf(target);
      if (targetRoom === room) {
        const area = (path: string) => path.split('/')[2];
        if (room === 'src/pages' && area(target) !== area(file.path)) found.push(`${file.path} → ${target}`);
        continue;
      }
      if (!rooms[room]?.some((allowed) => targetRoom === allowed)) found.push(`${file.path} → ${target}`);
    }
  }
  return found;
}

/** Text that a user would see or hear, written into an attribute instead of a key. */
export function literalAttributes(files: SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    if (!file.path.endsWith('.tsx') || file.path.includes('.test.')) continue;
    for (const match of file.text.matchAll(/\s(aria-label|aria-description|title|placeholder|alt|label|description|extra|okText|cancelText)="([^"]*\p{L}{2,}[^"]*)"/gu)) {
      found.push(`${file.path}: ${match[1]}="${match[2]}"`);
    }
  }
  return found;
}

/** The simulated cluster goes by its own clock, also where a lint rule can't look. */
export function ownClock(files: SourceFile[]): string[] {
  return files.filter((file) => !file.path.includes('.test.') && /new Date\(\s*\)/.test(file.text)).map((file) => file.path);
}

export function oddFileNames(files: SourceFile[]): string[] {
  return files.map((file) => file.path).filter((path) => !/^[a-z0-9-]+(\.(test|spec|module|d))?\.(ts|tsx)$/.test(path.split('/').at(-1) ?? ''));
}

export type Texts = { [key: string]: string | Texts };

export function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [k, v] of flatten(value, `${prefix}${key}.`)) flat.set(k, v);
  }
  return flat;
}

const plural = /_(zero|one|two|few|many|other)$/;
const base = (key: string) => key.replace(plural, '');
const baseKeys = (flat: Map<string, string>) => new Set([...flat.keys()].map(base));

export function keyDifferences(reference: Texts, other: Texts): string[] {
  const a = baseKeys(flatten(reference));
  const b = baseKeys(flatten(other));
  return [...[...a].filter((key) => !b.has(key)).map((key) => `missing: ${key}`), ...[...b].filter((key) => !a.has(key)).map((key) => `only here: ${key}`)];
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((m) => m[1]).sort().join(',');

/** A placeholder that one language lost or renamed shows as `{{name}}` to the reader. */
export function placeholderDifferences(reference: Texts, other: Texts): string[] {
  const flat = flatten(reference);
  const found: string[] = [];
  for (const [key, text] of flatten(other)) {
    const original = flat.get(key) ?? flat.get(`${base(key)}_other`);
    if (original !== undefined && placeholders(original) !== placeholders(text)) found.push(key);
  }
  return found;
}

/** Keys that no source names, neither whole nor by the fixed beginning of a computed key. */
export function unusedKeys(texts: Texts, files: SourceFile[]): string[] {
  const named = new Set<string>();
  const beginnings: string[] = [];
  for (const file of files) {
    if (file.path.includes('.test.')) continue;
    for (const match of file.text.matchAll(/['"`]([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+)+)['"`]/g)) named.add(match[1] ?? '');
    for (const match of file.text.matchAll(/`([a-z][A-Za-z0-9]*\.(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]*)\$\{/g)) beginnings.push(match[1] ?? '');
  }
  return [...baseKeys(flatten(texts))].filter((key) => !named.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)));
}
