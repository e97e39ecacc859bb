// @vitest-environment node
import { expect, test } from 'vitest';
import type { Cluster } from '../api';
import { TORCH, body, clusterWith, launch, requester, until } from '../test-helpers';
import { repositoryFiles } from './commands/web';
import { runShell } from './machine';
import type { Host, ShellRun, World } from './world';
import { newShell } from './world';
import { FileSystem, copied } from '../files/file-system';
import type { DirectoryEntry } from '../files/entries';
import { directory } from '../files/entries';

const host: Host = {
  kernelId: 'k1',
  hostname: 'main1',
  sessionName: 'notebook',
  environ: {},
  python: '3.12.7',
  packages: { torch: '2.4.0+cu124' },
  gpus: [],
  cpus: 2,
  memory: 2 ** 32,
  architecture: 'x86_64',
  distro: 'ubuntu22.04',
};

function world(environ: Record<string, string> = {}, tree: DirectoryEntry = directory(0), columns: number | null = null): World {
  const home = directory(0);
  tree.entries['home'] ??= { ...directory(0), entries: { work: home } };
  tree.entries['tmp'] ??= directory(0);
  const volumes = copied({ view: () => tree, edit: () => tree });
  return {
    hosts: [{ ...host, environ }],
    now: 0,
    noise: 1,
    columns,
    open: (_id, now, journal) => new FileSystem(volumes, 'root', [], now, journal),
    listening: [],
    disk: () => ({ name: 'overlay', size: 2 ** 40, used: 2 ** 39 }),
  };
}

function run(script: string, environ: Record<string, string> = {}): ShellRun & { text: string } {
  const where = world(environ);
  const done = runShell(script, where, newShell(where));
  return { ...done, text: done.output.map((piece) => piece.text).join('') };
}

test('WALK-06: lines, sleeping, exit codes', () => {
  expect(run('echo hello\nsleep 5\necho bye')).toMatchObject({ text: 'hello\nbye\n', duration: 5000, exitCode: 0 });
  expect(run('echo a; sleep 2s; exit 3; echo b')).toMatchObject({ text: 'a\n', duration: 2000, exitCode: 3 });
  expect(run('false').exitCode).toBe(1);
  expect(run('false\ntrue').exitCode).toBe(0);
  expect(run('nonsense')).toMatchObject({ exitCode: 127, text: 'bash: line 1: nonsense: command not found\n' });
});

test('chains, set -e, quotes and variables', () => {
  expect(run('true && echo yes || echo no').text).toBe('yes\n');
  expect(run('false && echo yes || echo no').text).toBe('no\n');
  expect(run('set -e\nfalse\necho never')).toMatchObject({ text: '', exitCode: 1 });
  expect(run('set -e\nif false; then echo a; else echo b; fi\nfalse || true\necho on').text).toBe('b\non\n');
  expect(run('echo "a;b && c" \'$X\' "$X ${Y:-none}"', { X: 'one' }).text).toBe('a;b && c $X one none\n');
  expect(run('A=5\nexport B=6; echo $A$B $?').text).toBe('56 0\n');
  expect(run('# nothing\necho quiet > /dev/null').text).toBe('');
  expect(run('bash -c "echo in; exit 4"').exitCode).toBe(4);
  expect(run('X=a/b.tar.gz; echo ${X##*/} ${X%.*} ${#X} $((2 + 3 * 4)) "$(echo in $(echo deep))"').text).toBe('b.tar.gz a/b.tar 10 14 in deep\n');
  expect(run('cat <<EOF\none $X\nEOF\ncat <<"EOF"\n$X\nEOF', { X: '1' }).text).toBe('one 1\n$X\n');
  expect(run('echo "open').text).toContain('unexpected EOF');
});

test('loops and counting', () => {
  expect(run('for i in 1 2 3; do echo n$i; sleep 1; done\necho end')).toMatchObject({ text: 'n1\nn2\nn3\nend\n', duration: 3000 });
  expect(run('for i in $(seq 1 3)\ndo\n  echo $i\ndone').text).toBe('1\n2\n3\n');
  expect(run('for i in {1..3}; do echo $i; done').text).toBe('1\n2\n3\n');
  expect(run('i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done').text).toBe('1\n2\n3\n');
  expect(run('seq 100000').text.split('\n')).toHaveLength(100_001);
});

test('training prints epochs, a line that rewrites itself, and colours', () => {
  const { text, exitCode, duration } = run('python train.py --epochs 2');
  expect(text).toContain('\rEpoch 2/2: 100%');
  expect(text).toContain('\u001b[32mepoch 2 done\u001b[0m');
  expect(exitCode).toBe(0);
  expect(duration).toBeGreaterThan(3000);
});

test('what never ends is cut off instead of hanging', () => {
  expect(run('sleep infinity').duration).toBeGreaterThan(86_400_000);
  expect(run('for i in $(seq 1 900000); do sleep 1; done').exitCode).toBe(0);
  expect(run('while true; do echo x; done').output.length).toBeGreaterThan(100);
});

test('files: made, listed, copied, moved, taken away; refusals in the words of Linux', () => {
  expect(run('mkdir -p a/b && echo one > a/b/f && echo two >> a/b/f && cat a/b/f && ls a && ls -a').text).toBe('one\ntwo\nb\n.\n..\na\n');
  expect(run('mkdir a; echo x > a/f; cp -r a b; mv b/f b/g; ls b; rm -r a; ls').text).toBe('g\nb\n');
  expect(run('ls nowhere')).toMatchObject({ text: "ls: cannot access 'nowhere': No such file or directory\n", exitCode: 2 });
  expect(run('cat a; cd a; mkdir a/b; rm a; rmdir a').text).toBe(
    "cat: a: No such file or directory\nbash: line 1: cd: a: No such file or directory\nmkdir: cannot create directory 'a/b': No such file or directory\nrm: cannot remove 'a': No such file or directory\nrmdir: failed to remove 'a': No such file or directory\n",
  );
  expect(run('mkdir a; rm a; cp a b').text).toBe("rm: cannot remove 'a': Is a directory\ncp: -r not specified; omitting directory 'a'\n");
  expect(run('mkdir x; touch x/1 x/2 x/.h; cp -a x/. y; cp -a x/. y; ls -A y; echo x/*; rm -f gone; echo $?').text).toBe('.h\n1\n2\nx/1 x/2\n0\n');
  expect(run('echo hi > f; ls -l f').text).toMatch(/^-rw-r--r-- 1 work work 3 Jan {2}1 00:00 f\n$/);
  expect(run('cd /tmp && pwd && cd - && cd .. && pwd').text).toBe('/tmp\n/home/work\n/home\n');
});

test('pipes and what stands between them', () => {
  expect(run('printf "b\\na\\nb\\n" | sort | uniq -c').text).toBe('      1 a\n      2 b\n');
  expect(run('seq 20 | tail -n 3 | head -1; seq 4 | wc -l; echo "a b" | wc').text).toBe('18\n4\n      1       2       4\n');
  expect(run('seq 12 | grep 1; echo no | grep -q x; echo $?').text).toBe('1\n10\n11\n12\n1\n');
  expect(run('ls nowhere 2>/dev/null | wc -l; ls nowhere 2>&1 | grep -c cannot').text).toBe('0\n1\n');
});

test('python knows what its image has', () => {
  expect(run('python3 -c "import torch; print(torch.__version__)"').text).toBe('2.4.0+cu124\n');
  expect(run('python3 -c "import tensorflow"')).toMatchObject({ exitCode: 1, text: expect.stringContaining("ModuleNotFoundError: No module named 'tensorflow'") as string });
  expect(run('python3 -c "import sys; print(1 + 2, \'x\'); sys.exit(3)"')).toMatchObject({ exitCode: 3, text: '3 x\n' });
  expect(run('pip install einops==0.8.0; python3 -c "import einops; print(einops.__version__)"; pip list | grep einops; pip install einops torch').text).toMatch(
    /Successfully installed einops-0\.8\.0.*\n0\.8\.0\neinops +0\.8\.0\nRequirement already satisfied: einops \(0\.8\.0\)\nRequirement already satisfied: torch/s,
  );
  expect(run('echo "print(\'from a file\')" > p.py; python3 p.py').text).toBe('from a file\n');
});

test('an archive is fetched, unpacked and moved; what is not there ends with 22', () => {
  const fetched = run(
    'set -e\ncurl -fL -o /tmp/a.zip https://codeload.github.com/o/mnist/zip/main\nunzip -q /tmp/a.zip -d /tmp/a\nmkdir out\ncp -a /tmp/a/*/. out/\nls -A out',
  );
  const names = [...new Set(Object.keys(repositoryFiles('mnist', 'main')).map((path) => path.split('/')[0]))].sort();
  expect(fetched.text.trim().split('\n').slice(-names.length)).toEqual(names);
  expect(fetched.exitCode).toBe(0);
  expect(run('curl -fsSL https://github.com/o/r/archive/refs/heads/dev.tar.gz | tar xz --strip-components=1 && cat README.md').text).toContain('# r');
  expect(run('curl -fL -o x.zip https://codeload.github.com/o/missing/zip/main')).toMatchObject({ exitCode: 22, text: 'curl: (22) The requested URL returned error: 404\n' });
  expect(run("curl -O 'https://raw.githubusercontent.com/o/r/main/demo.ipynb'; ls").text).toContain('demo.ipynb\n');
  expect(run('curl -s http://localhost:8080; echo $?').text).toBe('7\n');
});

/** SES-076, SES-402: what a session runs by itself goes into its folders. */
function folderOf(cluster: Cluster, name: string) {
  const folder = Object.values(cluster.state.folders).find((one) => one.name === name);
  if (!folder) throw new Error(`no folder ${name}`);
  return cluster.files.inFolder(folder);
}

test('WALK-02: what a startup command writes stays in the folder, at its time; the rest goes with the container', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const uma = requester(cluster);
  const session = launch(
    cluster,
    uma,
    'writes-files',
    { type: 'batch', startupCommand: 'echo early > results/early\necho gone > outside\nsleep 60\necho late > results/late', bootstrapScript: '#!/bin/sh\necho boot > results/boot\n' },
    { mounts: ['results'] },
  );
  until(cluster, session, 'RUNNING');
  const results = folderOf(cluster, 'results');
  expect(results.read('/boot')).toBe('boot\n');
  expect(results.find('/late')).toBeUndefined();
  until(cluster, session, 'TERMINATED');
  expect(results.read('/early')).toBe('early\n');
  expect(results.read('/late')).toBe('late\n');
  expect(() => cluster.files.inSession(session)).toThrow(/Kernel not found/);
  // The same after the state has been away.
  cluster.restore(cluster.snapshot());
  expect(folderOf(cluster, 'results').read('/late')).toBe('late\n');
});

test('SES-284: key and password lie in the home; image and mounts decide about the rest', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const session = launch(cluster, requester(cluster), 'with-home', body('with-home', { image: TORCH }), { mounts: ['reference-data'] });
  until(cluster, session, 'RUNNING');
  const files = cluster.files.inSession(session);
  expect(files.read('/home/work/id_container')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n[\s\S]+-----END OPENSSH PRIVATE KEY-----\n$/);
  expect(files.read('/home/work/.password')).toMatch(/^\w{16}$/);
  expect(() => files.write('/home/work/reference-data/x', '')).toThrow('Read-only file system');
  expect(() => files.write('/etc/x', '')).toThrow('Permission denied');
});
