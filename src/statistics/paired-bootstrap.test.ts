import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';

describe('pairedBootstrap()', () => {
  it('comes to the interval that counting all resamples of few prompts gives', () => {
    // Of 4 prompts of which one improved, a resample has k improved with probability B(4, 1/4): P(0) = .316, P(≤ 2) = .949, P(≤ 3) = .996
    expect(pairedBootstrap([0, 0, 0, 1])).toEqual({ count: 4, mean: 0.25, interval: [0, 0.75] });
  });

  it('comes near the normal interval for many prompts', () => {
    const rng = new MersenneTwister(5);
    const values = Array.from({ length: 600 }, () => rng.float64());
    const { mean, interval } = pairedBootstrap(values);
    const half = 1.96 * Math.sqrt(1 / 12 / 600);
    expect(interval![0]).toBeCloseTo(mean - half, 2);
    expect(interval![1]).toBeCloseTo(mean + half, 2);
  });

  it('covers the true mean about 95 times in 100', () => {
    const rng = new MersenneTwister(11);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const [low, high] = pairedBootstrap(
        Array.from({ length: 30 }, () => rng.float64()),
        trial,
      ).interval!;
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    // Binomial(200, .93), the percentile interval being a little narrow for 30; three deviations either way
    expect(covered).toBeGreaterThan(174);
    expect(covered).toBeLessThan(199);
  });

  it('says of one prompt its value and no interval, and of none that there is no mean', () => {
    expect(pairedBootstrap([0.5])).toEqual({ count: 1, mean: 0.5, interval: null });
    expect(pairedBootstrap([])).toEqual({ count: 0, mean: Number.NaN, interval: null });
  });

  it('gives the same interval for the same numbers and seed', () => {
    const values = [0.1, 0.5, -0.2, 0.9, 0.3];
    expect(pairedBootstrap(values, 3)).toEqual(pairedBootstrap(values, 3));
    const seeds = [1, 2, 3, 4].map((seed) => pairedBootstrap(values, seed).interval!.join());
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it('lies within the numbers, holds their mean, and turns round with their sign', () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 12 }), (values) => {
        const { mean, interval } = pairedBootstrap(values);
        const [low, high] = interval!;
        const slack = 1e-6;
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + slack);
        expect(low).toBeLessThanOrEqual(mean + slack);
        expect(high).toBeGreaterThanOrEqual(mean - slack);
        const turned = pairedBootstrap(values.map((value) => -value)).interval!;
        expect(turned[0]).toBeCloseTo(-high, 6);
      }),
      { numRuns: 40 },
    );
  });
});
