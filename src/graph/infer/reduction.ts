/** @file Shapes of reductions and normalisations. */
import type { Shape } from '../../tensor/tensor.ts';
import type { ReduceAttributes } from '../ops.ts';

export function inferReduce([x]: readonly Shape[], { axes, keepDims }: ReduceAttributes): Shape {
  if (axes.some((axis) => axis < 0 || axis >= x!.length)) throw new RangeError(`there are no axes [${axes}]`);
  if (keepDims) return x!.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return x!.filter((_, axis) => !axes.includes(axis));
}

/** Scale and bias hold one number for each index of `channelAxis`. */
export function inferNormalization(
  channelAxis: number,
): (inputs: readonly Shape[], attributes: { epsilon: number; groups?: number }) => Shape {
  return ([x, scale, bias], { groups = 1 }) => {
    const channels = x!.at(channelAxis);
    if (scale!.length !== 1 || scale![0] !== channels || bias!.length !== 1 || bias![0] !== channels) {
      throw new RangeError(`scale and bias must be [${channels}]`);
    }
    if (channels! % groups !== 0)
      throw new RangeError(`${channels} channels do not divide into ${groups} groups`);
    return x!;
  };
}
