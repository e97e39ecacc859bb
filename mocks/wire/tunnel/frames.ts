/** RFC 6455 as the server's end of a connection reads and writes it. */

export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  opcode: number;
  final: boolean;
  payload: Uint8Array;
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A server's frame: never masked. */
export function frame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const head = length < 126 ? [0x80 | opcode, length] : length < 0x1_0000 ? [0x80 | opcode, 126, length >> 8, length & 0xff] : [0x80 | opcode, 127, 0, 0, 0, 0, (length >>> 24) & 0xff, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff];
  return joined(Uint8Array.from(head), payload);
}

export function closeFrame(code: number, reason = ''): Uint8Array {
  return frame(OPCODE.close, joined(Uint8Array.of(code >> 8, code & 0xff), new TextEncoder().encode(reason)));
}

/** Takes complete frames off the front; a client's frame that is not masked is a breach of the protocol. */
export function takeFrames(buffer: Uint8Array): { frames: Frame[]; rest: Uint8Array; broken: boolean } {
  const frames: Frame[] = [];
  let rest = buffer;
  for (;;) {
    const [first = 0, second = 0] = rest;
    let at = 2;
    let length = second & 0x7f;
    if (rest.length < 2) break;
    if (length === 126) {
      if (rest.length < 4) break;
      length = ((rest[2] ?? 0) << 8) | (rest[3] ?? 0);
      at = 4;
    } else if (length === 127) {
      if (rest.length < 10) break;
      length = rest.slice(2, 10).reduce((sum, byte) => sum * 256 + byte, 0);
      at = 10;
    }
    if ((second & 0x80) === 0) return { frames, rest, broken: true };
    if (rest.length < at + 4 + length) break;
    const mask = rest.slice(at, at + 4);
    const payload = rest.slice(at + 4, at + 4 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    frames.push({ opcode: first & 0x0f, final: (first & 0x80) !== 0, payload });
    rest = rest.slice(at + 4 + length);
  }
  return { frames, rest, broken: false };
}
