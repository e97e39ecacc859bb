// @vitest-environment node
import { expect, test } from 'vitest';
import { FrameReader, answerHead, closeCode, concat, encodeFrame, encodeTtyd, opcode, upgradeRequest } from './terminal-frames';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

/** As a server writes it: without a mask. */
function served(kind: number, payload: Uint8Array, final = true): Uint8Array {
  const { length } = payload;
  const first = (final ? 0x80 : 0) | kind;
  const head = length < 126 ? [first, length] : length < 65_536 ? [first, 126, length >> 8, length & 255] : [first, 127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
  return concat(Uint8Array.from(head), payload);
}

test('SES-C52: the upgrade asks for the protocol of ttyd', () => {
  const request = text(upgradeRequest('a2V5'));
  expect(request).toMatch(/^GET \/ws HTTP\/1\.1\r\nHost: localhost\r\n/);
  expect(request).toContain('\r\nSec-WebSocket-Protocol: tty\r\n');
  expect(request.endsWith('\r\n\r\n')).toBe(true);
});

test('SES-C52: the answer is read once it is whole; what follows it is not lost', () => {
  const answer = bytes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n\r\nREST');
  expect(answerHead(answer.subarray(0, 40))).toBeNull();
  const head = answerHead(answer);
  expect(head?.status).toBe(101);
  expect(text(answer.subarray(head?.end))).toBe('REST');
  expect(answerHead(bytes('rubbish\r\n\r\n'))?.status).toBe(0);
});

test("a client's frames are masked, whatever their length", () => {
  for (const length of [3, 200, 70_000]) {
    const payload = new Uint8Array(length).fill(65);
    const frame = encodeFrame(opcode.binary, payload, Uint8Array.of(1, 2, 3, 4));
    const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    expect((frame[1] ?? 0) & 0x80).toBe(0x80);
    expect(frame.length).toBe(head + 4 + length);
    expect(Array.from(frame.subarray(head + 4, head + 7))).toEqual([65 ^ 1, 65 ^ 2, 65 ^ 3]);
  }
  expect(encodeTtyd('0', '한').length).toBe(2 + 4 + 4);
});

test('frames come in any pieces, long and short, fragmented and with pings between', () => {
  const long = new Uint8Array(70_000).fill(66);
  const stream = [served(opcode.binary, bytes('0one')), served(opcode.binary, long), served(opcode.binary, bytes('0tw'), false), served(opcode.ping, bytes('?')), served(opcode.more, bytes('o'))].reduce(concat);
  for (const size of [1, 7, 4096, stream.length]) {
    const reader = new FrameReader();
    const seen = [];
    for (let at = 0; at < stream.length; at += size) seen.push(...reader.read(stream.slice(at, at + size)));
    expect(seen.map((one) => [one.opcode, one.payload.length])).toEqual([[2, 4], [2, 70_000], [9, 1], [2, 4]]);
    expect(text(seen[3]?.payload ?? new Uint8Array())).toBe('0two');
  }
});

test('what is no frame is told, not taken', () => {
  expect(() => new FrameReader().read(bytes('HTTP/1.1 502 Bad Gateway'))).toThrow('not a frame');
  expect(() => new FrameReader().read(Uint8Array.of(0x82, 127, 1, 0, 0, 0, 0, 0, 0, 0))).toThrow('not a frame');
  expect(closeCode(Uint8Array.of(3, 232))).toBe(1000);
  expect(closeCode(new Uint8Array())).toBe(1005);
});
