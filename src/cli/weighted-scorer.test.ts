import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedScorer } from './weighted-scorer.ts';

const nothing = () => false;

describe('weightedScorer()', () => {
  test.each([
    ['clip', 'clip', 1],
    ['clip:0.5', 'clip', 0.5],
    ['org/name@main:2', 'org/name@main', 2],
    ['C:\\clip', 'C:\\clip', 1],
    ['C:\\clip:.25', 'C:\\clip', 0.25],
    ['a:b:1e-1', 'a:b', 0.1],
    ['clip:', 'clip:', 1],
    ['clip:NaN', 'clip:NaN', 1],
    [':3', ':3', 1],
    // Refused further on, by what it is.
    ['clip:-1', 'clip', -1],
    ['clip:0', 'clip', 0],
    ['clip:1e999', 'clip', Number.POSITIVE_INFINITY],
  ])('reads %j', (text, scorer, weight) => {
    expect(weightedScorer(text, nothing)).toEqual({ scorer, weight, source: scorer });
  });

  test('takes a whole name that is there for what it is', () => {
    expect(weightedScorer('clip:2', (path) => path === 'clip:2')).toMatchObject({
      scorer: 'clip:2',
      weight: 1,
    });
    expect(weightedScorer('clip:2:3', (path) => path === 'clip:2')).toMatchObject({
      scorer: 'clip:2',
      weight: 3,
    });
  });

  test('reads back every weight after every name', () => {
    const name = fc.string({ minLength: 1 });
    const weight = fc.double({ min: Number.MIN_VALUE, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(name, weight, (scorer, value) => {
        expect(weightedScorer(`${scorer}:${value}`, nothing)).toEqual({
          scorer,
          weight: value,
          source: scorer,
        });
      }),
    );
  });
});
