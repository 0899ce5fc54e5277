import { describe, expect, it } from 'vitest';
import { spaceOf } from '../../tests/search/toy-problems.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { mutate } from './mutation.ts';

describe('mutate()', () => {
  it('changes a slot with the given probability, to each other choice alike', () => {
    const space = spaceOf(new Array(40_000).fill(4));
    const parent = space.slots.map(() => 2);
    const mutant = mutate(parent, space, 0.1, new MersenneTwister(0));
    const counts = [0, 1, 2, 3].map((choice) => mutant.filter((c) => c === choice).length);
    expect(counts[2] / 40_000).toBeCloseTo(0.9, 1.5);
    for (const choice of [0, 1, 3]) expect(Math.abs(counts[choice] - 1333)).toBeLessThan(150);
  });

  it('with probability 1 changes every slot that has another choice, and only those', () => {
    const mutant = mutate([0, 0, 1], spaceOf([1, 3, 2]), 1, new MersenneTwister(0));
    expect(mutant[0]).toBe(0);
    expect(mutant[1]).toBeGreaterThan(0);
    expect(mutant[2]).toBe(0);
  });
});
