/** @file Values of elementwise operations. */
import { broadcastShapes } from '../broadcast.ts';
import type { OpAttributes } from '../ops.ts';
import { erf } from './erf.ts';
import { broadcastOffsets, type NumericTensor } from './numeric-tensor.ts';

/** Applies `f` to every element. */
export function evaluateUnary(f: (x: number) => number) {
  return ([x]: readonly NumericTensor[]): NumericTensor => ({
    shape: x.shape,
    data: x.data.map((value) => f(value)),
  });
}

/** Applies `f` to every pair of elements of two broadcasting tensors. */
export function evaluateBinary(f: (a: number, b: number) => number) {
  return ([a, b]: readonly NumericTensor[]): NumericTensor => {
    const shape = broadcastShapes(a.shape, b.shape);
    if (!shape) throw new RangeError(`[${a.shape}] and [${b.shape}] do not broadcast`);
    const offsetsOfB = broadcastOffsets(b.shape, shape);
    const data = Float64Array.from(broadcastOffsets(a.shape, shape), (offset, i) =>
      f(a.data[offset], b.data[offsetsOfB[i]]),
    );
    return { shape, data };
  };
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const gelu = (x: number): number => (x / 2) * (1 + erf(x * Math.SQRT1_2));

export function evaluateQuickGelu(inputs: readonly NumericTensor[], { alpha }: OpAttributes['QuickGelu']) {
  return evaluateUnary((x) => x * sigmoid(alpha * x))(inputs);
}

export function evaluateClip(inputs: readonly NumericTensor[], { min, max }: OpAttributes['Clip']) {
  return evaluateUnary((x) => Math.min(Math.max(x, min), max))(inputs);
}
