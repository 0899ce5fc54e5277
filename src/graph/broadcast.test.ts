import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastAxes, broadcastShapes } from './broadcast.ts';

const axes = fc.array(
  fc.record({ size: fc.integer({ min: 1, max: 3 }), oneInA: fc.boolean(), oneInB: fc.boolean() }),
  {
    maxLength: 4,
  },
);

/** Two shapes that broadcast: both cut from one, with some sizes set to 1 and some leading axes left out. */
const pairs = fc.tuple(axes, fc.nat({ max: 4 }), fc.nat({ max: 4 })).map(([common, dropA, dropB]) => {
  const a = common.map(({ size, oneInA }) => (oneInA ? 1 : size));
  const b = common.map(({ size, oneInB }) => (oneInB ? 1 : size));
  return [a.slice(dropA), b.slice(dropB)] as const;
});

describe('broadcastShapes()', () => {
  it.each([
    [[2, 3], [3], [2, 3]],
    [
      [2, 1],
      [1, 4],
      [2, 4],
    ],
    [[], [5, 1], [5, 1]],
    [
      [3, 1, 2],
      [4, 1],
      [3, 4, 2],
    ],
  ])('of [%s] and [%s] is [%s]', (a, b, expected) => {
    expect(broadcastShapes(a, b)).toEqual(expected);
  });

  it('is undefined where sizes differ and none is 1', () => {
    expect(broadcastShapes([2, 3], [2])).toBeUndefined();
    expect(broadcastShapes([4, 3], [2, 3])).toBeUndefined();
  });

  it('does not depend on the order, and both broadcast to it and no further', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const both = broadcastShapes(a, b);
        expect(both).toEqual(broadcastShapes(b, a));
        expect(broadcastShapes(a, both ?? [])).toEqual(both);
        expect(broadcastShapes(b, both ?? [])).toEqual(both);
      }),
    );
  });
});

describe('broadcastAxes()', () => {
  it('lists exactly the axes to sum over to get back', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const both = broadcastShapes(a, b) ?? [];
        const repeated = broadcastAxes(a, both);
        const back = both.map((size, axis) => (repeated.includes(axis) ? 1 : size));
        expect(back.slice(both.length - a.length)).toEqual(a);
        expect(back.slice(0, both.length - a.length).every((size) => size === 1)).toBe(true);
        // An axis of size 1 that the tensor has itself was not repeated; one that it lacks was, if only once.
        const kept = both
          .map((_, axis) => axis)
          .filter((axis) => both[axis] === 1 && axis >= both.length - a.length);
        expect(kept.filter((axis) => repeated.includes(axis))).toEqual([]);
      }),
    );
  });
});
