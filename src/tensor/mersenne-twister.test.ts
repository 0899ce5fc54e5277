import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from './mersenne-twister.ts';

describe('MersenneTwister', () => {
  it("draws the standard's numbers for the standard's seed", () => {
    const generator = new MersenneTwister(5489);
    const first = Array.from({ length: 10_000 }, () => generator.uint32());
    expect(first.slice(0, 3)).toEqual([3499211612, 581869302, 3890346734]);
    // The 10000th number is prescribed by the C++ standard.
    expect(first.at(-1)).toBe(4123659995);
  });

  it('draws 53-bit fractions as the authors do', () => {
    expect(new MersenneTwister(0).float64()).toBe(0.5488135039273248);
  });

  it('uses the lowest 32 bits of a seed', () => {
    const draw = (seed: number | bigint) => new MersenneTwister(seed).uint32();
    expect(draw(2 ** 40 + 7)).toBe(draw(7));
    expect(draw(-1)).toBe(draw(2 ** 32 - 1));
    expect(draw(2n ** 63n + 7n)).toBe(draw(7));
    expect(() => draw(0.5)).toThrow(/integer/);
  });

  it('goes on from a stored state as if nothing had happened', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(1500), (seed, draws) => {
        const generator = new MersenneTwister(seed);
        for (let i = 0; i < draws; i++) generator.uint32();
        const stored = JSON.parse(JSON.stringify(generator.state));
        const resumed = MersenneTwister.fromState(stored);
        const next = () => Array.from({ length: 10 }, () => generator.float64());
        expect(Array.from({ length: 10 }, () => resumed.float64())).toEqual(next());
      }),
      { numRuns: 30 },
    );
    expect(() => MersenneTwister.fromState({ words: [1, 2], position: 0 })).toThrow(RangeError);
  });

  it('draws integers below any bound, each about equally often', () => {
    const generator = new MersenneTwister(3);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 7000; i++) counts[generator.integer(7)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(870);
    expect(Math.max(...counts)).toBeLessThan(1130);
    expect(new MersenneTwister(5489).integer(2 ** 32)).toBe(3499211612);
    expect(generator.integer(1)).toBe(0);
    for (const bound of [0, -1, 1.5, 2 ** 33]) expect(() => generator.integer(bound)).toThrow(RangeError);
  });
});
