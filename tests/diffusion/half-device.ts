/**
 * @file A device that holds halves, played by the processor. onnxruntime's own processor kernels compute half-precision graphs in
 * float32 and leave out the rounding between two of them; here every value that a GPU would hold as a half is made one, by
 * arithmetic that no optimizer undoes.
 */
import { type Graph, graphOf, type Node } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { halfPrecisionPlan } from '../../src/graph/onnx/half-precision.ts';
import type { Executor } from '../../src/runtime/executor.ts';

/** `executor` as one of a device that is best in halves. */
export function halfDevice(executor: Executor): Executor {
  return {
    device: 'cuda',
    precision: 'float16',
    passedOver: [],
    runtime: 'test',
    memory: executor.memory,
    isMemorySettled: false,
    release: () => executor.release(),
    compile: (graph, { precision, ...options } = {}) =>
      executor.compile(precision === 'float16' ? roundedToHalves(graph) : graph, options),
  };
}

/** `graph` in float32, with every value rounded where the plan for half precision makes it a half. */
function roundedToHalves(graph: Graph): Graph {
  const g = new GraphBuilder();
  const plan = halfPrecisionPlan(graph);
  const copies = new Map<Node, Node>();
  const readAs = (node: Node, isHalf: boolean): Node => {
    const copy = copies.get(node)!;
    return isHalf && node.dtype === 'float32' ? toHalf(g, copy) : copy;
  };
  for (const node of graph.nodes) {
    const { compute, result } = plan.get(node) ?? { compute: 'float32', result: 'float32' };
    const copy = g.scope(node.kind === 'op' ? node.scope : '', () =>
      copyOf(g, node, (input) => readAs(input, compute === 'float16')),
    );
    copies.set(node, result === 'float16' ? toHalf(g, copy) : copy);
  }
  return graphOf(
    Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, copies.get(node)!])),
  );
}

function copyOf(g: GraphBuilder, node: Node, read: (input: Node) => Node): Node {
  switch (node.kind) {
    case 'input':
      return g.input(node.name, node.shape, node.dtype);
    case 'parameter': {
      const { stored } = node;
      const source = { name: stored.path, find: () => stored, keys: () => [stored.key] };
      return g.parameter(source, stored.key, node.shape);
    }
    case 'constant':
      return g.constant(node.data, node.shape);
    case 'op':
      return g.op(node.op, node.inputs.map(read), node.attributes);
  }
}

/** The nearest half, in float32: eleven digits, none below 2^-24; no number at all where it would be infinite. */
export function toHalf(g: GraphBuilder, x: Node): Node {
  // Veltkamp's split: the difference of two large numbers keeps 24 - 13 digits.
  const large = g.mul(x, 2 ** 13 + 1);
  const digits = g.sub(large, g.sub(large, x));
  // In float32, numbers from 1/2 to 1 are multiples of 2^-24.
  const multiple = g.sub(g.add(digits, 0.75), 0.75);
  // Zero, or infinity times zero from 2^16 on.
  return g.add(multiple, g.mul(g.mul(multiple, 2 ** 112), 0));
}
