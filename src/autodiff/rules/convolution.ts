/**
 * @file Rules of convolution and of its transpose. The two are each other's gradient in the first input, and share the gradient
 * in the kernel, with image and response exchanged.
 */

import type { Node } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { ConvAttributes } from '../../graph/ops.ts';
import type { Shape } from '../../tensor/tensor.ts';
import { crop } from './crop.ts';
import type { VjpRule } from './vjp-rule.ts';

export const convRule: VjpRule<'Conv'> = (g, node, ct, needed) => {
  const [x, w, bias] = node.inputs;
  const { attributes } = node;
  const gradients = [
    needed[0] ? imageGradient(g, x, w, ct, attributes) : null,
    needed[1] ? kernelGradient(g, x, ct, w.shape, attributes) : null,
  ];
  return bias ? [...gradients, needed[2] ? g.reduceSum(ct, [0, 2, 3]) : null] : gradients;
};

export const convTransposeRule: VjpRule<'ConvTranspose'> = (g, node, ct, needed) => {
  const [x, w] = node.inputs;
  const { strides, pads, dilations } = node.attributes;
  const attributes = { strides, pads, dilations };
  return [
    needed[0] ? cropTo(g, g.conv(ct, w, undefined, attributes), x.shape) : null,
    needed[1] ? kernelGradient(g, ct, x, w.shape, attributes) : null,
  ];
};

/**
 * The transposed convolution of the cotangent. Strides leave out the last rows of an image that they do not divide; output
 * padding adds those back, with the gradient of the kernels that reach them.
 */
function imageGradient(g: GraphBuilder, x: Node, w: Node, ct: Node, attributes: ConvAttributes): Node {
  const { strides, pads, dilations } = attributes;
  const leftOver = (axis: 0 | 1) => {
    const span = (w.shape[axis + 2] - 1) * dilations[axis] + 1;
    return (x.shape[axis + 2] + pads[axis] + pads[axis + 2] - span) % strides[axis];
  };
  return g.convTranspose(ct, w, { ...attributes, outputPadding: [leftOver(0), leftOver(1)] });
}

/**
 * Kernel element (i, j) meets the image at `i dilation + p stride - pad` for every position p of the response. Read with the
 * response as a kernel, that is a convolution over the image with strides and dilations exchanged, and with channels in place
 * of the batch. It yields rows past the kernel's last where the stride left image rows over; they are cut off.
 */
function kernelGradient(
  g: GraphBuilder,
  image: Node,
  response: Node,
  kernelShape: Shape,
  { strides, pads, dilations }: ConvAttributes,
): Node {
  const byChannel = [1, 0, 2, 3];
  const gradient = g.conv(g.transpose(image, byChannel), g.transpose(response, byChannel), undefined, {
    strides: dilations,
    pads,
    dilations: strides,
  });
  const [outputs, channels, height, width] = kernelShape;
  return g.transpose(cropTo(g, gradient, [channels, outputs, height, width]), byChannel);
}

function cropTo(g: GraphBuilder, x: Node, shape: Shape): Node {
  return crop(
    g,
    x,
    shape.map(() => 0),
    shape,
  );
}
