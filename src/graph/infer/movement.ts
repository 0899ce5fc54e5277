/** @file Shapes of operations that move elements about. */
import { type Shape, sizeOf } from '../../tensor/tensor.ts';
import { broadcastShapes } from '../broadcast.ts';
import type { OpAttributes } from '../ops.ts';

export function inferReshape([x]: readonly Shape[], { shape }: OpAttributes['Reshape']): Shape {
  if (sizeOf(x!) !== sizeOf(shape)) throw new RangeError(`[${shape}] holds another number of elements`);
  return shape;
}

export function inferTranspose([x]: readonly Shape[], { perm }: OpAttributes['Transpose']): Shape {
  const isPermutation =
    perm.length === x!.length && [...perm].sort((a, b) => a - b).every((axis, i) => axis === i);
  if (!isPermutation) throw new RangeError(`[${perm}] is no permutation of its axes`);
  return perm.map((axis) => x![axis]!);
}

export function inferExpand([x]: readonly Shape[], { shape }: OpAttributes['Expand']): Shape {
  const result = broadcastShapes(x!, shape);
  if (!result || result.length !== shape.length || result.some((size, axis) => size !== shape[axis])) {
    throw new RangeError(`it does not broadcast to [${shape}]`);
  }
  return shape;
}

export function inferConcat(inputs: readonly Shape[], { axis }: OpAttributes['Concat']): Shape {
  const [first] = inputs;
  if (axis < 0 || axis >= first!.length) throw new RangeError(`there is no axis ${axis}`);
  for (const shape of inputs) {
    const fits = shape.length === first!.length && shape.every((size, a) => a === axis || size === first![a]);
    if (!fits) throw new RangeError(`the inputs differ off axis ${axis}`);
  }
  const total = inputs.reduce((sum, shape) => sum + shape[axis]!, 0);
  return first!.map((size, a) => (a === axis ? total : size));
}

export function inferSlice([x]: readonly Shape[], { starts, ends }: OpAttributes['Slice']): Shape {
  if (starts.length !== x!.length || ends.length !== x!.length)
    throw new RangeError('a bound is needed for every axis');
  return x!.map((size, axis) => {
    const [start, end] = [starts[axis]!, ends[axis]!];
    if (start < 0 || end > size || start > end)
      throw new RangeError(`${start}:${end} lies outside axis ${axis}`);
    return end - start;
  });
}

export function inferUpsample([x]: readonly Shape[], { factor }: OpAttributes['Upsample']): Shape {
  if (x.length !== 4) throw new RangeError('a picture needs four axes');
  return [x[0], x[1], x[2] * factor, x[3] * factor];
}

export function inferPad([x]: readonly Shape[], { before, after }: OpAttributes['Pad']): Shape {
  if (before.length !== x!.length || after.length !== x!.length)
    throw new RangeError('a pad is needed for every axis');
  if ([...before, ...after].some((pad) => pad < 0)) throw new RangeError('pads are not negative');
  return x!.map((size, axis) => before[axis]! + size + after[axis]!);
}

export function inferGather([data, indices]: readonly Shape[]): Shape {
  if (data!.length === 0) throw new RangeError('a scalar has no rows');
  return [...indices!, ...data!.slice(1)];
}

export function inferScatterAdd(
  [indices, updates]: readonly Shape[],
  { rows }: OpAttributes['ScatterAdd'],
): Shape {
  if (indices!.length !== 1 || updates![0] !== indices![0])
    throw new RangeError('one index is needed for each update');
  return [rows, ...updates!.slice(1)];
}
