/** @file The table of values: what each operation computes. */
import type { OpAttributes, OpName } from '../ops.ts';
import { evaluateConv, evaluateConvTranspose } from './convolution.ts';
import {
  evaluateBinary,
  evaluateClip,
  evaluateQuickGelu,
  evaluateUnary,
  gelu,
  sigmoid,
} from './elementwise.ts';
import { erf } from './erf.ts';
import {
  evaluateConcat,
  evaluateExpand,
  evaluateGather,
  evaluatePad,
  evaluateReshape,
  evaluateScatterAdd,
  evaluateSlice,
  evaluateTranspose,
  evaluateUpsample,
} from './movement.ts';
import type { EvaluateRule, NumericTensor } from './numeric-tensor.ts';
import { evaluateAttention, evaluateGemm, evaluateMatMul } from './product.ts';
import {
  evaluateGroupNormalization,
  evaluateLayerNormalization,
  evaluateReduceMean,
  evaluateReduceSum,
  evaluateSoftmax,
} from './reduction.ts';

const RULES: { readonly [Name in OpName]: EvaluateRule<Name> } = {
  Neg: evaluateUnary((x) => -x),
  Exp: evaluateUnary(Math.exp),
  Log: evaluateUnary(Math.log),
  Sqrt: evaluateUnary(Math.sqrt),
  Sin: evaluateUnary(Math.sin),
  Cos: evaluateUnary(Math.cos),
  Asin: evaluateUnary(Math.asin),
  Erf: evaluateUnary(erf),
  Sigmoid: evaluateUnary(sigmoid),
  Gelu: evaluateUnary(gelu),
  QuickGelu: evaluateQuickGelu,
  Clip: evaluateClip,
  Add: evaluateBinary((a, b) => a + b),
  Sub: evaluateBinary((a, b) => a - b),
  Mul: evaluateBinary((a, b) => a * b),
  Div: evaluateBinary((a, b) => a / b),
  GreaterOrEqual: evaluateBinary((a, b) => (a >= b ? 1 : 0)),
  MatMul: evaluateMatMul,
  Gemm: evaluateGemm,
  Conv: evaluateConv,
  ConvTranspose: evaluateConvTranspose,
  Attention: evaluateAttention,
  Reshape: evaluateReshape,
  Transpose: evaluateTranspose,
  Expand: evaluateExpand,
  Upsample: evaluateUpsample,
  Concat: evaluateConcat,
  Slice: evaluateSlice,
  Pad: evaluatePad,
  Gather: evaluateGather,
  ScatterAdd: evaluateScatterAdd,
  ReduceSum: evaluateReduceSum,
  ReduceMean: evaluateReduceMean,
  Softmax: evaluateSoftmax,
  LayerNormalization: evaluateLayerNormalization,
  GroupNormalization: evaluateGroupNormalization,
};

/** The value of one operation, in float64. */
export function evaluateOp<Name extends OpName>(
  op: Name,
  inputs: readonly NumericTensor[],
  attributes: OpAttributes[Name],
): NumericTensor {
  return RULES[op](inputs, attributes);
}
