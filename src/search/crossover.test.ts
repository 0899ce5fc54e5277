import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { crossover } from './crossover.ts';

describe('crossover()', () => {
  it('takes each slot from either parent with probability one half', () => {
    const mother = new Array(10_000).fill(1);
    const father = new Array(10_000).fill(2);
    const child = crossover(mother, father, new MersenneTwister(0));
    const fromMother = child.filter((choice) => choice === 1).length;
    expect(fromMother + child.filter((choice) => choice === 2).length).toBe(10_000);
    expect(Math.abs(fromMother - 5000)).toBeLessThan(200);
  });
});
