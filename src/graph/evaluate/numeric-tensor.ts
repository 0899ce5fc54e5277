/** @file Float64 arrays with a shape, and the strided walks over them that all movement and broadcasting comes down to. */
import { type Shape, sizeOf, stridesOf } from '../../tensor/tensor.ts';
import type { OpAttributes, OpName } from '../ops.ts';

/** A row-major array of float64; indices are whole numbers. */
export interface NumericTensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** Computes an operation's output, its shape included, from its inputs alone. */
export type EvaluateRule<Name extends OpName> = (
  inputs: readonly NumericTensor[],
  attributes: OpAttributes[Name],
) => NumericTensor;

/** Offsets that a walk over all indices of `shape`, the last axis fastest, meets in an array with the given strides. */
export function stridedOffsets(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  const index = new Array<number>(shape.length).fill(0);
  let offset = start;
  for (let i = 0; i < offsets.length; i++) {
    offsets[i] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      offset += strides[axis];
      if (index[axis] < shape[axis]) break;
      offset -= index[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return offsets;
}

/** Offsets in a tensor of shape `from` of the elements that each element of `to`, which it broadcasts to, repeats. */
export function broadcastOffsets(from: Shape, to: Shape): Int32Array {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  const repeated = to.map((_, axis) =>
    axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing],
  );
  return stridedOffsets(to, repeated);
}

/** The tensor of shape `shape` that reads `data` at `offsets`. */
export function gathered(shape: Shape, data: Float64Array, offsets: Int32Array): NumericTensor {
  return { shape, data: Float64Array.from(offsets, (offset) => data[offset]) };
}
