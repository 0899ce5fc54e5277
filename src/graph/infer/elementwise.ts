/** @file Shapes of elementwise operations. */
import type { Shape } from '../../tensor/tensor.ts';
import { broadcastShapes } from '../broadcast.ts';

export function inferUnary([x]: readonly Shape[]): Shape {
  return x!;
}

export function inferBinary([a, b]: readonly Shape[]): Shape {
  const shape = broadcastShapes(a!, b!);
  if (!shape) throw new RangeError('the shapes do not broadcast');
  return shape;
}
