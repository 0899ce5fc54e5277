/**
 * @file The closed set of operations. Shape inference, evaluation, printing, differentiation and ONNX writing are five
 * interpreters of this one table; a test walks it and asks each for its entry.
 * Every operation has one output. Names are ONNX's where ONNX has the operation.
 */
import type { Shape } from '../tensor/tensor.ts';

/** No attributes. */
export type None = Readonly<Record<never, never>>;

export interface ConvAttributes {
  /** Vertical, horizontal. */
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

export interface ConvTransposeAttributes extends ConvAttributes {
  /** Rows and columns added at the bottom and right, to reach an output size that several inputs share. */
  readonly outputPadding: readonly [number, number];
}

export interface ReduceAttributes {
  /** Ascending, non-negative. */
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Attributes of every operation, by name. */
export interface OpAttributes {
  // Elementwise, one input.
  Neg: None;
  Exp: None;
  Log: None;
  Sqrt: None;
  Sin: None;
  Cos: None;
  Asin: None;
  Erf: None;
  Sigmoid: None;
  /** `x * Phi(x)`, the exact form by the error function. */
  Gelu: None;
  /** `x * sigmoid(alpha x)`: SiLU with alpha 1, CLIP's quick GELU with 1.702. */
  QuickGelu: { readonly alpha: number };
  /** `min(max(x, min), max)`. */
  Clip: { readonly min: number; readonly max: number };
  // Elementwise, two inputs, broadcasting.
  Add: None;
  Sub: None;
  Mul: None;
  Div: None;
  /** 1 where `a >= b`, else 0, as float32. */
  GreaterOrEqual: None;
  // Products.
  /** `[…, M, K] x […, K, N]`, leading axes broadcasting. */
  MatMul: None;
  /** `op(a) op(b) (+ c)` for matrices; `c` broadcasts to the result. */
  Gemm: { readonly transA: boolean; readonly transB: boolean };
  /** `x [N, C, H, W]`, `w [O, C, kh, kw]`, optional bias `[O]`. */
  Conv: ConvAttributes;
  /** The transpose of Conv in its first input: `x [N, O, h, w]`, `w [O, C, kh, kw]` gives `[N, C, H, W]`. */
  ConvTranspose: ConvTransposeAttributes;
  /** Scaled dot-product attention: `q [B, S, heads D]`, `k` and `v [B, L, heads D]`. */
  Attention: { readonly heads: number };
  // Movement.
  Reshape: { readonly shape: Shape };
  Transpose: { readonly perm: readonly number[] };
  Expand: { readonly shape: Shape };
  Concat: { readonly axis: number };
  /** `starts` and `ends` for every axis, step 1. */
  Slice: { readonly starts: readonly number[]; readonly ends: readonly number[] };
  /** `x [N, C, H, W]` to `[N, C, factor H, factor W]`: every pixel repeated. */
  Upsample: { readonly factor: number };
  /** Zeros before and after each axis. */
  Pad: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Rows of `data [V, …]` at `indices`: `[…indices, …]`. */
  Gather: None;
  /** `zeros [rows, …]` with `updates [n, …]` added at `indices [n]`. */
  ScatterAdd: { readonly rows: number };
  // Reductions and normalisations.
  ReduceSum: ReduceAttributes;
  ReduceMean: ReduceAttributes;
  /** Over the last axis. */
  Softmax: None;
  /** Over the last axis: `x, scale, bias`. */
  LayerNormalization: { readonly epsilon: number };
  /** `x [N, C, …]`, `scale [C]`, `bias [C]`. */
  GroupNormalization: { readonly groups: number; readonly epsilon: number };
}

export type OpName = keyof OpAttributes;

/** How many inputs each operation takes, fewest and most. */
export const OP_ARITY: { readonly [Name in OpName]: readonly [number, number] } = {
  Neg: [1, 1],
  Exp: [1, 1],
  Log: [1, 1],
  Sqrt: [1, 1],
  Sin: [1, 1],
  Cos: [1, 1],
  Asin: [1, 1],
  Erf: [1, 1],
  Sigmoid: [1, 1],
  Gelu: [1, 1],
  QuickGelu: [1, 1],
  Clip: [1, 1],
  Add: [2, 2],
  Sub: [2, 2],
  Mul: [2, 2],
  Div: [2, 2],
  GreaterOrEqual: [2, 2],
  MatMul: [2, 2],
  Gemm: [2, 3],
  Conv: [2, 3],
  ConvTranspose: [2, 2],
  Attention: [3, 3],
  Reshape: [1, 1],
  Transpose: [1, 1],
  Expand: [1, 1],
  Concat: [1, Number.POSITIVE_INFINITY],
  Slice: [1, 1],
  Upsample: [1, 1],
  Pad: [1, 1],
  Gather: [2, 2],
  ScatterAdd: [2, 2],
  ReduceSum: [1, 1],
  ReduceMean: [1, 1],
  Softmax: [1, 1],
  LayerNormalization: [3, 3],
  GroupNormalization: [3, 3],
};

export const OP_NAMES = Object.keys(OP_ARITY) as readonly OpName[];
