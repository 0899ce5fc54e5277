/** @file The table of rules: the differentiator's interpreter of the operations. */

import type { Node, OpNode } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { OpName } from '../../graph/ops.ts';
import { attentionRule } from './attention.ts';
import { convRule, convTransposeRule } from './convolution.ts';
import {
  addRule,
  asinRule,
  clipRule,
  cosRule,
  divRule,
  erfRule,
  expRule,
  geluRule,
  greaterOrEqualRule,
  logRule,
  mulRule,
  negRule,
  quickGeluRule,
  sigmoidRule,
  sinRule,
  sqrtRule,
  subRule,
} from './elementwise.ts';
import {
  concatRule,
  expandRule,
  gatherRule,
  padRule,
  reshapeRule,
  scatterAddRule,
  sliceRule,
  transposeRule,
  upsampleRule,
} from './movement.ts';
import { gemmRule, matMulRule } from './product.ts';
import {
  groupNormalizationRule,
  layerNormalizationRule,
  reduceMeanRule,
  reduceSumRule,
  softmaxRule,
} from './reduction.ts';
import { nonDifferentiable, type VjpRule } from './vjp-rule.ts';

const RULES: { readonly [Name in OpName]: VjpRule<Name> } = {
  Neg: negRule,
  Exp: expRule,
  Log: logRule,
  Sqrt: sqrtRule,
  Sin: sinRule,
  Cos: cosRule,
  Asin: asinRule,
  Erf: erfRule,
  Sigmoid: sigmoidRule,
  Gelu: geluRule,
  QuickGelu: quickGeluRule,
  Clip: clipRule,
  Add: addRule,
  Sub: subRule,
  Mul: mulRule,
  Div: divRule,
  GreaterOrEqual: greaterOrEqualRule,
  MatMul: matMulRule,
  Gemm: gemmRule,
  Conv: convRule,
  ConvTranspose: convTransposeRule,
  Attention: attentionRule,
  Reshape: reshapeRule,
  Transpose: transposeRule,
  Expand: expandRule,
  Upsample: upsampleRule,
  Concat: concatRule,
  Slice: sliceRule,
  Pad: padRule,
  Gather: gatherRule,
  ScatterAdd: scatterAddRule,
  ReduceSum: reduceSumRule,
  ReduceMean: reduceMeanRule,
  Softmax: softmaxRule,
  LayerNormalization: layerNormalizationRule,
  GroupNormalization: groupNormalizationRule,
};

/** Every input that no gradient reaches. All others have one. */
export const NON_DIFFERENTIABLE = [
  nonDifferentiable(
    'GreaterOrEqual',
    0,
    'the result is piecewise constant, so its gradient is zero wherever it exists',
  ),
  nonDifferentiable(
    'GreaterOrEqual',
    1,
    'the result is piecewise constant, so its gradient is zero wherever it exists',
  ),
  nonDifferentiable('Gather', 1, 'indices are integers'),
  nonDifferentiable('ScatterAdd', 0, 'indices are integers'),
] as const;

/** Why input number `input` of `op` has no gradient, or undefined where it has one. */
export function reasonForNoGradient(op: OpName, input: number): string | undefined {
  return NON_DIFFERENTIABLE.find((entry) => entry.op === op && entry.input === input)?.reason;
}

/** The gradients of `node`'s inputs by the rule of its operation; see {@link VjpRule}. */
export function pullBack<Name extends OpName>(
  g: GraphBuilder,
  node: OpNode<Name>,
  ct: Node,
  needed: readonly boolean[],
): readonly (Node | null)[] {
  return RULES[node.op](g, node, ct, needed);
}
