/** @file The sum of two cotangents of one value that has several users. */

import { isOp, type Node, type OpNode } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';

/**
 * `a + b`. Where a value was cut into neighbouring slices (gated feed-forwards, fused projections), both are padded with zeros
 * where the other is not: they are laid side by side instead, which saves two images of zeros and an addition.
 */
export function sumCotangents(g: GraphBuilder, a: Node, b: Node): Node {
  if (isOp(a, 'Pad') && isOp(b, 'Pad')) {
    const joined = joinNeighbours(g, a, b) ?? joinNeighbours(g, b, a);
    if (joined) return joined;
  }
  return g.add(a, b);
}

/** The sum of two padded tensors, `first` ending along some axis where `second` starts; undefined where they are no neighbours. */
function joinNeighbours(g: GraphBuilder, first: OpNode<'Pad'>, second: OpNode<'Pad'>): Node | undefined {
  const [a, b] = [first.inputs[0], second.inputs[0]];
  const { before } = first.attributes;
  const { after } = second.attributes;
  const axes = before.map((_, axis) => axis);
  const moved = axes.filter(
    (axis) => before[axis] !== second.attributes.before[axis] || a.shape[axis] !== b.shape[axis],
  );
  const [axis] = moved;
  if (moved.length !== 1 || before[axis] + a.shape[axis] !== second.attributes.before[axis]) return undefined;
  const joined = g.concat([a, b], axis);
  return [...before, ...after].every((zeros) => zeros === 0) ? joined : g.pad(joined, before, after);
}
