import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { addSlots, parseSlots, scaleSlots, slotMap, slotText } from './slots';

describe('slots', () => {
  it('reads decimals, no limit and hidden amounts (SES-C11, SES-R40)', () => {
    expect(parseSlots({ cpu: '2', mem: '4294967296.000000', a: 'Infinity', b: 'NaN', c: null, d: '-1', e: 0.5 })).toEqual({
      cpu: 2,
      mem: 4_294_967_296,
      a: Infinity,
      d: -1,
      e: 0.5,
    });
    expect(parseSlots(null)).toEqual({});
  });

  it('reads them out of a text or already parsed (SES-C03)', () => {
    for (const raw of ['{"cpu": "2"}', { cpu: '2' }]) expect(z.parse(slotText, raw)).toEqual({ cpu: 2 });
    for (const raw of [null, '', '{}']) expect(z.parse(slotText, raw)).toEqual({});
    expect(z.parse(slotMap, undefined)).toEqual({});
  });

  it('refuses what is no slot map (REL-03)', () => {
    for (const raw of ['{"cpu"', '[]', '3', { cpu: {} }, undefined, true]) {
      expect(z.safeParse(slotText, raw).success, JSON.stringify(raw)).toBe(false);
    }
  });

  it('reckons without the noise of binary fractions', () => {
    expect(addSlots({ 'cuda.shares': 0.1 }, { 'cuda.shares': 0.2, cpu: 1 })).toEqual({ 'cuda.shares': 0.3, cpu: 1 });
    expect(scaleSlots({ 'cuda.shares': 0.1, mem: 2 ** 31 }, 3)).toEqual({ 'cuda.shares': 0.3, mem: 3 * 2 ** 31 });
  });
});
