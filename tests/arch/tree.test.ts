// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceFile, Texts } from './tree';
import { dynamicImportViolations, keyDifferences, literalAttributes, oddFileNames, ownClock, placeholderDifferences, root, sourceFiles, unusedKeys } from './tree';

const src = sourceFiles(['src']);
const mocks = sourceFiles(['mocks']);
const texts = (file: string) => JSON.parse(readFileSync(join(root, 'i18n', file), 'utf8')) as Texts;
const languages = readdirSync(join(root, 'i18n')).filter((file) => file.endsWith('.json'));
const one = (path: string, text: string): SourceFile[] => [{ path, text }];

describe('the tree', () => {
  it('keeps the walls for lazy imports too', () => {
    expect(dynamicImportViolations([...src, ...mocks])).toEqual([]);
    expect(dynamicImportViolations(one('src/parts/a.tsx', "lazy(() => import('../pages/sessions/list-page'))"))).toHaveLength(1);
    expect(dynamicImportViolations(one('src/pages/sessions/a.tsx', "lazy(() => import('../launcher/launcher-page'))"))).toHaveLength(1);
    expect(dynamicImportViolations(one('src/app/a.tsx', "import('../../mocks/browser')"))).toHaveLength(1);
    expect(dynamicImportViolations(one('src/app/a.tsx', "import('../pages/sessions/list-page')"))).toEqual([]);
  });

  it('has no literal text in attributes', () => {
    expect(literalAttributes(src)).toEqual([]);
    expect(literalAttributes(one('src/ui/a.tsx', '<button aria-label="Close it" />'))).toHaveLength(1);
    expect(literalAttributes(one('src/ui/a.tsx', "<button aria-label={t('ui.close')} />"))).toEqual([]);
  });

  it("goes by the cluster's clock", () => {
    expect(ownClock(mocks.filter((file) => file.path.startsWith('mocks/cluster/')))).toEqual([]);
    expect(ownClock(one('mocks/cluster/a.ts', 'const now = new Date();'))).toHaveLength(1);
  });

  it("leaves the manager's old terminal alone, which stays silent on today's images (SES-C53)", () => {
    const pty = /stream\/session\/[^'"`]*\/(?:pty|execute)\b/;
    expect(src.filter(({ text }) => pty.test(text)).map(({ path }) => path)).toEqual([]);
    expect(pty.test('/stream/session/{id}/pty')).toBe(true);
  });

  it('names files in kebab case', () => {
    expect(oddFileNames([...src, ...mocks, ...sourceFiles(['tests', 'scripts'])])).toEqual([]);
    expect(oddFileNames(one('src/ui/DataTable.tsx', ''))).toHaveLength(1);
  });
});

describe('the texts', () => {
  it.each(languages)('%s has the keys of en.json', (file) => {
    expect(keyDifferences(texts('en.json'), texts(file))).toEqual([]);
    expect(placeholderDifferences(texts('en.json'), texts(file))).toEqual([]);
  });

  it('uses every key', () => {
    expect(unusedKeys(texts('en.json'), src)).toEqual([]);
  });

  it('notices a missing, a lost and an unused key', () => {
    expect(keyDifferences({ a: { b: 'x', c: 'y' } }, { a: { b: 'x' } })).toEqual(['missing: a.c']);
    expect(placeholderDifferences({ a: '{{n}} rows' }, { a: 'rows' })).toEqual(['a']);
    expect(unusedKeys({ a: { b: 'x', c_one: 'y', c_other: 'z', d: { e: 'f' } } }, one('src/ui/a.tsx', "t('a.c'); t(`a.d.${x}`)"))).toEqual(['a.b']);
  });
});
