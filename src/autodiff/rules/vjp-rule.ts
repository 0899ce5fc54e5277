/** @file The form of a rule: what an operation does to a cotangent on its way back (a vector-Jacobian product, VJP). */

import type { Node, OpNode } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { OpName } from '../../graph/ops.ts';

/**
 * Builds the gradients of `node`'s inputs from `ct`, the cotangent of its output (of its shape).
 * One entry for each input: null where `needed` is false or where no gradient flows for a stated reason. An entry may have
 * the shape that its input broadcasts to; the walk sums it back.
 * Rules read as few large forward values as they can: what is read stays in memory from the forward to the backward pass.
 */
export type VjpRule<Name extends OpName> = (
  g: GraphBuilder,
  node: OpNode<Name>,
  ct: Node,
  needed: readonly boolean[],
) => readonly (Node | null)[];

/** Why no gradient reaches an input of an operation. */
export interface NonDifferentiable {
  readonly op: OpName;
  readonly input: number;
  readonly reason: string;
}

/** States that input number `input` of `op` has no gradient, and why. */
export function nonDifferentiable(op: OpName, input: number, reason: string): NonDifferentiable {
  return { op, input, reason };
}
