/**
 * How grave a line of container output is, by its words: programs have no common way to say it. Cautious on purpose,
 * so that `val_error: 0.12` or `0 errors` do not shout.
 */

export const LOG_LEVELS = ['error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whatever can be graver than plain text has one of these in it: most lines are done after this one look. */
const WORTH_A_LOOK = /err|warn|info|debug|trace|fatal|crit|panic|exception|fail|fault|killed|out of mem|denied|no such|not found|notice|interrupt|exit|^\[?[EWIDF][\d ]/i;
/** `E0312 10:21`, `[W 2026-03-12 …]`, `I 10:21:03`. */
const LETTER = /^\[?([EFWID])(?:\d{4}\s|\s\d{4}-|\s\d\d:\d\d)/;
/** `ERROR`, `[WARN]`, `INFO:root:`: in capitals a word of its own is enough. */
const LOUD = /(?:^|[\s[(<|])(?:(ERROR|FATAL|CRITICAL|PANIC|SEVERE)|(WARNING|WARN)|(INFO|NOTICE)|(DEBUG|TRACE|VERBOSE))(?=[\s\])>:|,;-]|$)/;
/** `[error]`, `warning: …`, `level=info`, `"level": "debug"`; not `error: 0.12`. */
const QUIET =
  /(?:^|[\s[(<|])(?:(error|fatal|critical|panic)|(warning|warn)|(info|notice)|(debug|trace))(?:[\])>](?=\W|$)|:(?=\s+[^\d\s.+-]|\s*$))|\blevel"?\s*[=:]\s*"?(?:(error|fatal|critical|panic)|(warn(?:ing)?)|(info|notice)|(debug|trace))\b/i;
/** `RuntimeError: CUDA out of memory`, `KeyboardInterrupt`. */
const RAISED = /^\s*(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit)(?::\s|$)|^Error\b/;
const WARNED = /(?:^|[\s:])[A-Z]\w*Warning: /;
const PLAIN_ERROR = /\b(?:segmentation fault|core dumped|out of memory|permission denied|no such file or directory|command not found|can't open file|connection refused)\b|\bFAILED\b|^Killed$/i;
const READ = 240;

const byLetter: Record<string, LogLevel> = { E: 'error', F: 'error', W: 'warning', I: 'info', D: 'debug' };

export function levelOfText(text: string): LogLevel | null {
  const head = text.length > READ ? text.slice(0, READ) : text;
  if (!WORTH_A_LOOK.test(head)) return null;
  const letter = LETTER.exec(head)?.[1];
  if (letter) return byLetter[letter] ?? null;
  const word = LOUD.exec(head) ?? QUIET.exec(head);
  if (word) return LOG_LEVELS[(word.findIndex((group, index) => index > 0 && group !== undefined) - 1) % 4] ?? null;
  if (RAISED.test(head) || PLAIN_ERROR.test(head)) return 'error';
  return WARNED.test(head) ? 'warning' : null;
}

// Several processes may write with their names in front: `[rank0]:   File "train.py", line 3`.
const TRACEBACK = /^(?:\[[\w-]+\]:\s)?Traceback \(most recent call last\)/;
const FRAME = /^\s|^$|^\[[\w-]+\]:(?:\s\s|$)/;

/**
 * A traceback is one error over many lines: from its heading over the indented frames to the exception itself.
 * `inside` says whether the line before left one open.
 */
export function levelOfLine(text: string, inside: boolean): { level: LogLevel | null; inside: boolean } {
  if (TRACEBACK.test(text)) return { level: 'error', inside: true };
  if (inside) return { level: 'error', inside: FRAME.test(text) };
  return { level: levelOfText(text), inside: false };
}
