import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundAxis } from './axis-ticks.ts';

describe('roundAxis()', () => {
  it('takes round steps', () => {
    expect(roundAxis(0.37, 0.53, 5)).toEqual({
      min: 0.35,
      max: 0.55,
      ticks: [0.35, 0.4, 0.45, 0.5, 0.55],
      decimals: 2,
    });
    expect(roundAxis(0, 39.4, 8).ticks).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  });

  it('gives a single value a span around it', () => {
    const { min, max } = roundAxis(0.4, 0.4, 5);
    expect(min).toBeLessThan(0.4);
    expect(max).toBeGreaterThan(0.4);
  });

  it('spans any range with a few distinct, ascending ticks', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        value,
        fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (low, span, count) => {
          const { min, max, ticks, decimals } = roundAxis(low, low + span, count);
          const slack = 1e-6 * Math.max(span, Math.abs(low) * 1e-6);
          expect(min).toBeLessThanOrEqual(low + slack);
          expect(max).toBeGreaterThanOrEqual(low + span - slack);
          expect(ticks.length).toBeLessThanOrEqual(count + 2);
          expect(new Set(ticks.map((tick) => tick.toFixed(decimals))).size).toBe(ticks.length);
        },
      ),
    );
  });
});
