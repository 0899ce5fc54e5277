import { describe, expect, it } from 'vitest';
import { concatRows, repeatRows, rowAt, rowsOf, stack, sumRows } from './stack.ts';
import { floatTensor } from './tensor.ts';

const A = floatTensor([2, 2], [1, 2, 3, 4]);
const B = floatTensor([2, 2], [5, 6, 7, 8]);

describe('rows of tensors', () => {
  it('are stacked along a new axis, or joined along the first', () => {
    expect(stack([A, B])).toEqual(floatTensor([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
    expect(concatRows([A, rowsOf(B, 1, 2)])).toEqual(floatTensor([3, 2], [1, 2, 3, 4, 7, 8]));
    expect(repeatRows(floatTensor([2], [1, 2]), 3)).toEqual(floatTensor([3, 2], [1, 2, 1, 2, 1, 2]));
  });

  it('are taken apart without copying', () => {
    const both = concatRows([A, B]);
    expect(rowsOf(both, 1, 3)).toEqual(floatTensor([2, 2], [3, 4, 5, 6]));
    expect(rowAt(both, 2)).toEqual(floatTensor([2], [5, 6]));
    expect(rowAt(stack([A, B]), 1)).toEqual(B);
    expect(rowAt(both, 2).data.buffer).toBe(both.data.buffer);
  });

  it('are added up', () => {
    expect(sumRows(stack([A, B]))).toEqual(floatTensor([2, 2], [6, 8, 10, 12]));
    expect(sumRows(A)).toEqual(floatTensor([2], [4, 6]));
    expect(sumRows(floatTensor([3], [1, 2, 4]))).toEqual(floatTensor([], [7]));
  });
});
