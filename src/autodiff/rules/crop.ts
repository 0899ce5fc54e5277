/** @file Slicing along several axes at once. */

import type { Node } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';

/** `x[starts:ends]` along every axis; `x` itself where that is all of it. */
export function crop(g: GraphBuilder, x: Node, starts: readonly number[], ends: readonly number[]): Node {
  const isWhole = x.shape.every((size, axis) => starts[axis] === 0 && ends[axis] === size);
  return isWhole ? x : g.op('Slice', [x], { starts, ends });
}
