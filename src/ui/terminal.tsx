import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal as Screen } from '@xterm/xterm';
import type { ITerminalOptions } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { ConfigProvider, theme as antdTheme } from 'antd';
import { useContext, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { Ref } from 'react';
import { copyToClipboard } from './clipboard';
import { openUnderPolicy } from './terminal-document';
import { clipboardText, webAddress } from './terminal-guards';
import { terminalColours } from './terminal-look';
import styles from './terminal.module.css';
import { useMedia } from './use-media';

export interface TerminalHandle {
  /** `done` once it is drawn. */
  write: (bytes: Uint8Array, done: () => void) => void;
  focus: () => void;
  size: () => { columns: number; rows: number };
  /** False where nothing is selected or the browser refuses. */
  copy: () => Promise<boolean>;
  /** False where the browser does not hand out the clipboard. */
  paste: () => Promise<boolean>;
}

export interface TerminalProps {
  ref?: Ref<TerminalHandle>;
  /** Names the screen and its input. */
  label: string;
  /** Id of the text that says how the keyboard leaves. */
  describedBy?: string;
  fontSize: number;
  /** Mirrors the screen into text that readers of the page can walk through. */
  screenReader: boolean;
  /** Drawn and measured; the handle works from here on. */
  onReady: () => void;
  onInput: (text: string) => void;
  onResize: (size: { columns: number; rows: number }) => void;
  /** Ctrl+F6: the keyboard wants out. */
  onLeave: () => void;
  /** The far side put a text into the clipboard (OSC 52). */
  onCopied?: () => void;
}

function openLink(address: string): void {
  const allowed = webAddress(address);
  if (allowed !== null) window.open(allowed, '_blank', 'noopener,noreferrer');
}

/** A terminal's screen and keyboard; what it talks to is the caller's business. */
export function Terminal({ ref, label, describedBy, fontSize, screenReader, ...on }: TerminalProps) {
  const frame = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen | null>(null);
  const fit = useRef<FitAddon | null>(null);
  const listeners = useRef(on);
  listeners.current = on;
  const nonce = useContext(ConfigProvider.ConfigContext).csp?.nonce;
  const { token } = antdTheme.useToken();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const { colorBgContainer: background, colorText: text, colorPrimary: accent, fontFamilyCode: fontFamily } = token;
  const colours = useMemo(() => terminalColours({ background, text, accent }), [background, text, accent]);
  const options: ITerminalOptions = { theme: colours, fontFamily, fontSize, screenReaderMode: screenReader, cursorBlink: !still };
  const first = useRef(options);

  useEffect(() => {
    const parent = frame.current;
    if (!parent) return;
    const made = new Screen({
      ...first.current,
      allowProposedApi: true,
      minimumContrastRatio: 4.5,
      scrollback: 5000,
      lineHeight: 1.15,
      linkHandler: {
        activate: (_event, address) => openLink(address),
        // The text of such a link can say anything: the address is shown before it is followed.
        hover: (_event, address) => {
          parent.title = address;
        },
        leave: () => {
          parent.title = '';
        },
      },
    });
    const fitting = new FitAddon();
    made.loadAddon(fitting);
    made.loadAddon(new Unicode11Addon());
    made.unicode.activeVersion = '11';
    made.loadAddon(new WebLinksAddon((_event, address) => openLink(address)));
    openUnderPolicy(made, parent, nonce);
    screen.current = made;
    fit.current = fitting;
    made.onData((data) => listeners.current.onInput(data));
    made.onResize(({ cols, rows }) => listeners.current.onResize({ columns: cols, rows }));
    made.parser.registerOscHandler(52, (data) => {
      const copied = clipboardText(data);
      // Only for whoever is at this very terminal: nobody's clipboard changes behind their back.
      if (copied !== null && document.activeElement === made.textarea) void copyToClipboard(copied).then((done) => (done ? listeners.current.onCopied?.() : undefined));
      return true;
    });
    made.attachCustomKeyEventHandler((event) => {
      const { type, key, shiftKey, ctrlKey, metaKey } = event;
      if (key === 'F6' && ctrlKey) {
        event.preventDefault();
        if (type === 'keydown') listeners.current.onLeave();
        return false;
      }
      if (!shiftKey || !(ctrlKey || metaKey)) return true;
      // The browser pastes by itself; copying it does not do here, for what is selected is no text of the page.
      if (key.toLowerCase() === 'v') return false;
      if (key.toLowerCase() !== 'c') return true;
      event.preventDefault();
      if (type === 'keydown' && made.hasSelection()) void copyToClipboard(made.getSelection());
      return false;
    });
    let due = 0;
    const refit = (): void => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(() => {
        if (parent.clientWidth > 0 && parent.clientHeight > 0) fitting.fit();
      });
    };
    const observer = new ResizeObserver(refit);
    observer.observe(parent);
    if (parent.clientWidth > 0) fitting.fit();
    listeners.current.onReady();
    return () => {
      cancelAnimationFrame(due);
      observer.disconnect();
      made.dispose();
      screen.current = null;
      fit.current = null;
    };
  }, [nonce]);

  useEffect(() => {
    const made = screen.current;
    if (!made) return;
    Object.assign(made.options, { theme: colours, fontFamily, fontSize, screenReaderMode: screenReader, cursorBlink: !still });
    if (frame.current && frame.current.clientWidth > 0) fit.current?.fit();
  }, [colours, fontFamily, fontSize, screenReader, still]);

  useEffect(() => {
    const input = screen.current?.textarea;
    input?.setAttribute('aria-label', label);
    if (describedBy) input?.setAttribute('aria-describedby', describedBy);
  }, [label, describedBy]);

  useImperativeHandle(
    ref,
    () => ({
      write(bytes, done) {
        if (screen.current) screen.current.write(bytes, done);
        else done();
      },
      focus: () => screen.current?.focus(),
      size: () => ({ columns: screen.current?.cols ?? 80, rows: screen.current?.rows ?? 24 }),
      async copy() {
        const selected = screen.current?.getSelection() ?? '';
        return selected !== '' && copyToClipboard(selected);
      },
      async paste() {
        try {
          screen.current?.paste(await navigator.clipboard.readText());
          return true;
        } catch {
          return false;
        }
      },
    }),
    [],
  );

  return (
    <div role="region" aria-label={label} className={styles.frame}>
      <div ref={frame} className={styles.screen} />
    </div>
  );
}
