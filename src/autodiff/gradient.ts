/**
 * @file Reverse-mode differentiation of graphs: the backward pass is more nodes of the same graph, so whatever runs a graph
 * runs its gradient, and a gradient has gradients itself.
 */
import { DpoError, invariant } from '../errors.ts';
import { graphOf, type Node, type OpNode } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { pullBack, reasonForNoGradient } from './rules/index.ts';
import { sumCotangents } from './sum-cotangents.ts';
import { unbroadcast } from './unbroadcast.ts';

/** An output of a computation, and the gradient with respect to it of whatever is computed from it. */
export interface OutputCotangent {
  readonly node: Node;
  /** float32 of the node's shape. */
  readonly cotangent: Node;
}

/**
 * Adds the backward pass to `g`: the gradients of `sum(output cotangent)` over all outputs with respect to each of `wrt`
 * (inputs, parameters, constants or intermediate values), of the same shapes and in the same order. Zeros where nothing flows.
 * Nodes are added in the scope of the forward node that they belong to, and only those that `wrt` needs.
 */
export function gradient(g: GraphBuilder, outputs: readonly OutputCotangent[], wrt: readonly Node[]): Node[] {
  checkRequest(outputs, wrt);
  const path = pathBetween(
    wrt,
    outputs.map(({ node }) => node),
  );
  const cotangents = new Map<Node, Node>();
  const flow = (to: Node, ct: Node) => {
    const known = cotangents.get(to);
    cotangents.set(to, known ? sumCotangents(g, known, ct) : ct);
  };
  for (const { node, cotangent } of outputs) flow(node, cotangent);
  for (const node of [...path].reverse()) {
    const ct = cotangents.get(node);
    if (ct && node.kind === 'op') g.scope(node.scope, () => flowThrough(g, node, ct, path, flow));
  }
  return wrt.map((node) => cotangents.get(node) ?? g.expand(g.scalar(0), node.shape));
}

/** {@link gradient} of one scalar `loss`. */
export function scalarGradient(g: GraphBuilder, loss: Node, wrt: readonly Node[]): Node[] {
  invariant(
    loss.shape.length === 0,
    `a loss must be a scalar to have a gradient without cotangent, got [${loss.shape}]`,
  );
  return gradient(g, [{ node: loss, cotangent: g.scalar(1) }], wrt);
}

function checkRequest(outputs: readonly OutputCotangent[], wrt: readonly Node[]): void {
  for (const { node, cotangent } of outputs) {
    invariant(
      node.shape.join() === cotangent.shape.join(),
      `the cotangent of an output of shape [${node.shape}] has shape [${cotangent.shape}]`,
    );
  }
  for (const node of wrt)
    invariant(node.dtype === 'float32', `there is no gradient with respect to ${node.dtype} values`);
}

/** The nodes, in building order, that some of `from` flow through on their way to some of `to`. */
function pathBetween(from: readonly Node[], to: readonly Node[]): ReadonlySet<Node> {
  const wanted = new Set(from);
  const path = new Set<Node>();
  for (const node of graphOf(Object.fromEntries(to.map((output, i) => [i, output]))).nodes) {
    const isReached = node.kind === 'op' && node.inputs.some((input) => path.has(input));
    if (wanted.has(node) || (isReached && node.dtype === 'float32')) path.add(node);
  }
  return path;
}

function flowThrough(
  g: GraphBuilder,
  node: OpNode,
  ct: Node,
  path: ReadonlySet<Node>,
  flow: (to: Node, ct: Node) => void,
): void {
  const needed = node.inputs.map((input, i) => path.has(input) && !reasonForNoGradient(node.op, i));
  if (!needed.some(Boolean)) return;
  try {
    const gradients = pullBack(g, node, ct, needed);
    checkGradients(node, gradients, needed);
    node.inputs.forEach((input, i) => {
      const gradientOfInput = gradients[i];
      if (gradientOfInput && needed[i]) flow(input, unbroadcast(g, gradientOfInput, input.shape));
    });
  } catch (cause) {
    const where = node.scope === '' ? node.op : `${node.scope}/${node.op}`;
    throw new DpoError('INTERNAL', `Cannot differentiate "${where}": ${(cause as Error).message}`, { cause });
  }
}

function checkGradients(node: OpNode, gradients: readonly (Node | null)[], needed: readonly boolean[]): void {
  const count = node.inputs.length;
  invariant(gradients.length === count, `the rule gave ${gradients.length} gradients for ${count} inputs`);
  const missing = needed.findIndex((isNeeded, i) => isNeeded && gradients[i] === null);
  invariant(missing === -1, `the rule gave no gradient for input ${missing} and no reason is stated`);
}
