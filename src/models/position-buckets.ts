/** @file T5's relative positions: distances near by have a bucket each, farther ones share. */

/**
 * The bucket of every pair of a query (row) and a key (column) of a text of `length` tokens, int32 `[length, length]`, row by row.
 * Half of the buckets are for keys after the query. Of each half the first half is exact, the rest grows as the logarithm up to
 * `maxDistance`, and all beyond shares the last.
 */
export function positionBuckets(length: number, buckets: number, maxDistance: number): Int32Array {
  const places = new Int32Array(length * length);
  for (let query = 0; query < length; query++) {
    for (let key = 0; key < length; key++)
      places[query * length + key] = bucketOf(key - query, buckets / 2, maxDistance);
  }
  return places;
}

function bucketOf(distance: number, half: number, maxDistance: number): number {
  const side = distance > 0 ? half : 0;
  const size = Math.abs(distance);
  const exact = Math.floor(half / 2);
  if (size < exact) return side + size;
  // In float32, as PyTorch computes it: a distance on the border of two buckets must fall on the same side.
  const log = Math.fround(Math.log(Math.fround(size / exact)));
  const share = Math.fround(log / Math.fround(Math.log(maxDistance / exact)));
  return side + Math.min(half - 1, exact + Math.trunc(Math.fround(share * (half - exact))));
}
