import type { FileSystem } from '../files/file-system';
import { absolute } from '../files/file-system';
import { arithmetic } from './arithmetic';
import type { Word } from './lexer';
import { closing } from './lexer';

/** What words need to become arguments. */
export interface Surroundings {
  variable(name: string): string | undefined;
  assign(name: string, value: string): void;
  /** Standard output of a script. */
  output(script: string): string;
  readonly files: FileSystem;
  readonly cwd: string;
  option(name: string): boolean;
}

/** Before a letter that must not match anything else. */
const LITERAL = '\uE000';
const MOST_NUMBERS = 5000;

function shielded(text: string): string {
  return text.replace(/[*?[\]\\]/g, `${LITERAL}$&`);
}

function unshielded(text: string): string {
  return text.replaceAll(LITERAL, '');
}

/** `{1..3}` and `{a,b}`; the first one only where several stand in a word. */
function braces(text: string): string[] {
  const range = /^(.*?)\{(\d+)\.\.(\d+)\}(.*)$/s.exec(text);
  if (range) {
    const [, before = '', low = '', high = '', after = ''] = range;
    const count = Math.min(Math.max(0, Number(high) - Number(low) + 1), MOST_NUMBERS);
    return Array.from({ length: count }, (_x, i) => `${before}${String(Number(low) + i)}`).flatMap((one) => braces(after).map((rest) => one + rest));
  }
  const choice = /^(.*?)(?<!\$)\{([^{}$\s]*,[^{}\s]*)\}(.*)$/s.exec(text);
  if (!choice) return [text];
  const [, before = '', inside = '', after = ''] = choice;
  return inside.split(',').flatMap((one) => braces(after).map((rest) => before + one + rest));
}

function strip(value: string, pattern: string, operator: string): string {
  const source = globSource(pattern);
  if (operator.startsWith('#')) {
    const match = new RegExp(`^${operator === '##' ? source : source.replaceAll('*', '*?')}`, 's').exec(value);
    return match ? value.slice(match[0].length) : value;
  }
  for (let i = 0; i <= value.length; i += 1) {
    const at = operator === '%%' ? i : value.length - i;
    if (new RegExp(`^${source}$`, 's').test(value.slice(at))) return value.slice(0, at);
  }
  return value;
}

/** A file name pattern as a regular expression over one name. */
function globSource(pattern: string): string {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const letter = pattern[i] ?? '';
    if (letter === LITERAL) {
      i += 1;
      source += (pattern[i] ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    } else if (letter === '*') source += '.*';
    else if (letter === '?') source += '.';
    else if (letter === '[' && pattern.indexOf(']', i + 2) > 0) {
      const end = pattern.indexOf(']', i + 2);
      source += `[${pattern.slice(i + 1, end).replace(/^!/, '^').replace(/[\\[]/g, '\\$&')}]`;
      i = end;
    } else source += letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  }
  return source;
}

function parameter(inside: string, around: Surroundings): string {
  const length = /^#(\w+)$/.exec(inside);
  if (length) return String((around.variable(length[1] ?? '') ?? '').length);
  const match = /^(\w+|\?)(?:(:?[-=+?]|##?|%%?|\/\/?)([\s\S]*))?$/.exec(inside);
  if (!match) return '';
  const [, name = '', operator = '', rest = ''] = match;
  const value = around.variable(name);
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  switch (operator.replace(':', '')) {
    case '-':
      return isSet ? value : expandText(rest, around);
    case '=':
      if (!isSet) around.assign(name, expandText(rest, around));
      return around.variable(name) ?? '';
    case '+':
      return isSet ? expandText(rest, around) : '';
    case '#':
    case '##':
    case '%':
    case '%%':
      return strip(value ?? '', expandText(rest, around), operator);
    case '/':
    case '//': {
      const [from = '', to = ''] = rest.split('/');
      const pattern = new RegExp(globSource(expandText(from, around)), operator === '//' ? 'g' : '');
      return (value ?? '').replace(pattern, () => expandText(to, around));
    }
    default:
      return value ?? '';
  }
}

/** Calls back with every piece: as it stands in the text, or what an expansion came to. */
function pieces(text: string, around: Surroundings, inQuotes: boolean, emit: (piece: string, isResult: boolean) => void): void {
  let plain = '';
  const result = (value: string): void => {
    if (plain !== '') emit(plain, false);
    plain = '';
    emit(value, true);
  };
  let i = 0;
  while (i < text.length) {
    const letter = text[i] ?? '';
    if (letter === '\\' && inQuotes && /["\\$`\n]/.test(text[i + 1] ?? '')) {
      if (text[i + 1] !== '\n') plain += text[i + 1] ?? '';
      i += 2;
    } else if (letter === '`') {
      const end = text.indexOf('`', i + 1);
      result(around.output(text.slice(i + 1, end)).replace(/\n+$/, ''));
      i = end + 1;
    } else if (letter !== '$') {
      plain += letter;
      i += 1;
    } else if (text.startsWith('$((', i)) {
      const end = closing(text, i + 2, '(', ')');
      result(String(arithmetic(expandText(text.slice(i + 3, end - 2), around), (name) => Number(around.variable(name) ?? 0) || 0)));
      i = end;
    } else if (text.startsWith('$(', i)) {
      const end = closing(text, i + 2, '(', ')');
      result(around.output(text.slice(i + 2, end - 1)).replace(/\n+$/, ''));
      i = end;
    } else if (text.startsWith('${', i)) {
      const end = closing(text, i + 2, '{', '}');
      result(parameter(text.slice(i + 2, end - 1), around));
      i = end;
    } else {
      const name = /^\$(\w+|[?$#!@*])/.exec(text.slice(i))?.[1];
      if (name === undefined) plain += '$';
      else result(around.variable(name) ?? '');
      i += 1 + (name?.length ?? 0);
    }
  }
  if (plain !== '') emit(plain, false);
}

function expandText(text: string, around: Surroundings): string {
  let whole = '';
  pieces(text, around, true, (piece) => {
    whole += piece;
  });
  return whole;
}

/** In one piece: a redirect's target, a value. */
export function expandWhole(word: Word, around: Surroundings): string {
  const joined = word.map((part) => (part.quote === "'" ? part.text : expandText(part.text, around))).join('');
  const first = word[0];
  return first?.quote === '' ? joined.replace(/^~(?=\/|$)/, around.variable('HOME') ?? '') : joined;
}

function matches(pattern: string, around: Surroundings): string[] {
  const rooted = pattern.startsWith('/');
  let found = [rooted ? '/' : ''];
  for (const segment of pattern.split('/').filter((one) => one !== '')) {
    const next: string[] = [];
    const wild = new RegExp(`(?<!${LITERAL})[*?[]`).test(segment);
    const test = new RegExp(`^${globSource(segment)}$`);
    for (const base of found) {
      const prefix = base === '' || base.endsWith('/') ? base : `${base}/`;
      if (!wild) {
        const path = prefix + unshielded(segment);
        if (around.files.find(absolute(path, around.cwd))) next.push(path);
        continue;
      }
      const directory = absolute(base === '' ? '.' : base, around.cwd);
      if (!around.files.isDirectory(directory)) continue;
      for (const name of around.files.list(directory)) {
        const hidden = name.startsWith('.') && !segment.startsWith('.') && !around.option('dotglob');
        if (!hidden && test.test(name)) next.push(prefix + name);
      }
    }
    found = next;
  }
  return pattern.endsWith('/') ? found.filter((path) => around.files.isDirectory(absolute(path, around.cwd))).map((path) => `${path}/`) : found;
}

/** Quotes, variables, splitting and file names, as bash does it. */
export function expandWord(word: Word, around: Surroundings): string[] {
  const [only] = word;
  if (word.length === 1 && only?.quote === '' && only.text.includes('{')) {
    const several = braces(only.text);
    if (several.length !== 1 || several[0] !== only.text) return several.flatMap((text) => expandWord([{ text, quote: '' }], around));
  }
  let fields: string[] = [''];
  let present = false;
  const append = (text: string): void => {
    fields[fields.length - 1] += text;
  };
  for (const [i, part] of word.entries()) {
    if (part.quote !== '') {
      present = true;
      append(shielded(part.quote === "'" ? part.text : expandText(part.text, around)));
      continue;
    }
    const text = i === 0 ? part.text.replace(/^~(?=\/|$)/, around.variable('HOME') ?? '') : part.text;
    pieces(text, around, false, (piece, isResult) => {
      if (!isResult) {
        append(piece);
        return;
      }
      for (const [j, run] of piece.split(/[ \t\n]+/).entries()) {
        if (j > 0) fields.push('');
        append(run);
      }
    });
  }
  fields = fields.filter((field) => field !== '' || (present && fields.length === 1));
  return fields.flatMap((field) => {
    if (!new RegExp(`(?<!${LITERAL})[*?[]`).test(field)) return [unshielded(field)];
    const found = matches(field, around);
    if (found.length > 0) return found;
    return around.option('nullglob') ? [] : [unshielded(field)];
  });
}
