/** @file Values of matrix products and attention, by their definitions. */
import { type Shape, sizeOf } from '../../tensor/tensor.ts';
import { broadcastShapes } from '../broadcast.ts';
import type { OpAttributes } from '../ops.ts';
import { broadcastOffsets, type NumericTensor } from './numeric-tensor.ts';
import { softmaxOf } from './reduction.ts';

type Inputs = readonly NumericTensor[];

export function evaluateMatMul([a, b]: Inputs): NumericTensor {
  const [rows, inner] = a.shape.slice(-2);
  const columns = b.shape.at(-1) as number;
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = broadcastShapes(batchA, batchB) as Shape;
  const matricesA = broadcastOffsets(batchA, batch);
  const matricesB = broadcastOffsets(batchB, batch);
  const shape = [...batch, rows, columns];
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    const [matrix, row, column] = [
      Math.floor(i / (rows * columns)),
      Math.floor(i / columns) % rows,
      i % columns,
    ];
    const startA = (matricesA[matrix] * rows + row) * inner;
    const startB = matricesB[matrix] * inner * columns + column;
    for (let j = 0; j < inner; j++) data[i] += a.data[startA + j] * b.data[startB + j * columns];
  }
  return { shape, data };
}

export function evaluateGemm([a, b, c]: Inputs, { transA, transB }: OpAttributes['Gemm']): NumericTensor {
  const [rows, inner] = transA ? [a.shape[1], a.shape[0]] : a.shape;
  const columns = transB ? b.shape[0] : b.shape[1];
  const shape = [rows, columns];
  const added = c && broadcastOffsets(c.shape, shape);
  const atA = (i: number, j: number) => a.data[transA ? j * rows + i : i * inner + j];
  const atB = (j: number, k: number) => b.data[transB ? k * inner + j : j * columns + k];
  const data = new Float64Array(rows * columns).map((_, i) => {
    let sum = added ? c.data[added[i]] : 0;
    for (let j = 0; j < inner; j++) sum += atA(Math.floor(i / columns), j) * atB(j, i % columns);
    return sum;
  });
  return { shape, data };
}

export function evaluateAttention([q, k, v]: Inputs, { heads }: OpAttributes['Attention']): NumericTensor {
  const [batch, queries, width] = q.shape;
  const [, keys, valueWidth] = v.shape;
  const [size, valueSize] = [width / heads, valueWidth / heads];
  const data = new Float64Array(batch * queries * valueWidth);
  const score = (n: number, head: number, query: number, key: number) => {
    const startQ = (n * queries + query) * width + head * size;
    const startK = (n * keys + key) * width + head * size;
    let sum = 0;
    for (let d = 0; d < size; d++) sum += q.data[startQ + d] * k.data[startK + d];
    return sum / Math.sqrt(size);
  };
  for (let row = 0; row < batch * queries * heads; row++) {
    const [n, query, head] = [
      Math.floor(row / (queries * heads)),
      Math.floor(row / heads) % queries,
      row % heads,
    ];
    const weights = softmaxOf(Float64Array.from({ length: keys }, (_, key) => score(n, head, query, key)));
    for (let i = 0; i < keys * valueSize; i++) {
      const [key, d] = [Math.floor(i / valueSize), i % valueSize];
      data[row * valueSize + d] +=
        weights[key] * v.data[(n * keys + key) * valueWidth + head * valueSize + d];
    }
  }
  return { shape: [batch, queries, valueWidth], data };
}
