import { describe, expect, it } from 'vitest';
import type { LiveMetric } from '../client/sessions-types';
import { ioOf, usageOf } from './usage-stats';

const metric = (current: number | null, capacity: number | null = null, pct: number | null = null): LiveMetric => ({
  current,
  capacity,
  pct,
  unit: '',
  rate: null,
  avg: null,
  max: null,
});
const GIB = 2 ** 30;

describe('live figures of containers', () => {
  it('SES-R60 the CPU bar is the percent of a core over the cores, whichever percent the manager writes', () => {
    const cpu = (current: number, pct: number, capacity: number) =>
      usageOf([{ liveStat: { cpu_util: metric(current, capacity, pct) }, occupiedSlots: { cpu: 2 } }])[0]?.percent;
    expect(cpu(150, 150, 100)).toBe(75);
    expect(cpu(150, 75, 200)).toBe(75);
    expect(cpu(900, 900, 100)).toBe(100);
  });

  it('SES-R60 memory is held against what was allotted, not against the host', () => {
    const figures = usageOf([{ liveStat: { mem: metric(GIB, 512 * GIB) }, occupiedSlots: { cpu: 1, mem: 4 * GIB } }]);
    expect(figures.find((figure) => figure.key === 'mem')).toMatchObject({ used: GIB, total: 4 * GIB, percent: 25 });
  });

  it('SES-R60 several containers: percents averaged, bytes added; one without data does not count', () => {
    const one = (util: number | null, mem: number | null) => ({
      liveStat: { cuda_util: metric(util, 100, util), cuda_mem: metric(mem, 10 * GIB), cpu_util: metric(null) },
      occupiedSlots: { cpu: 1, mem: GIB },
    });
    const figures = usageOf([one(80, 2 * GIB), one(40, 4 * GIB), one(null, null), { liveStat: null, occupiedSlots: {} }]);
    expect(figures.find((figure) => figure.key === 'cuda_util')?.percent).toBe(60);
    expect(figures.find((figure) => figure.key === 'cuda_mem')).toMatchObject({ used: 6 * GIB, total: 20 * GIB, percent: 30 });
    expect(figures.find((figure) => figure.key === 'cpu')?.percent).toBeNull();
    expect(usageOf([{ liveStat: null, occupiedSlots: {} }])).toEqual([]);
  });
});

describe('average, highest, traffic (SES-260)', () => {
  const collected = (current: number, avg: number | null, max: number | null): LiveMetric => ({ ...metric(current), avg, max });
  const figure = (liveStat: Record<string, LiveMetric>, mode: 'average' | 'highest', key: string) =>
    usageOf([{ liveStat, occupiedSlots: { cpu: 2, mem: 4 * GIB } }], mode).find((one) => one.key === key);

  it('are in the unit of the figure of now', () => {
    const stat = { cpu_util: collected(150, 100, 180), mem: collected(GIB, null, 2 * GIB) };
    expect(figure(stat, 'average', 'cpu')?.percent).toBe(50);
    expect(figure(stat, 'highest', 'cpu')?.percent).toBe(90);
    expect(figure(stat, 'highest', 'mem')).toMatchObject({ used: 2 * GIB, percent: 50 });
    expect(figure(stat, 'average', 'mem')).toMatchObject({ used: null, percent: null });
  });

  it('are none where the 0 of the manager means that it does not collect them (REL-14)', () => {
    const stat = { cpu_util: collected(150, 0, 0), mem: collected(2 * GIB, 0, GIB), cuda_util: { ...collected(160, 80, 200), pct: 80 } };
    expect(figure(stat, 'average', 'cpu')?.percent).toBeNull();
    expect(figure(stat, 'highest', 'mem')?.used).toBeNull();
    expect(figure(stat, 'average', 'cuda_util')?.percent).toBe(40);
    expect(figure({ cpu_util: collected(0, 0, 0) }, 'highest', 'cpu')?.percent).toBe(0);
  });

  it('SES-R60 traffic is bytes a second, reads and writes have a total and a rate; containers add up', () => {
    const one = { occupiedSlots: {}, liveStat: { net_rx: metric(10), io_read: { ...metric(100), rate: 7 }, io_scratch_size: metric(4096) } };
    expect(ioOf([one, one, { liveStat: null, occupiedSlots: {} }])).toEqual([
      { key: 'netRx', rate: 20, total: null },
      { key: 'ioRead', rate: 14, total: 200 },
      { key: 'scratch', rate: null, total: 8192 },
    ]);
    expect(ioOf([])).toEqual([]);
  });

  it('REL-14 no bar is longer than its track, and used over total is the percent shown', () => {
    for (const mode of ['now', 'average', 'highest'] as const) {
      const stat = { cpu_util: collected(900, 950, 990), mem: { ...collected(6 * GIB, 7 * GIB, 8 * GIB) } };
      for (const { percent, used, total } of usageOf([{ liveStat: stat, occupiedSlots: { cpu: 2, mem: 8 * GIB } }], mode)) {
        expect(percent).toBeLessThanOrEqual(100);
        if (used !== null && total !== null) expect(percent).toBeCloseTo((used / total) * 100);
      }
    }
  });
});
