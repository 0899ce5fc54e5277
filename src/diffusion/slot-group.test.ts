import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinationWeights, rowGradients } from './slot-group.ts';

const rows = fc.array(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 3,
});

describe('slots that are read together', () => {
  it('have the product of their weights, the last slot varying fastest', () => {
    expect([...combinationWeights([[2, 3], [5], [7, 11]])]).toEqual([70, 110, 105, 165]);
  });

  it('have the gradient of that product, which is linear in each slot', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.nat(),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (given, s, c, by) => {
          const weights = combinationWeights(given);
          const cotangent = weights.map((_, i) => Math.cos(i));
          const dot = (values: Float64Array) =>
            values.reduce((sum, value, i) => sum + value * cotangent[i], 0);
          const slot = s % given.length;
          const choice = c % given[slot].length;
          const moved = given.map((row, i) =>
            row.map((value, k) => (i === slot && k === choice ? value + by : value)),
          );
          const gradients = rowGradients(given, cotangent);
          expect(gradients.map(({ length }) => length)).toEqual(given.map(({ length }) => length));
          expect(dot(combinationWeights(moved)) - dot(weights)).toBeCloseTo(by * gradients[slot][choice], 9);
        },
      ),
    );
  });
});
