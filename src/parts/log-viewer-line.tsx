import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { luminance, readable, runsOf } from './log-viewer-style';
import type { Look, Rgb } from './log-viewer-style';
import type { LogLine } from './log-viewer-text';
import styles from './log-viewer-line.module.css';

/** SEC-04: one line of container output as React text nodes; no HTML is ever made of it. */

const NAMES = [
  styles.black,
  styles.red,
  styles.green,
  styles.yellow,
  styles.blue,
  styles.magenta,
  styles.cyan,
  styles.white,
  styles.brightBlack,
  styles.brightRed,
  styles.brightGreen,
  styles.brightYellow,
  styles.brightBlue,
  styles.brightMagenta,
  styles.brightCyan,
  styles.brightWhite,
];

const rgb = (colour: Rgb) => `rgb(${colour.join(' ')})`;

function drawnAs(look: Look): { className: string | undefined; style: CSSProperties | undefined } {
  // Reversed without colours of its own: the ground's and the text's own.
  const [fg, bg] = look.reverse ? [look.bg ?? 0, look.fg ?? 7] : [look.fg, look.bg];
  const classes = [
    look.bold && styles.bold,
    look.italic && styles.italic,
    look.underline && styles.underline,
    look.strike && styles.strike,
    look.hidden && styles.concealed,
  ];
  const style: CSSProperties = {};
  if (typeof bg === 'number') classes.push(NAMES[bg], styles.filled);
  else if (bg !== null) {
    style.backgroundColor = rgb(bg);
    style.color = luminance(bg) > 0.2 ? 'black' : 'white';
  } else if (typeof fg === 'number') classes.push(NAMES[fg]);
  else if (fg !== null) style.color = rgb(readable(fg));
  else if (look.dim) classes.push(styles.dim);
  return { className: classes.filter(Boolean).join(' ') || undefined, style: Object.keys(style).length > 0 ? style : undefined };
}

/** A hit within one line, by the places in its text. */
export interface Mark {
  from: number;
  to: number;
  current: boolean;
}

/** One run of a line's text that begins at `start` of it; a hit may go over several runs. */
function withMarks(text: string, start: number, marks: readonly Mark[]): ReactNode {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const mark of marks) {
    const from = Math.max(mark.from - start, 0);
    const to = Math.min(mark.to - start, text.length);
    if (from >= to) continue;
    nodes.push(
      text.slice(at, from),
      <mark key={from} className={mark.current ? styles.currentHit : styles.hit} data-current={mark.current || undefined}>
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  if (at === 0) return text;
  nodes.push(text.slice(at));
  return nodes;
}

/** A line longer than any screen would hold up the browser's layout; the download has all of it. */
export const LONGEST = 20_000;
/** So would thousands of changes of colour: such a line is drawn plain. */
const MOST_RUNS = 1000;

function CutMark({ count, before = false }: { count: number; before?: boolean }) {
  const { t } = useTranslation();
  return <em className={styles.cut}>{before ? t('sessions.logs.cutBefore', { count }) : t('sessions.logs.cutLine', { count })}</em>;
}

/** Of an overlong line the part around the current hit, or else its beginning. */
function LongLine({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const middle = marks.find((mark) => mark.current)?.from ?? 0;
  const start = Math.max(0, Math.min(middle - LONGEST / 2, text.length - LONGEST));
  const end = Math.min(text.length, start + LONGEST);
  return (
    <>
      {start > 0 ? <CutMark count={start} before /> : null}
      {withMarks(text.slice(start, end), start, marks)}
      {end < text.length ? <CutMark count={text.length - end} /> : null}
    </>
  );
}

const NO_MARKS: readonly Mark[] = [];

export function LogLineText({ line, marks = NO_MARKS }: { line: LogLine; marks?: readonly Mark[] }) {
  if (line.text.length > LONGEST) return <LongLine text={line.text} marks={marks} />;
  if (line.opening === '' && line.styled === line.text) return <>{withMarks(line.text, 0, marks)}</>;
  const runs = runsOf(line.opening, line.styled);
  if (runs.length > MOST_RUNS) return <>{withMarks(line.text, 0, marks)}</>;
  let place = 0;
  return (
    <>
      {runs.map(({ text, look, href }, index) => {
        const start = place;
        place += text.length;
        const { className, style } = drawnAs(look);
        const content = withMarks(text, start, marks);
        return href === null ? (
          <span key={index} className={className} style={style}>
            {content}
          </span>
        ) : (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer" className={className ? `${styles.link} ${className}` : styles.link} style={style}>
            {content}
          </a>
        );
      })}
    </>
  );
}
