import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareHits, compareScores, hitRateOf, reversed } from './outcome.ts';

describe('compareScores()', () => {
  it.each([
    [0.8, 0.7, { better: 'lower' }, 'loss'],
    [0.7, 0.8, { better: 'lower' }, 'win'],
    [0.7, 0.8, { better: 'higher' }, 'loss'],
    [0.7, 0.7, { better: 'lower' }, 'draw'],
    [0.75, 0.5, { better: 'higher', margin: 0.25 }, 'draw'],
    [0.5, 0.75, { better: 'higher', margin: 0.25 }, 'draw'],
    [0.76, 0.5, { better: 'higher', margin: 0.25 }, 'win'],
    [Number.POSITIVE_INFINITY, 1, { better: 'lower' }, 'loss'],
  ] as const)('of %d and %d with %o is a %s', (first, second, comparison, outcome) => {
    expect(compareScores(first, second, comparison)).toBe(outcome);
  });

  it('refuses a score that is no number', () => {
    expect(() => compareScores(Number.NaN, 1, { better: 'lower' })).toThrow(/no number/);
  });
});

const [yes, no] = [true, false];

describe('compareHits()', () => {
  it('compares hit rates over all pictures', () => {
    // 3 of 4 against 2 of 4
    expect(
      compareHits(
        [
          [yes, no],
          [yes, yes],
        ],
        [
          [no, yes],
          [yes, no],
        ],
      ),
    ).toBe('win');
  });

  it('calls equal rates a draw, or lets the first concept decide on which they differ', () => {
    const [first, second] = [[[yes, yes, no]], [[yes, no, yes]]];
    expect(compareHits(first, second)).toBe('draw');
    expect(compareHits(first, second, { equalRates: 'first-concept' })).toBe('win');
    expect(compareHits(first, first, { equalRates: 'first-concept' })).toBe('draw');
  });

  it('lets no order outweigh the rate', () => {
    expect(compareHits([[yes, no, no]], [[no, yes, yes]], { equalRates: 'first-concept' })).toBe('loss');
  });

  it('draws where there is nothing to see', () => {
    expect(compareHits([], [])).toBe('draw');
    expect(compareHits([[]], [[]])).toBe('draw');
  });

  it.each([
    [[[yes]], [[yes, no]]],
    [[[yes]], [[yes], [no]]],
    [
      [[yes], [yes, no]],
      [[yes], [no]],
    ],
  ])('refuses %j against %j', (first, second) => {
    expect(() => compareHits(first, second)).toThrow(/concepts/);
  });

  it('sees the reverse from the other side', () => {
    const sides = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }))
      .chain(([pictures, concepts]) => {
        const picture = fc.array(fc.boolean(), { minLength: concepts, maxLength: concepts });
        const side = fc.array(picture, { minLength: pictures, maxLength: pictures });
        return fc.tuple(side, side, fc.constantFrom('draw' as const, 'first-concept' as const));
      });
    fc.assert(
      fc.property(sides, ([first, second, equalRates]) => {
        const outcome = compareHits(first, second, { equalRates });
        expect(compareHits(second, first, { equalRates })).toBe(reversed(outcome));
        if ((hitRateOf(first) ?? 0) > (hitRateOf(second) ?? 0)) expect(outcome).toBe('win');
      }),
    );
  });
});

describe('hitRateOf()', () => {
  it('is the share over pictures and concepts, and undefined without any', () => {
    expect(
      hitRateOf([
        [yes, no],
        [no, no],
      ]),
    ).toBe(0.25);
    expect(hitRateOf([])).toBeUndefined();
    expect(hitRateOf([[], []])).toBeUndefined();
  });
});
