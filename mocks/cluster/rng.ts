/** The holder of the generator's state: a plain number, so that a snapshot continues the sequence. */
export interface RngState {
  rng: number;
}

/** Mulberry32: 0 ≤ x < 1. */
export function random(state: RngState): number {
  state.rng = (state.rng + 0x6d2b79f5) >>> 0;
  return mix(state.rng);
}

function mix(seed: number): number {
  let t = seed;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

/** Both ends included. */
export function randomInt(state: RngState, low: number, high: number): number {
  return low + Math.floor(random(state) * (high - low + 1));
}

export function pick<T>(state: RngState, from: readonly T[]): T {
  const item = from[Math.floor(random(state) * from.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Four digits at once. */
const HEX4 = Array.from({ length: 0x1_0000 }, (_x, i) => i.toString(16).padStart(4, '0'));

function hex8(state: RngState): string {
  const n = Math.floor(random(state) * 0x1_0000_0000);
  return (HEX4[n >>> 16] ?? '') + (HEX4[n & 0xffff] ?? '');
}

export function hex(state: RngState, length: number): string {
  let text = '';
  while (text.length < length) text += hex8(state);
  return text.slice(0, length);
}

export function uuid(state: RngState): string {
  const [a, b, c, d] = [hex8(state), hex8(state), hex8(state), hex8(state)];
  const variant = HEX4[0x8000 | (Number.parseInt(c.slice(0, 4), 16) & 0x3fff)] ?? '';
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}-${c.slice(4)}${d}`;
}

/** `AKIA` and 16 of `A-Z2-7`. */
export function accessKey(state: RngState): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let text = 'AKIA';
  for (let i = 0; i < 16; i += 1) text += letters[Math.floor(random(state) * 32)] ?? 'A';
  return text;
}

/** 40 URL-safe characters. */
export function secretKey(state: RngState): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let text = '';
  for (let i = 0; i < 40; i += 1) text += letters[Math.floor(random(state) * 64)] ?? 'A';
  return text;
}

/** A value in 0…1 that depends on its two numbers alone: statistics and logs ask it again and again. */
export function noise(seed: number, step: number): number {
  return mix((Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(step | 0, 0x85ebca6b)) >>> 0);
}

/** A number from a text, for seeds. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
