/** @file The arithmetic of a LoRA: a product of two thin matrices, added to a weight. */

export interface ThinProduct {
  /** `[rows, rank]`, row-major. */
  readonly left: Float32Array;
  /** `[rank, columns]`, row-major. */
  readonly right: Float32Array;
  readonly rank: number;
}

/** Adds `factor * left @ right` to `weight [rows, columns]`, in place. */
export function addProduct(weight: Float32Array, { left, right, rank }: ThinProduct, factor: number): void {
  const rows = left.length / rank;
  const columns = right.length / rank;
  const sums = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    sumOfRows(sums, left.subarray(row * rank, (row + 1) * rank), right);
    const target = weight.subarray(row * columns, (row + 1) * columns);
    for (let i = 0; i < columns; i++) target[i]! += factor * sums[i]!;
  }
}

/** The product of the transposes in the other order: what the weight needs that lies as the transpose. */
export function transposedProduct({ left, right, rank }: ThinProduct): ThinProduct {
  const rows = left.length / rank;
  const columns = right.length / rank;
  return { left: transposed(right, rank, columns), right: transposed(left, rows, rank), rank };
}

/** `sums = coefficients @ right`. Four rows at a time: the sums are read and written a quarter as often. */
function sumOfRows(sums: Float32Array, coefficients: Float32Array, right: Float32Array): void {
  const columns = sums.length;
  sums.fill(0);
  let r = 0;
  for (; r + 4 <= coefficients.length; r += 4) {
    const [a, b, c, d] = coefficients.subarray(r, r + 4) as unknown as [number, number, number, number];
    const [first, second] = [r * columns, (r + 1) * columns];
    const [third, fourth] = [second + columns, second + 2 * columns];
    for (let i = 0; i < columns; i++) {
      sums[i]! +=
        a * right[first + i]! + b * right[second + i]! + c * right[third + i]! + d * right[fourth + i]!;
    }
  }
  for (; r < coefficients.length; r++) {
    const [a, first] = [coefficients[r]!, r * columns];
    for (let i = 0; i < columns; i++) sums[i]! += a * right[first + i]!;
  }
}

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      out[column * rows + row] = matrix[row * columns + column]!;
  }
  return out;
}
