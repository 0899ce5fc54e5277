/** @file The transpose of broadcasting, the only place where gradients are summed over repeated elements. */
import { broadcastAxes } from '../graph/broadcast.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Shape } from '../tensor/tensor.ts';

/** The gradient of a tensor of shape `shape` that was broadcast to `gradient`'s shape. */
export function unbroadcast(g: GraphBuilder, gradient: Node, shape: Shape): Node {
  // 1. Each element was used once for every index of the axes along which it was repeated: add those up.
  const repeated = broadcastAxes(shape, gradient.shape);
  const summed = repeated.length === 0 ? gradient : g.reduceSum(gradient, repeated);
  // 2. Axes of size 1 that were summed away come back; axes that the tensor never had do not.
  return g.reshape(summed, shape);
}
