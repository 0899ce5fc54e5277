import { describe, expect, it } from 'vitest';
import { cosineSimilarity } from './cosine-similarity.ts';
import { floatTensor, intTensor, sizeOf, stridesOf } from './tensor.ts';

describe('a tensor', () => {
  it('is zeros, an array that it does not copy, or numbers', () => {
    const data = Float32Array.of(1, 2);
    expect(floatTensor([2], data).data).toBe(data);
    expect(floatTensor([2, 1], [1, 2]).data).toEqual(data);
    expect(floatTensor([2, 3]).data).toEqual(new Float32Array(6));
    expect(floatTensor([]).data).toEqual(Float32Array.of(0));
    expect(intTensor([2], [1, -1]).data).toEqual(Int32Array.of(1, -1));
  });

  it('holds as many elements as its shape says', () => {
    expect(() => floatTensor([2, 2], [1, 2, 3])).toThrow('shape [2,2] holds 4 elements, got 3');
    expect(() => intTensor([], [1, 2])).toThrow('shape [] holds 1 elements, got 2');
  });

  it('knows its size and strides', () => {
    expect([sizeOf([]), sizeOf([2, 3, 4]), sizeOf([5, 0])]).toEqual([1, 24, 0]);
    expect([stridesOf([]), stridesOf([7]), stridesOf([2, 3, 4])]).toEqual([[], [1], [12, 4, 1]]);
  });
});

describe('cosine similarity', () => {
  it('is of directions, not lengths, and exactly 1 of a vector with itself', () => {
    expect(cosineSimilarity(Float32Array.of(1, 0), Float32Array.of(3, 3))).toBeCloseTo(Math.SQRT1_2, 12);
    expect(cosineSimilarity(Float32Array.of(1, 2), Float32Array.of(-2, -4))).toBe(-1);
    for (let seed = 1; seed < 50; seed++) {
      const vector = Float32Array.from({ length: 9 }, (_, i) => Math.sin(seed * 37 + i * i));
      expect(cosineSimilarity(vector, vector)).toBe(1);
    }
  });

  it('is undefined for the zero vector', () => {
    expect(cosineSimilarity(Float32Array.of(0, 0), Float32Array.of(1, 0))).toBeNaN();
  });
});
