/** @file The lengths of vectors that lie in the rows of a matrix. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';

/** Euclidean length of each row: `[B, P]` to `[B, 1]`. */
export function rowLengths(g: GraphBuilder, x: Node): Node {
  return g.sqrt(g.reduceSum(g.mul(x, x), [1], true));
}
