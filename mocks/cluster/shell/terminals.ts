import type { Context } from '../context';
import { containerFiles } from '../files/volumes';
import { applyChanges } from '../kernel-run';
import type { Session } from '../types';
import { complete } from './completion';
import { EMPTY_LINE, cells, keysOf, press, redraw } from './line-editor';
import { runShell } from './machine';
import { sessionWorld } from './session-world';
import { ShellSyntaxError } from './lexer';
import { parse } from './syntax';
import type { AttachedTerminal, TerminalListener, TerminalState, TerminalWindow, Terminals } from './terminal-state';
import { newShell, shortPath } from './world';

const MOST_SCREEN = 64 * 1024;
const MOST_HISTORY = 500;
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

interface Viewer {
  columns: number;
  rows: number;
  listener: TerminalListener;
}

/** The shells behind the service `ttyd`, as tmux keeps them: one screen a session, for whoever looks on. */
export function createTerminals(ctx: Context, target: Terminals['target']): Terminals {
  /** Beside the state: connections do not survive a snapshot. */
  const viewers = new Map<string, Set<Viewer>>();

  function states(): Record<string, TerminalState> {
    return (ctx.state.terminals ??= {});
  }

  function watching(session: Session): Set<Viewer> {
    const known = viewers.get(session.id) ?? new Set<Viewer>();
    viewers.set(session.id, known);
    return known;
  }

  function tell(session: Session, text: string): void {
    for (const viewer of watching(session)) viewer.listener.output(text);
  }

  function currentOf(state: TerminalState): TerminalWindow {
    const found = state.windows.find((one) => one.number === state.current) ?? state.windows[0];
    if (!found) throw new Error('a terminal without a window');
    return found;
  }

  /** The green line at the bottom. */
  function statusLine(session: Session, state: TerminalState): string {
    const names = state.windows.map(({ number }) => `${String(number)}:bash${number === state.current ? '*' : number === state.previous ? '-' : ''}`);
    const text = state.waitsFor === 'kill' ? 'kill-pane 0? (y/n)' : `[${session.kernels[0]?.hostname ?? 'main1'}] ${names.join(' ')}`;
    const colour = state.waitsFor === 'kill' ? '30;43' : '30;42';
    return `\u001b7\u001b[${String(state.rows)};1H\u001b[${colour}m${text.slice(0, state.columns).padEnd(state.columns)}\u001b[0m\u001b8`;
  }

  function fullScreen(session: Session, state: TerminalState): string {
    return `\u001b[r${CLEAR}\u001b[1;${String(Math.max(1, state.rows - 1))}r\u001b[H${currentOf(state).screen}${statusLine(session, state)}`;
  }

  function show(session: Session, state: TerminalState, window: TerminalWindow, text: string): void {
    const erased = text.lastIndexOf('\u001b[3J');
    window.screen = erased >= 0 ? text.slice(erased + 4) : window.screen + text;
    if (window.screen.length > MOST_SCREEN) window.screen = window.screen.slice(window.screen.indexOf('\n', window.screen.length - MOST_SCREEN / 2) + 1);
    if (currentOf(state) !== window) return;
    const erases = text.includes('\u001b[J') || text.includes('\u001b[2J');
    tell(session, text + (erases ? statusLine(session, state) : ''));
  }

  function promptOf(session: Session, window: TerminalWindow): { text: string; width: number } {
    if (window.pending !== '') return { text: '> ', width: 2 };
    if (window.shell.python) return { text: '>>> ', width: 4 };
    const seat = window.shell.seats.at(-1);
    const host = session.kernels.find((kernel) => kernel.id === seat?.kernelId)?.hostname ?? 'main1';
    const path = shortPath(seat?.cwd ?? '/');
    return {
      text: `\u001b[01;32mwork@${host}\u001b[00m[${session.name}]:\u001b[01;34m${path}\u001b[00m$ `,
      width: cells(`work@${host}[${session.name}]:${path}$ `),
    };
  }

  function ask(session: Session, state: TerminalState, window: TerminalWindow): void {
    window.edited = { ...EMPTY_LINE, cut: window.edited.cut };
    show(session, state, window, promptOf(session, window).text);
  }

  function addWindow(session: Session, state: TerminalState): TerminalWindow {
    const window: TerminalWindow = {
      number: state.nextNumber,
      screen: '',
      shell: newShell(sessionWorld(ctx, session, state.columns)),
      edited: { ...EMPTY_LINE },
      pending: '',
      running: null,
      ahead: '',
    };
    state.nextNumber += 1;
    state.windows.push(window);
    state.previous = state.current;
    state.current = window.number;
    window.screen = promptOf(session, window).text;
    return window;
  }

  function stateOf(session: Session, columns: number, rows: number): TerminalState {
    const known = states()[session.id];
    if (known) return known;
    const state: TerminalState = { windows: [], current: -1, previous: -1, nextNumber: 0, columns, rows, waitsFor: '', chosen: 0 };
    states()[session.id] = state;
    addWindow(session, state);
    state.previous = -1;
    return state;
  }

  function select(session: Session, state: TerminalState, number: number | undefined): void {
    if (number === undefined || number === state.current || !state.windows.some((one) => one.number === number)) return;
    state.previous = state.current;
    state.current = number;
    tell(session, fullScreen(session, state));
  }

  function endWindow(session: Session, state: TerminalState, window: TerminalWindow): void {
    state.windows = state.windows.filter((one) => one !== window);
    const next = state.windows.find((one) => one.number === state.previous) ?? state.windows.at(-1);
    if (next) {
      state.current = next.number;
      state.previous = -1;
      tell(session, fullScreen(session, state));
      return;
    }
    delete states()[session.id];
    for (const viewer of watching(session)) {
      watching(session).delete(viewer);
      // The whole window scrolls again; that alone would send the cursor home.
      viewer.listener.output('\u001b7\u001b[r\u001b8\r\n[exited]\r\n');
      viewer.listener.ended();
    }
  }

  /** Shows what a command has come to by now; asks for the next one when it is over. */
  function goOn(session: Session, state: TerminalState, window: TerminalWindow): void {
    const { running } = window;
    if (!running) return;
    const age = ctx.now - running.startedAt;
    const due = running.changes.filter((change, i) => i >= running.made && change.at <= age);
    running.made += due.length;
    applyChanges(ctx, session, due);
    let text = '';
    for (let piece = running.output[running.shown]; piece && piece.at <= age; piece = running.output[running.shown]) {
      text += piece.text;
      running.shown += 1;
    }
    if (text !== '') show(session, state, window, text.replace(/\r?\n/g, '\r\n'));
    if (age < running.duration) {
      const next = Math.min(running.output[running.shown]?.at ?? running.duration, running.changes[running.made]?.at ?? running.duration, running.duration);
      ctx.later('terminal', session.id, Math.max(1, next - age));
      return;
    }
    window.running = null;
    window.shell = running.after;
    if (running.ended) {
      endWindow(session, state, window);
      return;
    }
    ask(session, state, window);
    const { ahead } = window;
    window.ahead = '';
    if (ahead !== '') typed(session, state, window, ahead);
  }

  function enter(session: Session, state: TerminalState, window: TerminalWindow): void {
    const line = window.pending + window.edited.text;
    show(session, state, window, '\r\n');
    const { history } = window.shell;
    if (window.edited.text.trim() !== '' && history.at(-1) !== window.edited.text) history.push(window.edited.text);
    if (history.length > MOST_HISTORY) history.shift();
    if (!window.shell.python && isUnfinished(line)) {
      window.pending = `${line}\n`;
      ask(session, state, window);
      return;
    }
    window.pending = '';
    if (line.trim() === '') {
      ask(session, state, window);
      return;
    }
    const run = runShell(line, sessionWorld(ctx, session, state.columns), window.shell);
    window.running = { startedAt: ctx.now, output: run.output, changes: run.changes, duration: run.duration, listener: run.listener, after: run.state, ended: run.ended, shown: 0, made: 0 };
    window.edited = { ...EMPTY_LINE };
    goOn(session, state, window);
  }

  function interrupt(session: Session, state: TerminalState, window: TerminalWindow): void {
    show(session, state, window, window.running?.listener ? '^C\r\n\r\nKeyboard interrupt received, exiting.\r\n' : '^C\r\n');
    if (window.running) window.ahead = '';
    window.running = null;
    window.pending = '';
    window.shell.code = 130;
    ask(session, state, window);
  }

  function completeLine(session: Session, state: TerminalState, window: TerminalWindow): void {
    const seat = window.shell.seats.at(-1);
    const kernel = session.kernels.find((one) => one.id === seat?.kernelId);
    if (!seat || !kernel || window.shell.python) return;
    const { edited } = window;
    const before = { text: edited.text, cursor: edited.cursor };
    const { insert, choices } = complete(edited.text.slice(0, edited.cursor), seat, containerFiles(ctx, session, kernel), session.kernels.map((one) => one.hostname));
    edited.text = edited.text.slice(0, edited.cursor) + insert + edited.text.slice(edited.cursor);
    edited.cursor += insert.length;
    const prompt = promptOf(session, window);
    if (choices.length > 0) show(session, state, window, `\r\n${choices.join('  ')}\r\n`);
    else if (insert === '') tell(session, '\u0007');
    show(session, state, window, choices.length > 0 ? redraw({ text: '', cursor: 0 }, edited, prompt.text, prompt.width, state.columns) : redraw(before, edited, prompt.text, prompt.width, state.columns));
  }

  /** The list of windows, the chosen one under the bar. */
  function windowList(session: Session, state: TerminalState): string {
    const lines = state.windows.map(({ number, shell }) => {
      const text = `(${String(number)})  ${String(number)}: bash${number === state.current ? '*' : ' '} "${shortPath(shell.seats.at(-1)?.cwd ?? '/')}"`.padEnd(state.columns);
      return `${number === state.chosen ? '\u001b[7m' : ''}${text.slice(0, state.columns)}\u001b[0m`;
    });
    return `${CLEAR}${lines.join('\r\n')}${statusLine(session, state)}`;
  }

  function choose(session: Session, state: TerminalState, key: string, numbers: readonly number[]): void {
    const step = key === '\u001b[A' || key === 'k' ? -1 : key === '\u001b[B' || key === 'j' ? 1 : 0;
    if (step !== 0) {
      state.chosen = numbers[(numbers.indexOf(state.chosen) + step + numbers.length) % numbers.length] ?? state.current;
      state.waitsFor = 'choice';
      tell(session, windowList(session, state));
      return;
    }
    const wanted = key === '\r' ? state.chosen : /^\d$/.test(key) ? Number(key) : state.current;
    if (wanted === state.current) tell(session, fullScreen(session, state));
    else select(session, state, wanted);
  }

  function control(session: Session, state: TerminalState, key: string): void {
    const isChoosing = state.waitsFor === 'choice';
    const wasAsked = state.waitsFor === 'kill';
    state.waitsFor = '';
    if (wasAsked) {
      if (key === 'y') endWindow(session, state, currentOf(state));
      else tell(session, statusLine(session, state));
      return;
    }
    const numbers = state.windows.map(({ number }) => number);
    const at = numbers.indexOf(state.current);
    if (isChoosing) choose(session, state, key, numbers);
    else if (key === 'w') {
      Object.assign(state, { waitsFor: 'choice', chosen: state.current });
      tell(session, windowList(session, state));
    } else if (key === 'c') {
      addWindow(session, state);
      tell(session, fullScreen(session, state));
    } else if (key === 'n' || key === 'p') select(session, state, numbers[(at + (key === 'n' ? 1 : -1) + numbers.length) % numbers.length]);
    else if (/^\d$/.test(key)) select(session, state, Number(key));
    else if (key === 'l') select(session, state, state.previous);
    else if (key === 'x' || key === '&') {
      state.waitsFor = 'kill';
      tell(session, statusLine(session, state));
    }
  }

  function typed(session: Session, state: TerminalState, window: TerminalWindow, input: string): void {
    const keys = keysOf(window.edited, input);
    for (const [i, key] of keys.entries()) {
      // A key before it has closed the window or started a command: the rest belongs to what comes then.
      if (states()[session.id] !== state || currentOf(state) !== window) {
        if (states()[session.id] === state) typed(session, state, currentOf(state), keys.slice(i).join(''));
        return;
      }
      if (state.waitsFor !== '') {
        control(session, state, key);
        continue;
      }
      if (key === '\u0002') {
        state.waitsFor = 'prefix';
        continue;
      }
      if (window.running) {
        if (key === '\u0003') interrupt(session, state, window);
        else {
          window.ahead += key;
          if (key >= ' ' && key !== '\u007f') show(session, state, window, key);
        }
        continue;
      }
      edit(session, state, window, key);
    }
  }

  function edit(session: Session, state: TerminalState, window: TerminalWindow, key: string): void {
    const { edited } = window;
    const before = { text: edited.text, cursor: edited.cursor };
    const pressed = press(edited, key, window.shell.history);
    const prompt = promptOf(session, window);
    switch (pressed.kind) {
      case 'text':
        show(session, state, window, pressed.text);
        return;
      case 'enter':
        enter(session, state, window);
        return;
      case 'interrupt':
        interrupt(session, state, window);
        return;
      case 'end-of-file': {
        const word = window.shell.python ? 'exit()' : 'exit';
        edited.text = word;
        const { history } = window.shell;
        show(session, state, window, word);
        enter(session, state, window);
        if (history.at(-1) === word) history.pop();
        return;
      }
      case 'clear':
        show(session, state, window, CLEAR + redraw({ text: '', cursor: 0 }, edited, prompt.text, prompt.width, state.columns));
        return;
      case 'complete':
        completeLine(session, state, window);
        return;
      case 'bell':
        tell(session, '\u0007');
        return;
      default:
        show(session, state, window, redraw(before, edited, prompt.text, prompt.width, state.columns));
    }
  }

  function fit(session: Session, state: TerminalState): boolean {
    const all = [...watching(session)];
    if (all.length === 0) return false;
    const columns = Math.max(10, Math.min(...all.map((one) => one.columns)));
    const rows = Math.max(3, Math.min(...all.map((one) => one.rows)));
    const changed = columns !== state.columns || rows !== state.rows;
    Object.assign(state, { columns, rows });
    return changed;
  }

  return {
    target,
    opened(sessionId) {
      const change = (by: number): void => {
        ctx.openTunnels.set(sessionId, (ctx.openTunnels.get(sessionId) ?? 0) + by);
        const session = ctx.state.sessions[sessionId];
        if (session) session.lastAccessAt = ctx.now;
      };
      change(1);
      return () => change(-1);
    },
    attach(session, size, listener): AttachedTerminal {
      const state = stateOf(session, size.columns, size.rows);
      const viewer: Viewer = { ...size, listener };
      watching(session).add(viewer);
      // A change of size draws the screen for everybody, this one among them.
      if (fit(session, state)) tell(session, fullScreen(session, state));
      else listener.output(fullScreen(session, state));
      const alive = (): TerminalState | undefined => (watching(session).has(viewer) ? states()[session.id] : undefined);
      return {
        input(text) {
          const now = alive();
          if (now) typed(session, now, currentOf(now), text);
        },
        resize(columns, rows) {
          Object.assign(viewer, { columns, rows });
          const now = alive();
          if (now && fit(session, now)) tell(session, fullScreen(session, now));
        },
        close() {
          watching(session).delete(viewer);
          const now = states()[session.id];
          if (now && fit(session, now)) tell(session, fullScreen(session, now));
        },
      };
    },
    viewers: (sessionId) => viewers.get(sessionId)?.size ?? 0,
    tick(sessionId) {
      const session = ctx.state.sessions[sessionId];
      const state = states()[sessionId];
      if (!session || !state) return;
      for (const window of state.windows) goOn(session, state, window);
    },
  };
}

/** A quote or a loop is still open. */
function isUnfinished(line: string): boolean {
  try {
    parse(line);
    return false;
  } catch (error) {
    return error instanceof ShellSyntaxError && error.more;
  }
}
