/**
 * The client's end of a WebSocket inside a raw TCP tunnel (SES-C52): the HTTP upgrade, then frames of RFC 6455.
 * The browser's own WebSocket only speaks to the outer end, so this layer is done by hand.
 */

export const opcode = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Message {
  opcode: number;
  payload: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** The request that turns the tunnel into a WebSocket of ttyd; `key`: 16 random bytes in base64. */
export function upgradeRequest(key: string): Uint8Array {
  const lines = [
    'GET /ws HTTP/1.1',
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Protocol: tty',
    '',
    '',
  ];
  return encoder.encode(lines.join('\r\n'));
}

export function randomKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** The answer's status and where its body begins; null until the whole head has come. */
export function answerHead(bytes: Uint8Array): { status: number; end: number } | null {
  for (let i = 3; i < bytes.length; i += 1) {
    if (bytes[i] !== 10 || bytes[i - 1] !== 13 || bytes[i - 2] !== 10 || bytes[i - 3] !== 13) continue;
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(decoder.decode(bytes.subarray(0, i)))?.[1];
    return { status: Number(status ?? 0), end: i + 1 };
  }
  return null;
}

/** A client's frame: always masked. */
export function encodeFrame(kind: number, payload: Uint8Array, mask = crypto.getRandomValues(new Uint8Array(4))): Uint8Array {
  const { length } = payload;
  const wide = length < 126 ? 0 : length < 0x1_0000 ? 2 : 8;
  const frame = new Uint8Array(2 + wide + 4 + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | kind;
  frame[1] = 0x80 | (wide === 0 ? length : wide === 2 ? 126 : 127);
  if (wide === 2) view.setUint16(2, length);
  if (wide === 8) view.setBigUint64(2, BigInt(length));
  frame.set(mask, 2 + wide);
  for (let i = 0; i < length; i += 1) frame[6 + wide + i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return frame;
}

/** A frame of ttyd: its type, one letter, before what it says (SES-C50). */
export function encodeTtyd(type: '' | '0' | '1' | '2' | '3', text: string): Uint8Array {
  return encodeFrame(opcode.binary, encoder.encode(type + text));
}

/** Larger than any screen: whatever claims more is not a frame. */
const longest = 64 * 2 ** 20;

/** Puts frames together from whatever pieces they come in. Throws on what can't be one. */
export class FrameReader {
  private buffer: Uint8Array = new Uint8Array();
  private begun: Message | null = null;

  read(bytes: Uint8Array): Message[] {
    this.buffer = this.buffer.length === 0 ? bytes : concat(this.buffer, bytes);
    const messages: Message[] = [];
    for (let frame = this.take(); frame; frame = this.take()) {
      const { final, kind, payload } = frame;
      if (kind >= opcode.close) {
        messages.push({ opcode: kind, payload });
        continue;
      }
      // A message may be cut into frames, with pings between them.
      const message: Message = kind === opcode.more && this.begun ? { opcode: this.begun.opcode, payload: concat(this.begun.payload, payload) } : { opcode: kind, payload };
      this.begun = final ? null : message;
      if (final) messages.push(message);
    }
    return messages;
  }

  private take(): { final: boolean; kind: number; payload: Uint8Array } | null {
    const { buffer } = this;
    const [first, second] = buffer;
    if (first === undefined || second === undefined) return null;
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const short = second & 0x7f;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (buffer.length < start) return null;
    const length = short === 126 ? view.getUint16(2) : short === 127 ? Number(view.getBigUint64(2)) : short;
    if ((second & 0x80) !== 0 || (first & 0x70) !== 0 || length > longest) throw new Error('not a frame of a server');
    if (buffer.length < start + length) return null;
    this.buffer = buffer.subarray(start + length);
    return { final: (first & 0x80) !== 0, kind: first & 0x0f, payload: buffer.slice(start, start + length) };
  }
}

/** The code of a close frame; 1005 where it has none. */
export function closeCode(payload: Uint8Array): number {
  return payload.length < 2 ? 1005 : ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
}
