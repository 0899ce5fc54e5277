/** @file Values of reductions and normalisations. */
import { type Shape, sizeOf, stridesOf } from '../../tensor/tensor.ts';
import type { OpAttributes, ReduceAttributes } from '../ops.ts';
import { type NumericTensor, stridedOffsets } from './numeric-tensor.ts';

type Inputs = readonly NumericTensor[];

export function evaluateReduceSum([x]: Inputs, { axes, keepDims }: ReduceAttributes): NumericTensor {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const data = new Float64Array(sizeOf(kept));
  stridedOffsets(x.shape, strides).forEach((offset, i) => {
    data[offset] += x.data[i];
  });
  return { shape: keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis)), data };
}

export function evaluateReduceMean(inputs: Inputs, attributes: ReduceAttributes): NumericTensor {
  const sum = evaluateReduceSum(inputs, attributes);
  const count = inputs[0].data.length / sum.data.length;
  return { shape: sum.shape, data: sum.data.map((value) => value / count) };
}

export function evaluateSoftmax([x]: Inputs): NumericTensor {
  return mapRows(x, x.shape.at(-1) ?? 1, softmaxOf);
}

/** exp(row) over its sum. */
export function softmaxOf(row: Float64Array): Float64Array {
  const largest = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

export function evaluateLayerNormalization(
  [x, scale, bias]: Inputs,
  { epsilon }: OpAttributes['LayerNormalization'],
): NumericTensor {
  const width = x.shape.at(-1) as number;
  const normalized = mapRows(x, width, (row) => standardized(row, epsilon));
  return {
    shape: x.shape,
    data: normalized.data.map((v, i) => v * scale.data[i % width] + bias.data[i % width]),
  };
}

export function evaluateGroupNormalization(
  [x, scale, bias]: Inputs,
  { groups, epsilon }: OpAttributes['GroupNormalization'],
): NumericTensor {
  const [batch, channels, ...positions] = x.shape as [number, number, ...Shape];
  const normalized = mapRows(x, x.data.length / (batch * groups), (row) => standardized(row, epsilon));
  const count = sizeOf(positions);
  const data = normalized.data.map((value, i) => {
    const channel = Math.floor(i / count) % channels;
    return value * scale.data[channel] + bias.data[channel];
  });
  return { shape: x.shape, data };
}

/** `row` with mean 0 and variance 1, but for `epsilon`. */
function standardized(row: Float64Array, epsilon: number): Float64Array {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  return row.map((value) => (value - mean) / Math.sqrt(variance + epsilon));
}

/** Applies `f` to every run of `width` neighbouring elements. */
function mapRows(x: NumericTensor, width: number, f: (row: Float64Array) => Float64Array): NumericTensor {
  const data = new Float64Array(x.data.length);
  for (let start = 0; start < data.length; start += width)
    data.set(f(x.data.subarray(start, start + width)), start);
  return { shape: x.shape, data };
}
