/** @file Builds a graph over given values, runs it on onnxruntime and compares results. */
import { graphOf, type Node } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import type { FloatTensor, Tensor } from '../../src/tensor/tensor.ts';

/** Runs what `build` makes of `inputs`, which it gets as nodes of the same names. */
export async function runGraph<Name extends string>(
  inputs: Readonly<Record<Name, Tensor>>,
  build: (g: GraphBuilder, nodes: Readonly<Record<Name, Node>>) => Node,
): Promise<FloatTensor> {
  const g = new GraphBuilder();
  const nodes = Object.fromEntries(
    Object.entries<Tensor>(inputs).map(([name, { shape, dtype }]) => [name, g.input(name, shape, dtype)]),
  ) as Record<Name, Node>;
  const executor = createOrtExecutor({ threads: 1 });
  try {
    const program = await executor.compile(graphOf({ result: build(g, nodes) }));
    return (await program.run(inputs)).result!;
  } finally {
    await executor.release();
  }
}

/** ‖actual - expected‖ / ‖expected‖, infinite where the shapes differ. */
export function relativeError(actual: FloatTensor, expected: FloatTensor): number {
  if (actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  const difference = actual.data.map((value, i) => value - expected.data[i]!);
  return Math.hypot(...difference) / Math.hypot(...expected.data);
}
