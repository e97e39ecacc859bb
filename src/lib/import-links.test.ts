// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  archiveScript, badgeCode, freeFolderName, gitlabBranch, notebookScript, readBadgeData, readGithubLink, readGitlabLink, readNotebookLink,
  readOlderBadge, shellQuote,
} from './import-links';

describe('notebooks (SES-400, SES-R95)', () => {
  it.each([
    ['https://github.com/o/r/blob/main/a/p.ipynb', 'https://raw.githubusercontent.com/o/r/main/a/p.ipynb', 'p.ipynb'],
    ['  https://example.org/x/demo.ipynb ', 'https://example.org/x/demo.ipynb', 'demo.ipynb'],
  ])('%s', (typed, raw, file) => expect(readNotebookLink(typed)).toEqual({ raw, file }));

  it.each([
    ['', 'empty'],
    ['https://example.org/demo.py', 'notNotebook'],
    ['ftp://example.org/demo.ipynb', 'notNotebook'],
    ['javascript:alert(1)//.ipynb', 'notNotebook'],
    ["https://example.org/a';rm -rf ~;'.ipynb", 'notNotebook'],
    ['https://example.org/$(id).ipynb', 'notNotebook'],
    ['https://example.org/a b.ipynb', 'notNotebook'],
    ['http://localhost/demo.ipynb', 'unreachable'],
    ['http://127.0.0.1/demo.ipynb', 'unreachable'],
    [`https://example.org/${'a'.repeat(2050)}.ipynb`, 'tooLong'],
  ])('%j is %s', (typed, flaw) => expect(readNotebookLink(typed)).toBe(flaw));

  it('quotes the address, whatever it holds', () => {
    expect(notebookScript({ raw: "https://x.org/it's.ipynb", file: 'x' })).toBe("#!/bin/sh\ncurl -fL -O 'https://x.org/it'\\''s.ipynb'\n");
    expect(shellQuote('$(id) `id` "')).toBe(`'$(id) \`id\` "'`);
  });
});

describe('repositories (SES-402, SES-403)', () => {
  it.each([
    ['https://github.com/lab/mnist', null, 'HEAD', 'https://codeload.github.com/lab/mnist/zip/HEAD'],
    ['https://github.com/lab/mnist.git', null, 'main', 'https://codeload.github.com/lab/mnist/zip/main'],
    ['https://github.com/lab/mnist/', null, 'main', 'https://codeload.github.com/lab/mnist/zip/main'],
    ['https://github.com/lab/mnist?tab=readme-ov-file#install', null, 'main', 'https://codeload.github.com/lab/mnist/zip/main'],
    ['https://github.com/lab/mnist/tree/dev#readme', 'dev', 'dev', 'https://codeload.github.com/lab/mnist/zip/dev'],
    ['https://github.com/lab/mnist/tree/feature/x%23y', null, '', null],
    ['https://github.com/lab/mnist/tree/feature/x', 'feature/x', 'feature/x', 'https://codeload.github.com/lab/mnist/zip/feature/x'],
  ])('GitHub: %s', (typed, branch, wanted, archive) => {
    const link = readGithubLink(typed);
    if (archive === null) return expect(link).toBe('branch');
    if (typeof link === 'string') throw new Error(link);
    expect(link).toMatchObject({ path: 'lab/mnist', name: 'mnist', branch });
    expect(link.archive(wanted)).toBe(archive);
  });

  it.each(['https://github.com/lab', 'https://gitlab.com/lab/mnist', 'https://github.com/lab/..', 'https://github.com/lab/mnist/issues', 'https://github.com.evil.org/lab/mnist'])(
    'GitHub: %s is none',
    (typed) => expect(readGithubLink(typed)).toBe('notGithub'),
  );

  it('GitLab at any host, with groups, the branch in a field of its own', () => {
    const link = readGitlabLink('https://gitlab.example.org/group/sub/mnist', 'release/1.0');
    if (typeof link === 'string') throw new Error(link);
    expect(link).toMatchObject({ path: 'group/sub/mnist', name: 'mnist', branch: 'release/1.0' });
    expect(link.archive('release/1.0')).toBe('https://gitlab.example.org/group/sub/mnist/-/archive/release/1.0/mnist-release-1.0.zip');
    expect(readGitlabLink('https://gitlab.com/g/r/-/tree/dev', '')).toMatchObject({ branch: 'dev' });
    expect(readGitlabLink('https://gitlab.com/g/r/-/tree/dev?ref_type=heads', 'dev')).toMatchObject({ path: 'g/r', branch: 'dev' });
  });

  it.each([
    ['https://gitlab.com/g/r/-/tree/dev?ref_type=heads', 'dev'],
    ['https://gitlab.com/g/r/-/tree/feature%2Fx/', 'feature/x'],
    ['https://gitlab.com/g/r', null],
    ['https://gitlab.com/g/r/-/blob/dev/a.py', null],
    ['tree/dev', null],
  ])('GitLab: %s names the branch %j', (typed, branch) => expect(gitlabBranch(typed)).toBe(branch));

  it.each([
    ['https://gitlab.com/onlygroup', 'main', 'notGitlab'],
    ['https://gitlab.com/../r', 'main', 'notGitlab'],
    ['https://me:pw@gitlab.com/g/r', 'main', 'notGitlab'],
    ['http://localhost/g/r', 'main', 'unreachable'],
    ['https://gitlab.com/g/r', '', 'branch'],
    ['https://gitlab.com/g/r', '-x', 'branch'],
    ['https://gitlab.com/g/r', 'a..b', 'branch'],
    ["https://gitlab.com/g/r", "a';id;'", 'branch'],
  ])('GitLab: %s with branch %j is %s', (typed, branch, flaw) => expect(readGitlabLink(typed, branch)).toBe(flaw));

  it('a folder’s name that is free', () => {
    expect(freeFolderName('mnist', [])).toBe('mnist');
    expect(freeFolderName('mnist', ['mnist', 'mnist_1'])).toBe('mnist_2');
    expect(freeFolderName('.github', [])).toBe('github');
    expect(freeFolderName('...', [])).toBe('repository');
    expect(freeFolderName('a'.repeat(90), [])).toHaveLength(60);
  });

  it('the script stops at the first failure and quotes what it names', () => {
    const script = archiveScript('https://x.org/a.zip', "it's");
    expect(script.startsWith('set -e\n')).toBe(true);
    expect(script).toContain("cd '/home/work/it'\\''s'");
    expect(script).toContain("curl -fL -o /tmp/import/archive.zip 'https://x.org/a.zip'");
  });
});

describe('badges (SES-401)', () => {
  it('HTML and Markdown lead back to the notebook', () => {
    const { html, markdown } = badgeCode('https://console.example.org', 'https://x.org/a(1).ipynb');
    const href = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(readBadgeData(new URL(href).searchParams.get('data'))).toBe('https://x.org/a(1).ipynb');
    const target = /\]\(([^)]+)\)$/.exec(markdown)?.[1] ?? '';
    expect(readBadgeData(new URL(target).searchParams.get('data'))).toBe('https://x.org/a(1).ipynb');
    expect(markdown).toContain('](https://console.example.org/badge.svg)');
  });

  it('what names nothing is nothing', () => {
    for (const data of [null, '', '{', '[]', '{"url":7}', '"x"']) expect(readBadgeData(data)).toBeNull();
  });

  it('older badges', () => {
    expect(readOlderBadge('?lab/mnist/main/a/p.ipynb')).toBe('https://raw.githubusercontent.com/lab/mnist/main/a/p.ipynb');
    expect(readOlderBadge('?lab%2Fmnist%2Fmain%2Fp.ipynb=')).toBe('https://raw.githubusercontent.com/lab/mnist/main/p.ipynb');
    expect(readOlderBadge('?')).toBeNull();
    expect(readOlderBadge('?lab/mnist/main/p.py')).toBeNull();
  });
});
