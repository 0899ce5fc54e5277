/** @file The cosine of the angle between two vectors. */

/** −1 to 1; NaN when either vector is zero. */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  let [product, squareA, squareB] = [0, 0, 0];
  a.forEach((value, i) => {
    product += value * b[i];
    squareA += value * value;
    squareB += b[i] * b[i];
  });
  return product / Math.sqrt(squareA * squareB);
}
