/** @file Values of operations that move elements about. */
import { sizeOf, stridesOf } from '../../tensor/tensor.ts';
import type { OpAttributes } from '../ops.ts';
import { broadcastOffsets, gathered, type NumericTensor, stridedOffsets } from './numeric-tensor.ts';

type Inputs = readonly NumericTensor[];

export function evaluateReshape([x]: Inputs, { shape }: OpAttributes['Reshape']): NumericTensor {
  return { shape, data: x.data };
}

export function evaluateTranspose([x]: Inputs, { perm }: OpAttributes['Transpose']): NumericTensor {
  const shape = perm.map((axis) => x.shape[axis]);
  const strides = stridesOf(x.shape);
  const permuted = perm.map((axis) => strides[axis]);
  return gathered(shape, x.data, stridedOffsets(shape, permuted));
}

export function evaluateExpand([x]: Inputs, { shape }: OpAttributes['Expand']): NumericTensor {
  return gathered(shape, x.data, broadcastOffsets(x.shape, shape));
}

export function evaluateUpsample([x]: Inputs, { factor }: OpAttributes['Upsample']): NumericTensor {
  const [batch, channels, height, width] = x.shape;
  const spaced = [batch, channels, height, 1, width, 1];
  const repeated = [batch, channels, height, factor, width, factor];
  const shape = [batch, channels, height * factor, width * factor];
  return { shape, data: gathered(repeated, x.data, broadcastOffsets(spaced, repeated)).data };
}

export function evaluateConcat(inputs: Inputs, { axis }: OpAttributes['Concat']): NumericTensor {
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
  const shape = inputs[0].shape.map((size, a) => (a === axis ? total : size));
  const data = new Float64Array(sizeOf(shape));
  const strides = stridesOf(shape);
  let start = 0;
  for (const input of inputs) {
    const offsets = stridedOffsets(input.shape, strides, start * strides[axis]);
    offsets.forEach((offset, i) => {
      data[offset] = input.data[i];
    });
    start += input.shape[axis];
  }
  return { shape, data };
}

export function evaluateSlice([x]: Inputs, { starts, ends }: OpAttributes['Slice']): NumericTensor {
  const shape = starts.map((start, axis) => ends[axis] - start);
  const strides = stridesOf(x.shape);
  return gathered(shape, x.data, stridedOffsets(shape, strides, offsetOf(starts, strides)));
}

export function evaluatePad([x]: Inputs, { before, after }: OpAttributes['Pad']): NumericTensor {
  const shape = x.shape.map((size, axis) => before[axis] + size + after[axis]);
  const strides = stridesOf(shape);
  const data = new Float64Array(sizeOf(shape));
  stridedOffsets(x.shape, strides, offsetOf(before, strides)).forEach((offset, i) => {
    data[offset] = x.data[i];
  });
  return { shape, data };
}

function offsetOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((sum, position, axis) => sum + position * strides[axis], 0);
}

export function evaluateGather([data, indices]: Inputs): NumericTensor {
  const [rows, ...rest] = data.shape;
  const width = sizeOf(rest);
  const shape = [...indices.shape, ...rest];
  const result = new Float64Array(sizeOf(shape));
  indices.data.forEach((row, i) => {
    checkRow(row, rows);
    result.set(data.data.subarray(row * width, (row + 1) * width), i * width);
  });
  return { shape, data: result };
}

export function evaluateScatterAdd(
  [indices, updates]: Inputs,
  { rows }: OpAttributes['ScatterAdd'],
): NumericTensor {
  const [, ...rest] = updates.shape;
  const width = sizeOf(rest);
  const data = new Float64Array(rows * width);
  indices.data.forEach((row, i) => {
    checkRow(row, rows);
    for (let j = 0; j < width; j++) data[row * width + j] += updates.data[i * width + j];
  });
  return { shape: [rows, ...rest], data };
}

function checkRow(row: number, rows: number): void {
  if (!(row >= 0 && row < rows)) throw new RangeError(`there is no row ${row}, only 0 to ${rows - 1}`);
}
