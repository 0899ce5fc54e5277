/**
 * @file Several values as one: whoever wants one of them gets all of them computed first. A runtime that goes back from the outputs,
 * as onnxruntime does, would otherwise compute the first result of every block of a computation, then the second of every block, and
 * hold what both are made of all the while.
 */
import type { Node } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import { sizeOf } from '../../tensor/tensor.ts';

/** Gives the values again by their index, each read from one vector that holds them all; a single value is given as it is. */
export function together(g: GraphBuilder, values: readonly Node[]): (index: number) => Node {
  if (values.length === 1) return () => values[0];
  const sizes = values.map(({ shape }) => sizeOf(shape));
  const all = g.concat(
    values.map((value, i) => g.reshape(value, [sizes[i]])),
    0,
  );
  return (index) => {
    const start = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
    return g.reshape(g.slice(all, 0, start, start + sizes[index]), values[index].shape);
  };
}
