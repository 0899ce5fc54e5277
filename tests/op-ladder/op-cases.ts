/** @file Small programs around every operation, which each interpreter of the table is tested on. Data only: the tests loop over it. */

import type { Node } from '../../src/graph/graph.ts';
import type { GraphBuilder } from '../../src/graph/graph-builder.ts';
import type { OpName } from '../../src/graph/ops.ts';
import type { Shape } from '../../src/tensor/tensor.ts';

/** Maps a number from [0, 1) to an element of an input. */
export type Sample = (uniform: number) => number;

export interface CaseInput {
  readonly shape: Shape;
  /** Domain of the random elements; [-1.5, 1.5) unless given. */
  readonly sample: Sample;
  readonly dtype: 'float32' | 'int32';
}

export interface OpCase {
  readonly name: string;
  readonly op: OpName;
  readonly inputs: Readonly<Record<string, CaseInput>>;
  readonly build: (g: GraphBuilder, nodes: Readonly<Record<string, Node>>) => Node;
}

const between =
  (low: number, high: number): Sample =>
  (uniform) =>
    low + uniform * (high - low);

const floats = (shape: Shape, sample: Sample = between(-1.5, 1.5)): CaseInput => ({
  shape,
  sample,
  dtype: 'float32',
});

const rows = (shape: Shape, count: number): CaseInput => ({
  shape,
  sample: (uniform) => Math.floor(uniform * count),
  dtype: 'int32',
});

type Shapes = Readonly<Record<string, Shape | CaseInput>>;

function opCase(op: OpName, detail: string, inputs: Shapes, build: OpCase['build']): OpCase {
  const entries = Object.entries(inputs).map(([name, input]) => [
    name,
    'shape' in input ? input : floats(input),
  ]);
  return { name: `${op} ${detail}`, op, inputs: Object.fromEntries(entries), build };
}

const UNARY: readonly OpCase[] = [
  opCase('Neg', 'of a matrix', { x: [2, 3] }, (g, { x }) => g.neg(x)),
  opCase('Exp', 'of a matrix', { x: [2, 3] }, (g, { x }) => g.exp(x)),
  opCase('Log', 'of positive numbers', { x: floats([2, 3], between(0.3, 3)) }, (g, { x }) => g.log(x)),
  opCase('Sqrt', 'of positive numbers', { x: floats([5], between(0.3, 3)) }, (g, { x }) => g.sqrt(x)),
  opCase('Sin', 'of a matrix', { x: [2, 3] }, (g, { x }) => g.sin(x)),
  opCase('Cos', 'of a matrix', { x: [2, 3] }, (g, { x }) => g.cos(x)),
  opCase('Asin', 'inside its domain', { x: floats([6], between(-0.9, 0.9)) }, (g, { x }) => g.asin(x)),
  opCase('Erf', 'of a matrix', { x: [3, 4] }, (g, { x }) => g.erf(x)),
  opCase('Sigmoid', 'of a matrix', { x: floats([3, 4], between(-6, 6)) }, (g, { x }) => g.sigmoid(x)),
  opCase('Sigmoid', 'of a scalar', { x: [] }, (g, { x }) => g.sigmoid(x)),
  opCase('Gelu', 'near and far from zero', { x: floats([3, 8], between(-5, 5)) }, (g, { x }) => g.gelu(x)),
  opCase('QuickGelu', 'as CLIP has it', { x: floats([3, 4], between(-4, 4)) }, (g, { x }) => g.quickGelu(x)),
  opCase('QuickGelu', 'as SiLU', { x: floats([3, 4], between(-4, 4)) }, (g, { x }) => g.silu(x)),
  opCase('Clip', 'on both sides of both bounds', { x: [4, 5] }, (g, { x }) => g.clip(x, -0.5, 0.7)),
];

const BINARY: readonly OpCase[] = [
  opCase('Add', 'of equal shapes', { a: [2, 3], b: [2, 3] }, (g, { a, b }) => g.add(a, b)),
  opCase('Add', 'of a value to itself', { a: [2, 3] }, (g, { a }) => g.add(a, a)),
  opCase('Add', 'with missing axes', { a: [2, 3, 4], b: [4] }, (g, { a, b }) => g.add(a, b)),
  opCase('Add', 'with axes of size 1 that stay 1', { a: [1, 3, 1], b: [1, 1, 1] }, (g, { a, b }) =>
    g.add(a, b),
  ),
  opCase('Sub', 'where both repeat', { a: [3, 1], b: [2, 1, 4] }, (g, { a, b }) => g.sub(a, b)),
  opCase('Sub', 'from a number', { b: [4] }, (g, { b }) => g.sub(1, b)),
  opCase('Mul', 'of equal shapes', { a: [5], b: [5] }, (g, { a, b }) => g.mul(a, b)),
  opCase('Mul', 'by itself', { a: [2, 3] }, (g, { a }) => g.mul(a, a)),
  opCase('Mul', 'by channel', { a: [2, 3, 2, 2], b: [3, 1, 1] }, (g, { a, b }) => g.mul(a, b)),
  opCase('Mul', 'by a scalar', { a: [2, 2], b: [] }, (g, { a, b }) => g.mul(a, b)),
  opCase('Div', 'of equal shapes', { a: [2, 3], b: floats([2, 3], between(0.5, 2)) }, (g, { a, b }) =>
    g.div(a, b),
  ),
  opCase('Div', 'by a row', { a: [1], b: floats([2, 3], between(0.5, 2)) }, (g, { a, b }) => g.div(a, b)),
  opCase('Div', 'by a scalar', { a: [3, 2], b: floats([], between(0.5, 2)) }, (g, { a, b }) => g.div(a, b)),
  opCase('GreaterOrEqual', 'of a matrix and a column', { a: [3, 4], b: [3, 1] }, (g, { a, b }) =>
    g.greaterOrEqual(a, b),
  ),
  opCase('GreaterOrEqual', 'as a mask', { a: [3, 4], b: [4] }, (g, { a, b }) =>
    g.mul(g.greaterOrEqual(a, b), a),
  ),
];

const PRODUCTS: readonly OpCase[] = [
  opCase('MatMul', 'of matrices', { a: [3, 4], b: [4, 2] }, (g, { a, b }) => g.matMul(a, b)),
  opCase('MatMul', 'of rows by one matrix', { a: [2, 3, 4], b: [4, 2] }, (g, { a, b }) => g.matMul(a, b)),
  opCase('MatMul', 'of one matrix by a batch', { a: [3, 4], b: [2, 4, 2] }, (g, { a, b }) => g.matMul(a, b)),
  opCase('MatMul', 'of batches', { a: [2, 2, 3, 4], b: [2, 2, 4, 1] }, (g, { a, b }) => g.matMul(a, b)),
  opCase('MatMul', 'where both batches repeat', { a: [3, 1, 2, 4], b: [1, 2, 4, 3] }, (g, { a, b }) =>
    g.matMul(a, b),
  ),
  opCase('MatMul', 'by itself', { a: [2, 3, 3] }, (g, { a }) => g.matMul(a, a)),
  ...[false, true].flatMap((transA) =>
    [false, true].map((transB) =>
      opCase(
        'Gemm',
        `with transA ${transA}, transB ${transB}`,
        { a: transA ? [4, 3] : [3, 4], b: transB ? [2, 4] : [4, 2], c: [2] },
        (g, { a, b, c }) => g.gemm(a, b, c, { transA, transB }),
      ),
    ),
  ),
  opCase('Gemm', 'without addend', { a: [1, 4], b: [4, 5] }, (g, { a, b }) => g.gemm(a, b)),
  opCase('Gemm', 'with a column added', { a: [3, 2], b: [2, 4], c: [3, 1] }, (g, { a, b, c }) =>
    g.gemm(a, b, c),
  ),
  opCase('Gemm', 'by its own transpose', { a: [3, 2] }, (g, { a }) =>
    g.gemm(a, a, undefined, { transB: true }),
  ),
];

const CONVOLUTIONS: readonly OpCase[] = [
  opCase(
    'Conv',
    'of 3 x 3 with padding',
    { x: [1, 2, 5, 4], w: [3, 2, 3, 3], bias: [3] },
    (g, { x, w, bias }) => g.conv(x, w, bias, { pads: [1, 1, 1, 1] }),
  ),
  opCase('Conv', 'of 1 x 1 on a batch', { x: [2, 3, 2, 3], w: [2, 3, 1, 1] }, (g, { x, w }) => g.conv(x, w)),
  opCase(
    'Conv',
    'with stride 2 on an even size',
    { x: [1, 2, 6, 6], w: [2, 2, 3, 3], bias: [2] },
    (g, { x, w, bias }) => g.conv(x, w, bias, { strides: [2, 2], pads: [1, 1, 1, 1] }),
  ),
  opCase('Conv', 'with stride 2 on an odd size', { x: [2, 1, 7, 5], w: [2, 1, 3, 3] }, (g, { x, w }) =>
    g.conv(x, w, undefined, { strides: [2, 2], pads: [1, 1, 1, 1] }),
  ),
  opCase('Conv', 'with pads on two sides only', { x: [1, 2, 6, 6], w: [1, 2, 3, 3] }, (g, { x, w }) =>
    g.conv(x, w, undefined, { strides: [2, 2], pads: [0, 0, 1, 1] }),
  ),
  opCase('Conv', 'with dilations', { x: [1, 2, 7, 6], w: [2, 2, 3, 2] }, (g, { x, w }) =>
    g.conv(x, w, undefined, { dilations: [2, 3], pads: [2, 1, 1, 2] }),
  ),
  opCase(
    'Conv',
    'with stride, dilation and rows left over',
    { x: [2, 2, 9, 8], w: [2, 2, 2, 3] },
    (g, { x, w }) => g.conv(x, w, undefined, { strides: [3, 2], dilations: [2, 1], pads: [1, 0, 0, 1] }),
  ),
  opCase('Conv', 'of patches', { x: [2, 3, 4, 4], w: [5, 3, 2, 2] }, (g, { x, w }) =>
    g.conv(x, w, undefined, { strides: [2, 2] }),
  ),
  opCase('Conv', 'of an image with itself', { x: [2, 2, 3, 3] }, (g, { x }) =>
    g.conv(x, x, undefined, { pads: [1, 1, 1, 1] }),
  ),
  opCase('ConvTranspose', 'of 3 x 3 with padding', { x: [2, 3, 4, 3], w: [3, 2, 3, 3] }, (g, { x, w }) =>
    g.convTranspose(x, w, { pads: [1, 1, 1, 1] }),
  ),
  opCase(
    'ConvTranspose',
    'with stride and output padding',
    { x: [1, 2, 3, 4], w: [2, 3, 3, 3] },
    (g, { x, w }) => g.convTranspose(x, w, { strides: [2, 2], pads: [1, 1, 1, 1], outputPadding: [1, 0] }),
  ),
  opCase('ConvTranspose', 'with stride and dilation', { x: [1, 2, 3, 2], w: [2, 1, 2, 3] }, (g, { x, w }) =>
    g.convTranspose(x, w, { strides: [3, 2], dilations: [2, 1], pads: [1, 0, 0, 1], outputPadding: [2, 0] }),
  ),
];

const ATTENTION: readonly OpCase[] = [
  opCase('Attention', 'of one head', { q: [1, 3, 2], k: [1, 4, 2], v: [1, 4, 2] }, (g, { q, k, v }) =>
    g.attention(q, k, v, 1),
  ),
  opCase(
    'Attention',
    'of two heads and a batch',
    { q: [2, 3, 4], k: [2, 5, 4], v: [2, 5, 6] },
    (g, { q, k, v }) => g.attention(q, k, v, 2),
  ),
  opCase('Attention', 'to itself', { x: [2, 4, 6] }, (g, { x }) => g.attention(x, x, x, 3)),
  opCase('Attention', 'to a single key', { q: [1, 3, 2], k: [1, 1, 2], v: [1, 1, 2] }, (g, { q, k, v }) =>
    g.attention(q, k, v, 2),
  ),
];

const MOVEMENT: readonly OpCase[] = [
  opCase('Reshape', 'of a matrix', { x: [2, 6] }, (g, { x }) => g.reshape(x, [3, 1, 4])),
  opCase('Reshape', 'to a scalar', { x: [1, 1] }, (g, { x }) => g.reshape(x, [])),
  opCase('Transpose', 'of four axes', { x: [2, 3, 1, 4] }, (g, { x }) => g.transpose(x, [2, 0, 3, 1])),
  opCase('Expand', 'with new and repeated axes', { x: [3, 1] }, (g, { x }) => g.expand(x, [2, 3, 4])),
  opCase('Expand', 'of a scalar', { x: [] }, (g, { x }) => g.expand(x, [2, 1])),
  opCase('Upsample', 'of a picture', { x: [2, 3, 2, 1] }, (g, { x }) => g.upsample(x, 2)),
  opCase('Upsample', 'by three', { x: [1, 1, 2, 3] }, (g, { x }) => g.upsample(x, 3)),
  opCase('Concat', 'of unequal lengths', { a: [2, 1, 3], b: [2, 4, 3] }, (g, { a, b }) =>
    g.concat([a, b], 1),
  ),
  opCase('Concat', 'of a value with itself', { a: [2, 3] }, (g, { a }) => g.concat([a, a, a], -1)),
  opCase('Slice', 'of several axes', { x: [3, 5, 2] }, (g, { x }) =>
    g.op('Slice', [x], { starts: [1, 0, 1], ends: [3, 4, 2] }),
  ),
  opCase('Slice', 'into halves', { x: [2, 6] }, (g, { x }) =>
    g.mul(g.slice(x, 1, 0, 3), g.gelu(g.slice(x, 1, 3, 6))),
  ),
  opCase('Slice', 'into thirds of the middle', { x: [8, 2] }, (g, { x }) =>
    g.mul(g.slice(x, 0, 1, 3), g.mul(g.slice(x, 0, 3, 5), g.slice(x, 0, 5, 7))),
  ),
  opCase('Slice', 'into overlapping parts', { x: [5] }, (g, { x }) =>
    g.mul(g.slice(x, 0, 0, 3), g.slice(x, 0, 2, 5)),
  ),
  opCase('Pad', 'of several axes', { x: [2, 3] }, (g, { x }) => g.pad(x, [1, 0], [0, 2])),
  opCase('Gather', 'of rows read twice', { data: [4, 3], at: rows([2, 5], 4) }, (g, { data, at }) =>
    g.gather(data, at),
  ),
  opCase('Gather', 'of one number', { data: [4], at: rows([], 4) }, (g, { data, at }) => g.gather(data, at)),
  opCase('ScatterAdd', 'onto rows that repeat', { at: rows([6], 4), updates: [6, 2] }, (g, { at, updates }) =>
    g.scatterAdd(at, updates, 4),
  ),
  opCase('ScatterAdd', 'of numbers', { at: rows([3], 5), updates: [3] }, (g, { at, updates }) =>
    g.scatterAdd(at, updates, 5),
  ),
];

const REDUCTIONS: readonly OpCase[] = [
  ...(['ReduceSum', 'ReduceMean'] as const).flatMap((op) => [
    opCase(op, 'over the last axis', { x: [2, 3] }, (g, { x }) =>
      g.op(op, [x], { axes: [1], keepDims: false }),
    ),
    opCase(op, 'over outer axes, kept', { x: [2, 3, 4] }, (g, { x }) =>
      g.op(op, [x], { axes: [0, 2], keepDims: true }),
    ),
    opCase(op, 'over all', { x: [2, 3] }, (g, { x }) => g.op(op, [x], { axes: [0, 1], keepDims: false })),
    opCase(op, 'over an axis of size 1', { x: [2, 1, 3] }, (g, { x }) =>
      g.op(op, [x], { axes: [1], keepDims: false }),
    ),
  ]),
  opCase('Softmax', 'of rows', { x: [2, 3, 5] }, (g, { x }) => g.softmax(x)),
  opCase('Softmax', 'of a single element', { x: [3, 1] }, (g, { x }) => g.softmax(x)),
  opCase('LayerNormalization', 'of rows', { x: [2, 3, 5], scale: [5], bias: [5] }, (g, { x, scale, bias }) =>
    g.layerNormalization(x, scale, bias, 1e-5),
  ),
  opCase('LayerNormalization', 'of a matrix', { x: [1, 4], scale: [4], bias: [4] }, (g, { x, scale, bias }) =>
    g.layerNormalization(x, scale, bias, 1e-2),
  ),
  opCase(
    'GroupNormalization',
    'of a batch',
    { x: [2, 4, 3, 2], scale: [4], bias: [4] },
    (g, { x, scale, bias }) => g.groupNormalization(x, scale, bias, 2, 1e-5),
  ),
  opCase(
    'GroupNormalization',
    'with one group',
    { x: [1, 3, 4], scale: [3], bias: [3] },
    (g, { x, scale, bias }) => g.groupNormalization(x, scale, bias, 1, 1e-6),
  ),
  opCase('GroupNormalization', 'of single channels', { x: [2, 3, 2, 2], scale: [3], bias: [3] }, (g, nodes) =>
    g.groupNormalization(nodes.x, nodes.scale, nodes.bias, 3, 1e-2),
  ),
];

/** At least one case for every operation; broadcasting, fan-out, axes of size 1 and odd sizes among them. */
export const OP_CASES: readonly OpCase[] = [
  ...UNARY,
  ...BINARY,
  ...PRODUCTS,
  ...CONVOLUTIONS,
  ...ATTENTION,
  ...MOVEMENT,
  ...REDUCTIONS,
];
