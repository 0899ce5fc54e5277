import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import { type ResizeKind, resizeMatrix } from './resize-matrix.ts';

const fixture = fileURLToPath(new URL('../../tests/fixtures/resize.safetensors', import.meta.url));
const references = await readSafetensors(fixture);
const cases = [...references.keys()].filter((name) => name.endsWith('.in')).map((name) => name.slice(0, -3));

/** `left [m, k] · right [n, k]^T`. */
function timesTransposed(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  [m, k, n]: [number, number, number],
) {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let x = 0; x < k; x++) out[i * n + j]! += left[i * k + x]! * right[j * k + x]!;
    }
  }
  return out;
}

describe('resizeMatrix()', () => {
  it.each(cases)('equals torch antialiased interpolation: %s', (name) => {
    const [kind, , , to] = name.split('.') as [ResizeKind, string, string, string];
    const [outHeight, outWidth] = to.split('x').map(Number) as [number, number];
    const input = references.get(`${name}.in`)!;
    const [height, width] = input.shape as [number, number];
    // Rows first: (A_w X^T) is [outWidth, height], then A_h times its transpose.
    const columns = timesTransposed(resizeMatrix(width, outWidth, kind).data, input.data, [
      outWidth,
      width,
      height,
    ]);
    const picture = timesTransposed(resizeMatrix(height, outHeight, kind).data, columns, [
      outHeight,
      height,
      outWidth,
    ]);
    // The fixture may hold only the first rows of the output.
    references.get(`${name}.out`)!.data.forEach((value, i) => {
      expect(Math.abs(picture[i]! - value)).toBeLessThan(1e-5);
    });
  });

  it('keeps a constant picture, whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, fc.constantFrom<ResizeKind>('bicubic', 'bilinear'), (input, output, kind) => {
        const { data, shape } = resizeMatrix(input, output, kind);
        expect(shape).toEqual([output, input]);
        for (let row = 0; row < output; row++) {
          const sum = data
            .subarray(row * input, (row + 1) * input)
            .reduce((total, value) => total + value, 0);
          expect(sum).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it.each(['bicubic', 'bilinear'] as const)('is the identity when the size stays (%s)', (kind) => {
    const { data } = resizeMatrix(5, 5, kind);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(i % 6 === 0 ? 1 : 0, 7);
    });
  });
});
