/** @file Rules of elementwise operations. Those of two inputs leave broadcasting to the walk, which sums it back. */

import type { Node, OpNode } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { OpName } from '../../graph/ops.ts';
import type { VjpRule } from './vjp-rule.ts';

/** A rule of one input: the cotangent of the input from that of the output. */
function unary<Name extends OpName>(
  pullBack: (g: GraphBuilder, ct: Node, x: Node, node: OpNode<Name>) => Node,
): VjpRule<Name> {
  return (g, node, ct) => [pullBack(g, ct, node.inputs[0], node)];
}

export const negRule = unary<'Neg'>((g, ct) => g.neg(ct));

export const expRule = unary<'Exp'>((g, ct, _x, y) => g.mul(ct, y));

export const logRule = unary<'Log'>((g, ct, x) => g.div(ct, x));

/** d sqrt(x) = dx / (2 sqrt(x)). */
export const sqrtRule = unary<'Sqrt'>((g, ct, _x, y) => g.div(g.mul(ct, 0.5), y));

export const sinRule = unary<'Sin'>((g, ct, x) => g.mul(ct, g.cos(x)));

export const cosRule = unary<'Cos'>((g, ct, x) => g.neg(g.mul(ct, g.sin(x))));

/** d asin(x) = dx / sqrt(1 - x^2), infinite at -1 and 1. */
export const asinRule = unary<'Asin'>((g, ct, x) => g.div(ct, g.sqrt(g.sub(1, g.mul(x, x)))));

/** d erf(x) = 2 / sqrt(pi) exp(-x^2) dx. */
export const erfRule = unary<'Erf'>((g, ct, x) =>
  g.mul(ct, g.mul(g.exp(g.neg(g.mul(x, x))), 2 / Math.sqrt(Math.PI))),
);

/** d s = s (1 - s) dx. */
export const sigmoidRule = unary<'Sigmoid'>((g, ct, _x, s) => g.mul(ct, g.mul(s, g.sub(1, s))));

/** d (x Phi(x)) = (Phi(x) + x phi(x)) dx, with the normal distribution Phi and its density phi. */
export const geluRule = unary<'Gelu'>((g, ct, x) => {
  const distribution = g.mul(g.add(g.erf(g.mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = g.mul(g.exp(g.mul(g.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return g.mul(ct, g.add(distribution, g.mul(x, density)));
});

/** With s = sigmoid(alpha x): d (x s) = s (1 + alpha x (1 - s)) dx. */
export const quickGeluRule = unary<'QuickGelu'>((g, ct, x, { attributes: { alpha } }) => {
  const scaled = alpha === 1 ? x : g.mul(x, alpha);
  const s = g.sigmoid(scaled);
  return g.mul(ct, g.mul(s, g.add(g.mul(scaled, g.sub(1, s)), 1)));
});

/** The cotangent passes where `min <= x <= max`. */
export const clipRule = unary<'Clip'>((g, ct, x, { attributes: { min, max } }) =>
  g.mul(ct, g.mul(g.greaterOrEqual(x, min), g.greaterOrEqual(max, x))),
);

export const addRule: VjpRule<'Add'> = (_g, _node, ct, needed) =>
  needed.map((isNeeded) => (isNeeded ? ct : null));

export const subRule: VjpRule<'Sub'> = (g, _node, ct, needed) => [
  needed[0] ? ct : null,
  needed[1] ? g.neg(ct) : null,
];

export const mulRule: VjpRule<'Mul'> = (g, { inputs: [a, b] }, ct, needed) => [
  needed[0] ? g.mul(ct, b) : null,
  needed[1] ? g.mul(ct, a) : null,
];

/** With y = a / b: d y = da / b - y db / b. */
export const divRule: VjpRule<'Div'> = (g, node, ct, needed) => {
  const overB = g.div(ct, node.inputs[1]);
  return [needed[0] ? overB : null, needed[1] ? g.neg(g.mul(overB, node)) : null];
};

export const greaterOrEqualRule: VjpRule<'GreaterOrEqual'> = () => [null, null];
