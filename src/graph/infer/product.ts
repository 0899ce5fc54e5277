/** @file Shapes of matrix products, convolutions and attention. */
import type { Shape } from '../../tensor/tensor.ts';
import { broadcastShapes } from '../broadcast.ts';
import type { ConvAttributes, OpAttributes } from '../ops.ts';

export function inferMatMul([a, b]: readonly Shape[]): Shape {
  if (a!.length < 2 || b!.length < 2) throw new RangeError('both must be matrices at least');
  if (a!.at(-1) !== b!.at(-2)) throw new RangeError(`inner sizes differ, ${a!.at(-1)} and ${b!.at(-2)}`);
  const batch = broadcastShapes(a!.slice(0, -2), b!.slice(0, -2));
  if (!batch) throw new RangeError('the leading axes do not broadcast');
  return [...batch, a!.at(-2)!, b!.at(-1)!];
}

export function inferGemm([a, b, c]: readonly Shape[], { transA, transB }: OpAttributes['Gemm']): Shape {
  if (a!.length !== 2 || b!.length !== 2) throw new RangeError('both must be matrices');
  const [m, innerA] = transA ? [a![1]!, a![0]!] : [a![0]!, a![1]!];
  const [innerB, n] = transB ? [b![1]!, b![0]!] : [b![0]!, b![1]!];
  if (innerA !== innerB) throw new RangeError(`inner sizes differ, ${innerA} and ${innerB}`);
  if (c && broadcastShapes(c, [m, n])?.join() !== [m, n].join())
    throw new RangeError(`[${c}] does not broadcast to [${m},${n}]`);
  return [m, n];
}

export function inferConv([x, w, bias]: readonly Shape[], attributes: OpAttributes['Conv']): Shape {
  if (x!.length !== 4 || w!.length !== 4) throw new RangeError('image and kernel need four axes each');
  if (x![1] !== w![1]) throw new RangeError(`the kernel takes ${w![1]} channels, the image has ${x![1]}`);
  if (bias && (bias.length !== 1 || bias[0] !== w![0])) throw new RangeError(`the bias must be [${w![0]}]`);
  const [height, width] = [0, 1].map((axis) => {
    const padded = x![axis + 2]! + attributes.pads[axis]! + attributes.pads[axis + 2]!;
    return Math.floor((padded - spanOf(w!, attributes, axis)) / attributes.strides[axis]!) + 1;
  });
  if (height! < 1 || width! < 1) throw new RangeError('the kernel is larger than the padded image');
  return [x![0]!, w![0]!, height!, width!];
}

export function inferConvTranspose(
  [x, w]: readonly Shape[],
  attributes: OpAttributes['ConvTranspose'],
): Shape {
  if (x!.length !== 4 || w!.length !== 4) throw new RangeError('image and kernel need four axes each');
  if (x![1] !== w![0]) throw new RangeError(`the kernel takes ${w![0]} channels, the image has ${x![1]}`);
  const [height, width] = [0, 1].map((axis) => {
    const cropped = attributes.pads[axis]! + attributes.pads[axis + 2]!;
    const stretched = (x![axis + 2]! - 1) * attributes.strides[axis]! + spanOf(w!, attributes, axis);
    return stretched + attributes.outputPadding[axis]! - cropped;
  });
  return [x![0]!, w![1]!, height!, width!];
}

/** How many pixels the kernel covers along a spatial axis. */
function spanOf(w: Shape, { dilations }: ConvAttributes, axis: number): number {
  return (w[axis + 2]! - 1) * dilations[axis]! + 1;
}

export function inferAttention([q, k, v]: readonly Shape[], { heads }: OpAttributes['Attention']): Shape {
  if ([q, k, v].some((shape) => shape!.length !== 3 || shape![0] !== q![0]))
    throw new RangeError('q, k and v need [batch, length, width]');
  if (q![2] !== k![2] || k![1] !== v![1])
    throw new RangeError('q and k differ in width, or k and v in length');
  if (q![2]! % heads !== 0 || v![2]! % heads !== 0)
    throw new RangeError(`the width does not divide into ${heads} heads`);
  return [q![0]!, q![1]!, v![2]!];
}
