/** @file What a graph costs: floating-point operations of one run, and bytes of weights. */
import { STORED_BYTES } from '../tensor/stored-tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import { type Graph, isOp, type Node, type OpNode } from './graph.ts';

export interface GraphCost {
  /** Floating-point operations of a run; a multiply-add is two. */
  readonly flops: number;
  /** The part of `flops` in convolutions, matrix products and attention. */
  readonly productFlops: number;
  /** Number of weights. */
  readonly parameters: number;
  /** Bytes of the weights as they are stored. */
  readonly weightBytes: number;
}

/** Counts the operations of one run of `graph` and its weights. */
export function graphCost(graph: Graph): GraphCost {
  const operations = graph.nodes.filter((node): node is OpNode => node.kind === 'op');
  const products = operations.map(productFlopsOf);
  const productFlops = products.reduce((sum, flops) => sum + flops, 0);
  const elementwise = operations.reduce(
    (sum, node, i) => sum + (products[i] === 0 ? elementFlopsOf(node) : 0),
    0,
  );
  const stored = graph.parameters.map((parameter) => parameter.stored);
  return {
    flops: productFlops + elementwise,
    productFlops,
    parameters: stored.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    weightBytes: stored.reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * STORED_BYTES[dtype], 0),
  };
}

function productFlopsOf(node: OpNode): number {
  const [first, second] = node.inputs as [Node, Node];
  if (isOp(node, 'MatMul')) return 2 * sizeOf(node.shape) * first.shape.at(-1)!;
  if (isOp(node, 'Gemm')) return 2 * sizeOf(node.shape) * first.shape[node.attributes.transA ? 0 : 1];
  if (isOp(node, 'Conv')) return 2 * sizeOf(node.shape) * sizeOf(second.shape.slice(1));
  if (isOp(node, 'ConvTranspose')) return 2 * sizeOf(first.shape) * sizeOf(second.shape.slice(1));
  if (isOp(node, 'Attention')) return 2 * sizeOf(first.shape) * second.shape[1] * 2;
  return 0;
}

/** Rough, and small beside the products: a handful of operations an element for the curved functions. */
const FLOPS_PER_ELEMENT: Readonly<Partial<Record<OpNode['op'], number>>> = {
  Reshape: 0,
  Transpose: 0,
  Expand: 0,
  Concat: 0,
  Slice: 0,
  Upsample: 0,
  Pad: 0,
  Gather: 0,
  Gelu: 8,
  QuickGelu: 6,
  Sigmoid: 4,
  Erf: 6,
  Softmax: 5,
  LayerNormalization: 8,
  GroupNormalization: 8,
};

function elementFlopsOf(node: OpNode): number {
  const elements = node.op.startsWith('Reduce') ? sizeOf(node.inputs[0].shape) : sizeOf(node.shape);
  return elements * (FLOPS_PER_ELEMENT[node.op] ?? 1);
}
