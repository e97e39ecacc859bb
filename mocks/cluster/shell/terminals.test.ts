// @vitest-environment node
import { expect, test } from 'vitest';
import type { Cluster } from '../api';
import { clusterWith, launch, requester, until } from '../test-helpers';
import type { Session } from '../types';
import type { AttachedTerminal } from './terminal-state';

const ESCAPE = '\u001b';

interface Seen extends AttachedTerminal {
  /** Without colours and cursor movement. */
  text(): string;
  raw(): string;
  forget(): void;
  over: boolean;
}

function look(cluster: Cluster, session: Session, columns = 80, rows = 24): Seen {
  let raw = '';
  const seen = { over: false } as Seen;
  const attached = cluster.terminals.attach(session, { columns, rows }, { output: (text) => (raw += text), ended: () => (seen.over = true) });
  return Object.assign(seen, attached, {
    raw: () => raw,
    text: () => raw.replaceAll(new RegExp(`${ESCAPE}7.*?${ESCAPE}8`, 'gs'), '').replaceAll(new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[A-Za-z]|.)`, 'g'), '').replaceAll('\r\n', '\n'),
    forget: () => (raw = ''),
  });
}

function running(more: Record<string, unknown> = {}, config: Record<string, unknown> = {}): { cluster: Cluster; session: Session } {
  const cluster = clusterWith({ seed: 'demo' });
  const session = launch(cluster, requester(cluster), 'with-terminal', more, config);
  until(cluster, session, 'RUNNING');
  return { cluster, session };
}

test('WALK-01: a prompt, an echo, ls shows the mounted folder', () => {
  const { cluster, session } = running({}, { mounts: ['datasets'] });
  const terminal = look(cluster, session);
  expect(terminal.text()).toBe('work@main1[with-terminal]:~$ ');
  terminal.input('ls\r');
  expect(terminal.text()).toContain('$ ls\ndatasets  id_container\nwork@main1');
  terminal.input('foo; echo $?\r');
  expect(terminal.text()).toContain('bash: foo: command not found\n127\n');
});

test('WALK-02: a file in a mounted folder is there in the next session, one outside is not', () => {
  const { cluster, session } = running({}, { mounts: ['results'] });
  const first = look(cluster, session);
  first.input('echo "file inside results" > results/test_file; echo x > outside\rcat results/test_file\r');
  expect(first.text()).toContain('\nfile inside results\n');
  cluster.sessions.terminate(requester(cluster), session.id);
  until(cluster, session, 'TERMINATED');
  const next = launch(cluster, requester(cluster), 'the-next-one', {}, { mounts: ['results'] });
  until(cluster, next, 'RUNNING');
  const second = look(cluster, next);
  second.input('cat results/test_file outside\r');
  expect(second.text()).toContain('file inside results\ncat: outside: No such file or directory\n');
});

test('WALK-03: a read-only folder refuses in the words of Linux', () => {
  const { cluster, session } = running({}, { mounts: ['reference-data'] });
  const terminal = look(cluster, session);
  terminal.input('rm -r reference-data\rtouch reference-data/x\recho a > reference-data/b\rmkdir reference-data/d\r');
  const text = terminal.text();
  expect(text).toContain("rm: cannot remove 'reference-data': Read-only file system");
  expect(text).toContain("touch: cannot touch 'reference-data/x': Read-only file system");
  expect(text).toContain('bash: reference-data/b: Read-only file system');
  expect(text).toContain("mkdir: cannot create directory 'reference-data/d': Read-only file system");
});

test('WALK-04 SES-350 SES-R90: variables are true, ssh goes to the other container and exit comes back', () => {
  const { cluster, session } = running({ clusterSize: 3, clusterMode: 'multi-node' });
  const terminal = look(cluster, session, 200);
  terminal.input('export\r');
  for (const line of ['ROLE="main"', 'IDX="1"', 'HOST="main1"', 'HOSTS="main1,sub1,sub2"', 'SIZE="3"', 'REPLICAS="main:1,sub:2"']) expect(terminal.text()).toContain(`declare -x BACKENDAI_CLUSTER_${line}\n`);
  expect(terminal.text()).toContain(`BACKENDAI_SESSION_ID="${session.id}"`);
  expect(terminal.text()).toMatch(/BACKENDAI_SERVICE_PORTS="sshd:tcp:2200,ttyd:http:7681,/);
  terminal.forget();
  terminal.input('ssh sub1\r');
  expect(terminal.text()).not.toContain('sub1[');
  cluster.advance('1s');
  expect(terminal.text()).toContain('work@sub1[with-terminal]:~$ ');
  terminal.input('hostname; echo $BACKENDAI_CLUSTER_ROLE $BACKENDAI_CLUSTER_LOCAL_RANK; echo mine > /tmp/f; exit\r');
  expect(terminal.text()).toContain('sub1\nsub 1\nlogout\nConnection to sub1 closed.\nwork@main1');
  terminal.input('cat /tmp/f; ssh nobody\r');
  expect(terminal.text()).toContain('cat: /tmp/f: No such file or directory');
  cluster.advance('1s');
  expect(terminal.text()).toContain('Could not resolve hostname nobody');
});

test('commands take their time by the clock; Ctrl-C ends them; what was typed meanwhile follows', () => {
  const { cluster, session } = running();
  const terminal = look(cluster, session);
  terminal.input('echo a; sleep 5; echo b\r');
  expect(terminal.text()).toMatch(/\na\n$/);
  terminal.input('echo ahead\r');
  cluster.advance('4s');
  expect(terminal.text()).not.toContain('\nb\n');
  cluster.advance('2s');
  expect(terminal.text()).toMatch(/b\nwork@main1\[with-terminal\]:~\$ echo ahead\nahead\n/);
  terminal.forget();
  terminal.input('sleep 1000; touch made\r');
  terminal.input('\u0003');
  terminal.input('echo $?; ls\r');
  expect(terminal.text()).toContain('^C\n');
  expect(terminal.text()).toContain('130\nid_container\n');
});

test('the line editor: cursor, history, completion, clearing', () => {
  const { cluster, session } = running({}, { mounts: ['datasets'] });
  const terminal = look(cluster, session);
  terminal.input('ech one\u001b[D\u001b[D\u001b[D\u001b[Do\r');
  expect(terminal.text()).toContain('\none\n');
  terminal.input('\u001b[A\u001b[A\u001b[B\u001b[A\u007f\u007f\u007ftwo\r');
  expect(terminal.text()).toContain('\ntwo\n');
  terminal.input('cat dat\t\tREA\t\r');
  expect(terminal.text()).toContain('# Data sets');
  terminal.input('x 한글\u007f\u0001\u000becho 끝\r');
  expect(terminal.text()).toContain('\n끝\n');
  terminal.input('half\u0003');
  expect(terminal.text()).toContain('half^C\n');
  terminal.input('echo "open\rclosed"\r');
  expect(terminal.text()).toContain('> closed"\nopen\nclosed\n');
  terminal.forget();
  terminal.input('\u000c');
  expect(terminal.raw()).toContain('\u001b[2J');
});

test('SES-296: the screen outlives its viewers, two of them see the same, the smaller one sets the size', () => {
  const { cluster, session } = running();
  const first = look(cluster, session, 100, 40);
  first.input('cd /tmp; echo kept\r');
  const second = look(cluster, session, 60, 20);
  expect(second.text()).toContain('\nkept\nwork@main1[with-terminal]:/tmp$ ');
  expect(first.raw()).toContain('\u001b[1;19r');
  second.input('echo both\r');
  expect(first.text()).toContain('\nboth\n');
  first.close();
  second.close();
  expect(cluster.terminals.viewers(session.id)).toBe(0);
  cluster.restore(cluster.snapshot());
  const again = cluster.sessions.byId(session.id);
  if (!again) throw new Error('lost');
  const third = look(cluster, again);
  expect(third.text()).toContain('\nboth\nwork@main1[with-terminal]:/tmp$ ');
});

test('SES-296: the prefix makes, changes and closes windows; the last exit ends the terminal', () => {
  const { cluster, session } = running();
  const terminal = look(cluster, session);
  terminal.input('echo first\r');
  terminal.input('\u0002c');
  expect(terminal.raw()).toContain('0:bash- 1:bash*');
  terminal.forget();
  terminal.input('\u0002p');
  expect(terminal.text()).toContain('first');
  terminal.forget();
  terminal.input('\u0002w');
  expect(terminal.raw()).toContain('\u001b[7m(0)  0: bash*');
  terminal.input('\u001b[B\r');
  expect(terminal.raw()).toContain('0:bash- 1:bash*');
  terminal.input('\u00020');
  terminal.input('\u0002x');
  expect(terminal.raw()).toContain('kill-pane 0? (y/n)');
  terminal.input('y');
  expect(terminal.raw()).toContain('1:bash*');
  expect(terminal.over).toBe(false);
  terminal.input('\u0004');
  expect(terminal.over).toBe(true);
  expect(look(cluster, session).text()).toBe('work@main1[with-terminal]:~$ ');
});

test("python's own prompt keeps what was named there, and is left by exit() or Ctrl-D", () => {
  const { cluster, session } = running();
  const terminal = look(cluster, session);
  terminal.input('python3\rimport torch\rx = 6 * 7\rx\rtorch.__version__\rprint("n", x)\rnothing\r');
  expect(terminal.text()).toMatch(/Type "help".*\n>>> import torch\n>>> x = 6 \* 7\n>>> x\n42\n>>> torch.__version__\n'2\.4\.0\+cu124'\n>>> print\("n", x\)\nn 42\n>>> nothing\nTraceback/s);
  terminal.forget();
  terminal.input('\u0004');
  expect(terminal.text()).toContain('exit()\nwork@main1');
  terminal.input('python3\rexit()\rhostname\r');
  expect(terminal.text()).toContain('>>> exit()\nwork@main1[with-terminal]:~$ hostname\nmain1\n');
});

test('what the machine says about itself', () => {
  const { cluster, session } = running({}, { mounts: ['datasets'], resources: { cpu: 2, mem: '4g', 'cuda.device': 1 } });
  const terminal = look(cluster, session, 120);
  terminal.input('nvidia-smi -L; nproc; whoami; df -h; free -h; pip list | grep torch; uname\r');
  const text = terminal.text();
  expect(text).toMatch(/GPU 0: .+\n2\nwork\nFilesystem +Size +Used +Avail +Use% Mounted on\noverlay .* \/\nlocal:volume1 .* \/home\/work\/datasets\n/);
  expect(text).toMatch(/Mem: +4\.0Gi/);
  expect(text).toContain('torch        2.4.0+cu124');
});
