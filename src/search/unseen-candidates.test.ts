import { describe, expect, it } from 'vitest';
import { spaceOf } from '../../tests/search/toy-problems.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { candidateKey } from './candidate.ts';
import { UnseenCandidates } from './unseen-candidates.ts';

describe('UnseenCandidates', () => {
  it('take() takes a candidate once', () => {
    const unseen = new UnseenCandidates(spaceOf([2, 2]), new MersenneTwister(0));
    expect(unseen.take([0, 1])).toBe(true);
    expect(unseen.take([0, 1])).toBe(false);
  });

  it('draws() visits the whole space once, even from a proposer that has one idea only', () => {
    const unseen = new UnseenCandidates(spaceOf([3, 2, 4]), new MersenneTwister(0));
    const keys = [...unseen.draws(() => [2, 1, 3])].map(candidateKey);
    expect(keys[0]).toBe('2,1,3');
    expect(keys).toHaveLength(24);
    expect(new Set(keys).size).toBe(24);
  });

  it('draws() takes nothing before it is asked', () => {
    const unseen = new UnseenCandidates(spaceOf([2]), new MersenneTwister(0));
    const draws = unseen.draws(() => [1]);
    expect(unseen.take([1])).toBe(true);
    expect(draws.next().value).toEqual([0]);
    expect(draws.next().done).toBe(true);
  });

  it('uniformDraws() leaves out what was taken by others', () => {
    const unseen = new UnseenCandidates(spaceOf([2, 3]), new MersenneTwister(0));
    unseen.take([0, 0]);
    const keys = [...unseen.uniformDraws()].map(candidateKey);
    expect(keys.toSorted()).toEqual(['0,1', '0,2', '1,0', '1,1', '1,2']);
  });

  it('uniformDraws() works in a space too large to count', () => {
    const unseen = new UnseenCandidates(spaceOf(new Array(1000).fill(6)), new MersenneTwister(0));
    expect(unseen.uniformDraws().next().value).toHaveLength(1000);
  });
});
