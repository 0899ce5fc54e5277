import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { pairedDifference } from './paired-difference.ts';

describe('a paired difference', () => {
  it("is the mean with Student's interval", () => {
    // Differences −1, −2, −3, −2: mean −2, standard error sqrt(2/3)/2, t of 3 degrees 3.182.
    const { mean, interval } = pairedDifference([5, 6, 7, 8], [4, 4, 4, 6]);
    const half = (3.182 * Math.sqrt(2 / 3)) / 2;
    expect(mean).toBe(-2);
    expect(interval?.[0]).toBeCloseTo(-2 - half, 6);
    expect(interval?.[1]).toBeCloseTo(-2 + half, 6);
  });

  it('of one pair has no interval, and of equal pairs one of no width', () => {
    expect(pairedDifference([1], [3])).toEqual({ mean: 2, interval: null });
    expect(pairedDifference([1, 2], [1, 2])).toEqual({ mean: 0, interval: [0, 0] });
  });

  it.each([2, 5, 31, 40])('of %s pairs holds the truth 19 times in 20', (count) => {
    const rng = new MersenneTwister(count);
    const normal = () => Math.sqrt(-2 * Math.log(1 - rng.float64())) * Math.cos(2 * Math.PI * rng.float64());
    const trials = 4000;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const before = Array.from({ length: count }, () => 10 * normal());
      const [low, high] = pairedDifference(
        before,
        before.map((value) => value + 0.3 + normal()),
      ).interval!;
      if (low <= 0.3 && 0.3 <= high) held++;
    }
    expect(Math.abs(held / trials - 0.95)).toBeLessThan(0.013);
  });
});
