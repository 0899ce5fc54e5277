/**
 * @file Rules of matrix products. Weights are never transposed: a transposed weight would be a second copy of it in memory,
 * so either a Gemm flag or the transpose of the (smaller) activations takes its place.
 */

import type { Node } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import type { VjpRule } from './vjp-rule.ts';

/** With y = a b: da = ct bᵀ and db = aᵀ ct, batch axes broadcasting. */
export const matMulRule: VjpRule<'MatMul'> = (g, { inputs: [a, b] }, ct, needed) => {
  if (b.shape.length === 2) return linearGradients(g, a, b, ct, needed);
  return [needed[0] ? timesTransposed(g, ct, b) : null, needed[1] ? transposedTimes(g, a, ct) : null];
};

/** `b` is one matrix, so all rows of `a` are one matrix too, whatever batch axes they have. */
function linearGradients(g: GraphBuilder, a: Node, b: Node, ct: Node, needed: readonly boolean[]) {
  const [inner, columns] = b.shape;
  const rows = sizeOf(a.shape.slice(0, -1));
  const ctRows = g.reshape(ct, [rows, columns]);
  return [
    needed[0] ? g.reshape(g.gemm(ctRows, b, undefined, { transB: true }), a.shape) : null,
    needed[1] ? g.gemm(g.reshape(a, [rows, inner]), ctRows, undefined, { transA: true }) : null,
  ];
}

/** `x bᵀ`; for a weight `b` as `(b xᵀ)ᵀ`. */
function timesTransposed(g: GraphBuilder, x: Node, b: Node): Node {
  if (b.kind === 'parameter') return swapLast(g, g.matMul(b, swapLast(g, x)));
  return g.matMul(x, swapLast(g, b));
}

/** `aᵀ x`; for a weight `a` as `(xᵀ a)ᵀ`. */
function transposedTimes(g: GraphBuilder, a: Node, x: Node): Node {
  if (a.kind === 'parameter') return swapLast(g, g.matMul(swapLast(g, x), a));
  return g.matMul(swapLast(g, a), x);
}

function swapLast(g: GraphBuilder, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis);
  const [row, column] = axes.splice(-2);
  return g.transpose(x, [...axes, column, row]);
}

/** With y = A B + c, where A = op(a) and B = op(b): dA = ct Bᵀ and dB = Aᵀ ct, each transposed where its input was. */
export const gemmRule: VjpRule<'Gemm'> = (g, node, ct, needed) => {
  const [a, b, c] = node.inputs;
  const { transA, transB } = node.attributes;
  const ofA = () =>
    transA
      ? g.gemm(b, ct, undefined, { transA: transB, transB: true })
      : g.gemm(ct, b, undefined, { transB: !transB });
  const ofB = () =>
    transB
      ? g.gemm(ct, a, undefined, { transA: true, transB: transA })
      : g.gemm(a, ct, undefined, { transA: !transA });
  const gradients = [needed[0] ? ofA() : null, needed[1] ? ofB() : null];
  return c ? [...gradients, needed[2] ? ct : null] : gradients;
};
