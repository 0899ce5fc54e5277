/** @file Numpy's broadcasting of shapes, the only place that knows it. */
import type { Shape } from '../tensor/tensor.ts';

/** The shape that `a` and `b` broadcast to, or undefined where they do not. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = sizeAt(a, axis, rank);
    const right = sizeAt(b, axis, rank);
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

/** Axes of `to` along which a tensor of shape `from` was repeated (or that it lacked). */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  return to.flatMap((size, axis) =>
    sizeAt(from, axis, to.length) === 1 && isRepeated(from, to, axis, size) ? [axis] : [],
  );
}

function isRepeated(from: Shape, to: Shape, axis: number, size: number): boolean {
  return size !== 1 || axis < to.length - from.length;
}

function sizeAt(shape: Shape, axis: number, rank: number): number {
  return shape[axis - (rank - shape.length)] ?? 1;
}
