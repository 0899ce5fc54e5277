/** @file What an operation takes while it runs, besides the values that it reads and gives: measured on onnxruntime's kernels for the processor. */
import { sizeOf } from '../tensor/tensor.ts';
import { isOp, type OpNode } from './graph.ts';
import { isTurned } from './onnx/lowerings.ts';

const FLOAT_BYTES = 4;

/** Bytes that `node` takes for itself; 0 for most. */
export function workingBytes(node: OpNode): number {
  return FLOAT_BYTES * workingElements(node);
}

function workingElements(node: OpNode): number {
  const [first, second] = node.inputs;
  // Queries, keys and values are laid out by heads.
  if (isOp(node, 'Attention')) return node.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  // The kernel turned, and its channels exchanged; or a column of products for every pixel.
  if (isOp(node, 'ConvTranspose'))
    return isTurned(node)
      ? 2 * sizeOf(second.shape)
      : sizeOf(second.shape.slice(1)) * sizeOf(first.shape.slice(2));
  if (isOp(node, 'Conv')) return columnsOf(node);
  return 0;
}

/** Where there are more kernels than pixels, all that the kernels read is laid out at once; else in small pieces. */
function columnsOf({ shape, inputs }: OpNode<'Conv'>): number {
  const kernel = inputs[1].shape;
  const pixels = sizeOf(shape.slice(2));
  const isPointwise = kernel[2] === 1 && kernel[3] === 1;
  return kernel[0] > pixels && !isPointwise ? pixels * sizeOf(kernel.slice(1)) : 0;
}
