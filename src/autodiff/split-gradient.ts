/**
 * @file A forward and a backward program for one network, with what the backward needs handed over in between.
 * The cotangent of a network often depends on its output (here: a picture is decoded and scored first), so the two cannot be one program
 * without doing the forward pass twice.
 */
import { type Graph, graphOf, type Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { substitute } from '../graph/substitute.ts';
import { gradient } from './gradient.ts';

/** Names of the tensors that `forward` gives and `backward` takes besides the cotangent. */
export interface SplitGradient {
  /** Outputs: `output`, and each of `saved`. */
  readonly forward: Graph;
  /** Inputs: `cotangent` and each of `saved` (and no others); outputs: the gradient under each name of `wrt`. */
  readonly backward: Graph;
  readonly saved: readonly string[];
}

/**
 * Splits the gradient of `output` with respect to `wrt` into two programs.
 * Saved are the values of the forward pass that the backward pass reads, and none that it can cheaply make again:
 * rules recompute activations from their inputs.
 */
export function splitGradient(
  g: GraphBuilder,
  output: Node,
  wrt: Readonly<Record<string, Node>>,
): SplitGradient {
  const forwardNodes = new Set(graphOf({ output }).nodes);
  const cotangent = g.input('cotangent', output.shape);
  const gradients = gradient(g, [{ node: output, cotangent }], Object.values(wrt));
  const whole = graphOf(Object.fromEntries(Object.keys(wrt).map((name, i) => [name, gradients[i]!])));
  const saved = handedOver(whole, forwardNodes);
  const names = new Map([...saved].map((node, index) => [node, `saved.${index}`]));
  const inputs = new Map([...names].map(([node, name]) => [node, g.input(name, node.shape, node.dtype)]));
  return {
    forward: graphOf({ output, ...Object.fromEntries([...names].map(([node, name]) => [name, node])) }),
    backward: graphOf(substitute(g, whole.outputs, inputs)),
    saved: [...names.values()],
  };
}

/** Forward values that some backward node reads: weights and constants need no handing over. */
function handedOver(whole: Graph, forwardNodes: ReadonlySet<Node>): Set<Node> {
  const saved = new Set<Node>();
  for (const node of whole.nodes) {
    if (node.kind !== 'op' || forwardNodes.has(node)) continue;
    for (const input of node.inputs) {
      if (forwardNodes.has(input) && (input.kind === 'op' || input.kind === 'input')) saved.add(input);
    }
  }
  return saved;
}
