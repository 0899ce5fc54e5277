/** @file The shape of an operation's output from its inputs' shapes and attributes: the first interpreter of the table. */
import { DpoError } from '../../errors.ts';
import type { Shape } from '../../tensor/tensor.ts';
import type { OpAttributes, OpName } from '../ops.ts';
import { inferBinary, inferUnary } from './elementwise.ts';
import {
  inferConcat,
  inferExpand,
  inferGather,
  inferPad,
  inferReshape,
  inferScatterAdd,
  inferSlice,
  inferTranspose,
  inferUpsample,
} from './movement.ts';
import { inferAttention, inferConv, inferConvTranspose, inferGemm, inferMatMul } from './product.ts';
import { inferNormalization, inferReduce } from './reduction.ts';

/** Gives the output's shape, or throws a sentence about what does not fit. */
export type InferRule<Name extends OpName> = (
  inputs: readonly Shape[],
  attributes: OpAttributes[Name],
) => Shape;

const RULES: { readonly [Name in OpName]: InferRule<Name> } = {
  Neg: inferUnary,
  Exp: inferUnary,
  Log: inferUnary,
  Sqrt: inferUnary,
  Sin: inferUnary,
  Cos: inferUnary,
  Asin: inferUnary,
  Erf: inferUnary,
  Sigmoid: inferUnary,
  Gelu: inferUnary,
  QuickGelu: inferUnary,
  Clip: inferUnary,
  Add: inferBinary,
  Sub: inferBinary,
  Mul: inferBinary,
  Div: inferBinary,
  GreaterOrEqual: inferBinary,
  MatMul: inferMatMul,
  Gemm: inferGemm,
  Conv: inferConv,
  ConvTranspose: inferConvTranspose,
  Attention: inferAttention,
  Reshape: inferReshape,
  Transpose: inferTranspose,
  Expand: inferExpand,
  Concat: inferConcat,
  Slice: inferSlice,
  Upsample: inferUpsample,
  Pad: inferPad,
  Gather: inferGather,
  ScatterAdd: inferScatterAdd,
  ReduceSum: inferReduce,
  ReduceMean: inferReduce,
  Softmax: inferUnary,
  LayerNormalization: inferNormalization(-1),
  GroupNormalization: inferNormalization(1),
};

/** @throws {DpoError} INTERNAL, naming the operation, its scope and the shapes, when the inputs do not fit. */
export function inferShape<Name extends OpName>(
  op: Name,
  inputs: readonly Shape[],
  attributes: OpAttributes[Name],
  scope: string,
): Shape {
  try {
    return RULES[op](inputs, attributes);
  } catch (cause) {
    const shapes = inputs.map((shape) => `[${shape}]`).join(', ');
    const where = scope === '' ? op : `${scope}/${op}`;
    throw new DpoError('INTERNAL', `Cannot add "${where}" to inputs ${shapes}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
