import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spaceOf } from '../../tests/search/toy-problems.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import {
  candidateKey,
  countCandidates,
  nextCandidate,
  originalCandidate,
  uniformCandidate,
} from './candidate.ts';

describe('nextCandidate()', () => {
  it('visits the whole space once and returns to the original', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const space = spaceOf(counts);
        const seen = new Set<string>();
        let candidate = originalCandidate(space);
        for (let i = 0; i < countCandidates(space); i++) {
          seen.add(candidateKey(candidate));
          candidate = nextCandidate(space, candidate);
        }
        expect(seen.size).toBe(countCandidates(space));
        expect(candidate).toEqual(originalCandidate(space));
      }),
    );
  });
});

describe('uniformCandidate()', () => {
  it('gives every candidate about equally often', () => {
    const rng = new MersenneTwister(0);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const key = candidateKey(uniformCandidate(spaceOf([2, 1, 3]), rng));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});

describe('candidateKey()', () => {
  it('tells [1, 11] from [11, 1]', () => {
    expect(candidateKey([1, 11])).not.toBe(candidateKey([11, 1]));
  });
});
