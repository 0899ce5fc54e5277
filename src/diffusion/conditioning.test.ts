import { describe, expect, it } from 'vitest';
import { concatRows, stack } from '../tensor/stack.ts';
import { floatTensor } from '../tensor/tensor.ts';
import {
  addConditioning,
  combineConditionings,
  conditioningDot,
  mapConditioning,
  scaledConditioning,
} from './conditioning.ts';

const plain = { context: floatTensor([1, 2], [1, 2]) };
const pooled = { context: floatTensor([1, 2], [3, 4]), pooled: floatTensor([1], [5]) };

describe('conditionings', () => {
  it('are combined part by part, the pooled vector where there is one', () => {
    expect(combineConditionings([plain, plain], stack)).toEqual({
      context: floatTensor([2, 1, 2], [1, 2, 1, 2]),
    });
    expect(combineConditionings([pooled, pooled], concatRows)).toEqual({
      context: floatTensor([2, 2], [3, 4, 3, 4]),
      pooled: floatTensor([2], [5, 5]),
    });
    expect(mapConditioning(pooled, ({ shape }) => floatTensor(shape))).toEqual({
      context: floatTensor([1, 2]),
      pooled: floatTensor([1]),
    });
  });

  it('are added in proportion, beginning from nothing', () => {
    expect(addConditioning(undefined, pooled)).toBe(pooled);
    expect(addConditioning(undefined, pooled, -2)).toEqual(scaledConditioning(pooled, -2));
    expect(addConditioning(pooled, pooled, 2)).toEqual(scaledConditioning(pooled, 3));
  });

  it('have an inner product over all parts', () => {
    expect(conditioningDot(pooled, pooled)).toBe(9 + 16 + 25);
    expect(conditioningDot(plain, { context: floatTensor([1, 2], [3, 4]) })).toBe(3 + 8);
  });
});
