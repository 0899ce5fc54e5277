import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addProduct, transposedProduct } from './add-product.ts';

const small = fc.integer({ min: 1, max: 9 });
const sizes = fc.record({ rows: small, rank: small, columns: small });

function random(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(seed + 1.7 * i));
}

/** By the definition, in float64. */
function plain(weight: Float32Array, left: Float32Array, right: Float32Array, rank: number, factor: number) {
  const columns = right.length / rank;
  return Array.from(weight, (value, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += left[row * rank + r]! * right[r * columns + column]!;
    return value + factor * sum;
  });
}

test('adds the product of the definition, for any rank', () => {
  fc.assert(
    fc.property(sizes, ({ rows, rank, columns }) => {
      const [weight, left, right] = [
        random(rows * columns, 1),
        random(rows * rank, 2),
        random(rank * columns, 3),
      ];
      const expected = plain(weight, left, right, rank, 0.7);
      addProduct(weight, { left, right, rank }, 0.7);
      for (const [i, value] of weight.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    }),
  );
});

test('the transposed product is added to the transposed weight', () => {
  fc.assert(
    fc.property(sizes, ({ rows, rank, columns }) => {
      const product = { left: random(rows * rank, 2), right: random(rank * columns, 3), rank };
      const [upright, turned] = [new Float32Array(rows * columns), new Float32Array(rows * columns)];
      addProduct(upright, product, 1);
      addProduct(turned, transposedProduct(product), 1);
      for (const [i, value] of upright.entries()) {
        expect(turned[(i % columns) * rows + Math.floor(i / columns)]).toBeCloseTo(value, 5);
      }
    }),
  );
});
