import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A screenshot as a PNG with a palette of 256 colours: a third of the size, and of flat pages nobody sees the
 * difference. Reads what Chromium writes: eight bits, RGB or RGBA, not interlaced.
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = choose([...counts]);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x] ?? 0;
      let index = nearest.get(colour);
      if (index === undefined) {
        index = closest(palette, colour);
        nearest.set(colour, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}

/** Pixels as 0xRRGGBB; a screenshot has no transparency. */
function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  let width = 0;
  let height = 0;
  let samples = 0;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (type === 'IHDR') {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      samples = data[9] === 6 ? 4 : 3;
      if (data[8] !== 8 || (data[9] !== 2 && data[9] !== 6) || data[12] !== 0) throw new Error('another kind of PNG than Chromium writes');
    } else if (type === 'IDAT') parts.push(data);
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * samples;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const line = Uint8Array.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    unfilter(raw[y * (stride + 1)] ?? 0, line, above, samples);
    for (let x = 0; x < width; x += 1) {
      const at = x * samples;
      pixels[y * width + x] = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
    }
    above = line;
  }
  return { width, height, pixels };
}

function unfilter(kind: number, line: Uint8Array, above: Uint8Array, samples: number): void {
  for (let at = 0; at < line.length; at += 1) {
    const left = line[at - samples] ?? 0;
    const up = above[at] ?? 0;
    const corner = at < samples ? 0 : (above[at - samples] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0;
    line[at] = ((line[at] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

type Counted = [colour: number, count: number];

const part = (colour: number, shift: number): number => (colour >> shift) & 255;

/** The widest span of a box among red, green and blue, weighed by how many pixels want it better. */
function span(box: Counted[]): { shift: number; weight: number } {
  let best = { shift: 0, weight: -1 };
  const pixels = box.reduce((sum, [, count]) => sum + count, 0);
  for (const shift of [16, 8, 0]) {
    let [low, high] = [255, 0];
    for (const [colour] of box) {
      low = Math.min(low, part(colour, shift));
      high = Math.max(high, part(colour, shift));
    }
    const weight = (high - low) * Math.log2(pixels + 1);
    if (weight > best.weight) best = { shift, weight };
  }
  return best;
}

/** The large flat areas keep their exact colours; the rest is cut at the median, box by box. */
function choose(counted: Counted[]): number[] {
  const byCount = counted.toSorted((a, b) => b[1] - a[1]);
  if (byCount.length <= 256) return byCount.map(([colour]) => colour);
  const exact = byCount.slice(0, 64).map(([colour]) => colour);
  const boxes: { box: Counted[]; shift: number; weight: number }[] = [];
  const keep = (box: Counted[]) => void (box.length > 0 && boxes.push({ box, ...span(box) }));
  keep(byCount.slice(64));
  while (boxes.length < 256 - exact.length) {
    boxes.sort((a, b) => b.weight - a.weight);
    const widest = boxes.shift();
    if (!widest || widest.box.length < 2) break;
    widest.box.sort((a, b) => part(a[0], widest.shift) - part(b[0], widest.shift));
    const half = Math.ceil(widest.box.length / 2);
    keep(widest.box.slice(0, half));
    keep(widest.box.slice(half));
  }
  const mean = (box: Counted[], shift: number) => {
    const total = box.reduce((sum, [, count]) => sum + count, 0);
    return Math.round(box.reduce((sum, [colour, count]) => sum + part(colour, shift) * count, 0) / total);
  };
  return [...exact, ...boxes.map(({ box }) => (mean(box, 16) << 16) | (mean(box, 8) << 8) | mean(box, 0))];
}

function closest(palette: number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  palette.forEach((one, index) => {
    const distance = [16, 8, 0].reduce((sum, shift) => sum + (part(one, shift) - part(colour, shift)) ** 2, 0);
    if (distance >= least) return;
    least = distance;
    best = index;
  });
  return best;
}
