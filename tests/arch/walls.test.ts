// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Runs the project's lint rules over planted files, so that a wall that stopped working is noticed. */
const root = resolve(import.meta.dirname, '../..');
let dir = '';

interface Planted {
  wall: string;
  path: string;
  code: string;
  rule: string;
}

const planted: Planted[] = [
  { wall: 'lib imports nothing of ours', path: 'src/lib/a.ts', code: "import { gql } from '../client/transport';\ngql();", rule: 'no-restricted-imports' },
  { wall: 'lib is free of React', path: 'src/lib/b.ts', code: "import { useState } from 'react';\nuseState(0);", rule: 'no-restricted-imports' },
  { wall: 'client does not import ui', path: 'src/client/a.ts', code: "import { Toast } from '../ui/toast';\nToast();", rule: 'no-restricted-imports' },
  { wall: 'client is free of antd', path: 'src/client/b.ts', code: "import { Button } from 'antd';\nButton();", rule: 'no-restricted-imports' },
  { wall: 'ui does not import client', path: 'src/ui/a.ts', code: "import { gql } from '../client/transport';\ngql();", rule: 'no-restricted-imports' },
  { wall: 'parts do not import pages', path: 'src/parts/a.ts', code: "import { x } from '../pages/sessions/list-page';\nx();", rule: 'no-restricted-imports' },
  { wall: 'parts do not import app', path: 'src/parts/b.ts', code: "import { x } from '../app/theme';\nx();", rule: 'no-restricted-imports' },
  { wall: 'a page does not import another page', path: 'src/pages/sessions/a.ts', code: "import { x } from '../launcher/draft';\nx();", rule: 'no-restricted-imports' },
  { wall: 'a step does not import another page', path: 'src/pages/launcher/steps/a.ts', code: "import { x } from '../../sessions/columns';\nx();", rule: 'no-restricted-imports' },
  { wall: 'a page does not import app', path: 'src/pages/sessions/b.ts', code: "import { x } from '../../app/theme';\nx();", rule: 'no-restricted-imports' },
  { wall: 'only main names the simulation', path: 'src/app/a.ts', code: "import { x } from '../../mocks/browser';\nx();", rule: 'no-restricted-imports' },
  { wall: 'the simulation imports nothing from src', path: 'mocks/cluster/a.ts', code: "import { x } from '../../src/lib/time';\nx();", rule: 'no-restricted-imports' },
  { wall: 'the cluster does not know the wire', path: 'mocks/cluster/b.ts', code: "import { x } from '../wire/wire';\nx();", rule: 'no-restricted-imports' },
  { wall: 'the cluster does not know MSW', path: 'mocks/cluster/c.ts', code: "import { http } from 'msw';\nhttp.get('/', () => undefined);", rule: 'no-restricted-imports' },
  { wall: 'the wire does not know its fronts', path: 'mocks/wire/a.ts', code: "import { x } from '../node';\nx();", rule: 'no-restricted-imports' },
  { wall: 'the cluster has no clock of its own', path: 'mocks/cluster/d.ts', code: 'export const now = Date.now();', rule: 'no-restricted-properties' },
  { wall: 'the cluster has no dice of its own', path: 'mocks/cluster/e.ts', code: 'export const r = Math.random();', rule: 'no-restricted-properties' },
  { wall: 'fetch only in client', path: 'src/parts/c.ts', code: "void fetch('/func/');", rule: 'no-restricted-globals' },
  { wall: 'fetch through window only in client', path: 'src/parts/d.ts', code: "void window.fetch('/func/');", rule: 'no-restricted-properties' },
  { wall: 'sockets only in client', path: 'src/ui/b.ts', code: "new WebSocket('wss://x').close();", rule: 'no-restricted-globals' },
  { wall: 'event sources only in client', path: 'src/app/b.ts', code: "new EventSource('/x').close();", rule: 'no-restricted-globals' },
  { wall: 'storage only in lib and client', path: 'src/pages/sessions/c.ts', code: "localStorage.setItem('a', 'b');", rule: 'no-restricted-globals' },
  { wall: 'no markup from strings', path: 'src/ui/c.tsx', code: 'export const A = () => <div dangerouslySetInnerHTML={{ __html: "x" }} />;', rule: 'no-danger' },
  { wall: 'no innerHTML', path: 'src/ui/d.ts', code: "document.body.innerHTML = 'x';", rule: 'no-restricted-properties' },
  { wall: 'no innerHTML in client either', path: 'src/client/c.ts', code: "document.body.innerHTML = 'x';", rule: 'no-restricted-properties' },
  { wall: 'no literal text in JSX', path: 'src/ui/e.tsx', code: 'export const A = () => <p>Hello</p>;', rule: 'jsx-no-literals' },
  { wall: 'no barrels', path: 'src/ui/index.ts', code: "export * from './a';\nexport * from './b';", rule: 'no-barrel-file' },
  { wall: 'no default exports', path: 'src/ui/f.ts', code: 'export default 1;', rule: 'no-default-export' },
  { wall: 'no any', path: 'src/ui/g.ts', code: 'export const a = (x: any) => x;', rule: 'no-explicit-any' },
  { wall: 'no cycles', path: 'src/lib/cycle-a.ts', code: "import { b } from './cycle-b';\nexport const a = () => b();", rule: 'no-cycle' },
];

const fine: { path: string; code: string }[] = [
  { path: 'src/pages/launcher/steps/fine.ts', code: "import { x } from '../launch-values';\nx();" },
  { path: 'src/pages/sessions/fine.ts', code: "import { x } from '../../parts/status-tag';\nx();" },
  { path: 'src/client/fine.ts', code: "import { x } from '../lib/time';\nvoid fetch('/func/');\nx();" },
  { path: 'mocks/wire/fine.ts', code: "import { x } from '../cluster/cluster';\nx();" },
  { path: 'src/main.tsx', code: "void import('../mocks/browser');" },
];

function plant(path: string, code: string) {
  const file = join(dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${code}\n`);
}

interface Diagnostic {
  code: string;
  filename: string;
}

let diagnostics: Diagnostic[] = [];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'walls-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(dir, '.oxlintrc.json'));
  for (const { path, code } of [...planted, ...fine]) plant(path, code);
  plant('src/lib/cycle-b.ts', "import { a } from './cycle-a';\nexport const b = (): unknown => a;");
  const run = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], { cwd: dir, encoding: 'utf8' });
  diagnostics = (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const against = (path: string) => diagnostics.filter((d) => d.filename.replaceAll('\\', '/').endsWith(path)).map((d) => d.code);

describe('every wall stops a planted violation', () => {
  it.each(planted)('$wall ($path)', ({ path, rule }) => {
    expect(against(path).join(' ')).toContain(rule);
  });

  it.each(fine)('lets $path through', ({ path }) => {
    expect(against(path)).toEqual([]);
  });
});
