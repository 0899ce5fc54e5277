/** @file Buckets of relative positions against PyTorch's. */
import { describe, expect, it } from 'vitest';
import { positionBuckets } from './position-buckets.ts';

/** Where a new bucket begins, by distance from −200 to 200: `T5Attention._relative_position_bucket` with 32 buckets up to 128. */
const BEGINNINGS: readonly (readonly [distance: number, bucket: number])[] = [
  [-200, 15],
  [-90, 14],
  [-63, 13],
  [-45, 12],
  [-31, 11],
  [-22, 10],
  [-15, 9],
  [-11, 8],
  [-7, 7],
  [-6, 6],
  [-5, 5],
  [-4, 4],
  [-3, 3],
  [-2, 2],
  [-1, 1],
  [0, 0],
  [1, 17],
  [2, 18],
  [3, 19],
  [4, 20],
  [5, 21],
  [6, 22],
  [7, 23],
  [8, 24],
  [12, 25],
  [16, 26],
  [23, 27],
  [32, 28],
  [46, 29],
  [64, 30],
  [91, 31],
];

describe('positionBuckets()', () => {
  it('gives every distance the bucket that it has in PyTorch', () => {
    const length = 201;
    const places = positionBuckets(length, 32, 128);
    for (let query = 0; query < length; query += 50) {
      for (let key = 0; key < length; key++) {
        const [, bucket] = BEGINNINGS.findLast(([distance]) => distance <= key - query)!;
        expect(places[query * length + key], `${query} to ${key}`).toBe(bucket);
      }
    }
  });

  it('has a bucket of its own for the token itself', () => {
    expect([...positionBuckets(3, 8, 20)]).toEqual([0, 5, 6, 1, 0, 5, 2, 1, 0]);
  });
});
