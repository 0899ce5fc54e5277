/** @file Joining and taking apart tensors along their first axis. */
import { type FloatTensor, floatTensor, type Shape, sizeOf } from './tensor.ts';

/** Tensors of equal shape `[…]` as one `[n, …]`. */
export function stack(tensors: readonly FloatTensor[]): FloatTensor {
  const [first] = tensors;
  const data = new Float32Array(tensors.length * first.data.length);
  for (const [i, tensor] of tensors.entries()) data.set(tensor.data, i * first.data.length);
  return floatTensor([tensors.length, ...first.shape], data);
}

/** Tensors `[n_i, …]` one after another as `[sum of n_i, …]`. */
export function concatRows(tensors: readonly FloatTensor[]): FloatTensor {
  const rows = tensors.reduce((sum, tensor) => sum + tensor.shape[0], 0);
  const shape = [rows, ...tensors[0].shape.slice(1)];
  const data = new Float32Array(sizeOf(shape));
  let offset = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, offset);
    offset += tensor.data.length;
  }
  return floatTensor(shape, data);
}

/** Rows `start` to `end` of `[n, …]`, sharing the data. */
export function rowsOf(tensor: FloatTensor, start: number, end: number): FloatTensor {
  const rowShape = tensor.shape.slice(1);
  const size = sizeOf(rowShape);
  return floatTensor([end - start, ...rowShape], tensor.data.subarray(start * size, end * size));
}

/** Row `index` of `[n, …]` without its first axis, sharing the data. */
export function rowAt(tensor: FloatTensor, index: number): FloatTensor {
  const row = rowsOf(tensor, index, index + 1);
  return floatTensor(row.shape.slice(1), row.data);
}

/** `count` copies of a tensor of shape `[…]` as `[count, …]`. */
export function repeatRows(tensor: FloatTensor, count: number): FloatTensor {
  return stack(Array.from({ length: count }, () => tensor));
}

/** Sum of `[n, …]` over its first axis. */
export function sumRows(tensor: FloatTensor): FloatTensor {
  const shape: Shape = tensor.shape.slice(1);
  const size = sizeOf(shape);
  const sum = new Float32Array(size);
  tensor.data.forEach((value, i) => {
    sum[i % size] += value;
  });
  return floatTensor(shape, sum);
}
