/**
 * @file Which parts of a graph are computed in half precision where a device is better at it: products of matrices, which take
 * the time, and what moves values between them. Whatever sums many terms, divides small ones or bends steeply stays in float32.
 */
import type { Graph, Node, OpNode } from '../graph.ts';
import { isOp } from '../graph.ts';
import type { OpName } from '../ops.ts';

/** What a program computes in; its inputs and outputs are float32 either way. */
export type Precision = 'float32' | 'float16';

export interface NodePrecision {
  /** What the operation reads and computes in. */
  readonly compute: Precision;
  /** What it hands on. */
  readonly result: Precision;
}

/**
 * `half`: reads and gives halves; devices sum the products of these in float32.
 * `full`: float32 throughout, since a half would overflow at 65504 or lose the difference that counts.
 * `normalised`: float32 inside; the result is of moderate size, and a half.
 * `widest`: as its inputs are: float32 as soon as one of them is.
 */
type Treatment = 'half' | 'full' | 'normalised' | 'widest';

const TREATMENTS: { readonly [Name in OpName]: Treatment } = {
  Neg: 'widest',
  Exp: 'full',
  Log: 'full',
  Sqrt: 'full',
  Sin: 'full',
  Cos: 'full',
  Asin: 'full',
  Erf: 'full',
  Sigmoid: 'widest',
  Gelu: 'widest',
  QuickGelu: 'widest',
  Clip: 'full',
  Add: 'widest',
  Sub: 'widest',
  Mul: 'widest',
  Div: 'widest',
  GreaterOrEqual: 'full',
  MatMul: 'half',
  Gemm: 'half',
  Conv: 'half',
  ConvTranspose: 'half',
  Attention: 'half',
  Reshape: 'widest',
  Transpose: 'widest',
  Expand: 'widest',
  Concat: 'widest',
  Slice: 'widest',
  Upsample: 'widest',
  Pad: 'widest',
  Gather: 'widest',
  // onnxruntime has no kernel that adds halves at indices.
  ScatterAdd: 'full',
  ReduceSum: 'full',
  ReduceMean: 'full',
  Softmax: 'normalised',
  LayerNormalization: 'normalised',
  GroupNormalization: 'normalised',
};

const FULL: NodePrecision = { compute: 'float32', result: 'float32' };
const HALF: NodePrecision = { compute: 'float16', result: 'float16' };
const NORMALISED: NodePrecision = { compute: 'float32', result: 'float16' };

/** The precision of every operation of `graph` that gives floating-point numbers. */
export function halfPrecisionPlan(graph: Graph): ReadonlyMap<Node, NodePrecision> {
  const logits = logitsOf(graph);
  const plan = new Map<Node, NodePrecision>();
  for (const node of graph.nodes) {
    if (node.kind === 'op' && node.dtype === 'float32')
      plan.set(node, logits.has(node) ? FULL : precisionOf(node, plan));
  }
  return plan;
}

function precisionOf(node: OpNode, plan: ReadonlyMap<Node, NodePrecision>): NodePrecision {
  switch (TREATMENTS[node.op]) {
    case 'half':
      return HALF;
    case 'full':
      return FULL;
    case 'normalised':
      return NORMALISED;
    case 'widest':
      return node.inputs.some((input) => isWide(input, plan)) ? FULL : HALF;
  }
}

/** Weights take any precision; constants too, unless a half cannot hold them. */
function isWide(node: Node, plan: ReadonlyMap<Node, NodePrecision>): boolean {
  if (node.dtype !== 'float32') return false;
  switch (node.kind) {
    case 'input':
      return true;
    case 'parameter':
      return false;
    case 'constant':
      return !node.data.every(fitsHalf);
    case 'op':
      return plan.get(node)?.result === 'float32';
  }
}

const SMALLEST_NORMAL_HALF = 2 ** -14;
const LARGEST_HALF = 65504;

function fitsHalf(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= SMALLEST_NORMAL_HALF && size <= LARGEST_HALF);
}

/** Products that a softmax reads: their rounding would be a factor in its result, and large ones would overflow. */
function logitsOf(graph: Graph): ReadonlySet<Node> {
  const logits = new Set<Node>();
  const mark = (node: Node): void => {
    if (isOp(node, 'MatMul')) logits.add(node);
    if (isOp(node, 'Add')) node.inputs.forEach(mark);
  };
  for (const node of graph.nodes) if (isOp(node, 'Softmax')) mark(node.inputs[0]);
  return logits;
}
