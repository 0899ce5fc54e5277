/** @file Rules of reductions and normalisations. Statistics are computed again from the input, which is cheaper than keeping them. */

import type { Node } from '../../graph/graph.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { ReduceAttributes } from '../../graph/ops.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import type { VjpRule } from './vjp-rule.ts';

export const reduceSumRule: VjpRule<'ReduceSum'> = (g, { inputs: [x], attributes }, ct) => [
  spread(g, ct, x, attributes),
];

export const reduceMeanRule: VjpRule<'ReduceMean'> = (g, { inputs: [x], shape, attributes }, ct) => [
  spread(g, g.mul(ct, sizeOf(shape) / sizeOf(x.shape)), x, attributes),
];

/** Repeats a reduced value along the axes that it was reduced over. */
function spread(g: GraphBuilder, value: Node, x: Node, { axes }: ReduceAttributes): Node {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return g.expand(g.reshape(value, kept), x.shape);
}

/** With y = softmax(x): dx = y (ct - sum(ct y)). */
export const softmaxRule: VjpRule<'Softmax'> = (g, y, ct) => {
  const mean = g.reduceSum(g.mul(ct, y), [-1], true);
  return [g.mul(y, g.sub(ct, mean))];
};

/**
 * With c = x - mean(x), r = 1 / sqrt(mean(c^2) + epsilon) and h = ct scale:
 * dx = r (h - mean(h) - r^2 mean(h c) c), d scale = sum(ct c r), d bias = sum(ct). Means run over the last axis.
 */
export const layerNormalizationRule: VjpRule<'LayerNormalization'> = (g, node, ct, needed) => {
  const [x, scale] = node.inputs;
  const { centred, inverse } = statistics(g, x, [-1], node.attributes.epsilon);
  const ofX = () => {
    const h = g.mul(ct, scale);
    const slope = g.mul(g.reduceMean(g.mul(h, centred), [-1], true), g.mul(inverse, inverse));
    const sum = g.add(g.mul(centred, slope), g.reduceMean(h, [-1], true));
    return g.mul(g.sub(h, sum), inverse);
  };
  return [
    needed[0] ? ofX() : null,
    needed[1] ? g.mul(ct, g.mul(centred, inverse)) : null,
    needed[2] ? ct : null,
  ];
};

/**
 * The formulas of layer normalisation over `[N, groups, channels of a group, positions]`. Sums over positions are taken first:
 * they are small, all three gradients use them, and scale, which is constant along positions, multiplies them instead of
 * a whole image.
 */
export const groupNormalizationRule: VjpRule<'GroupNormalization'> = (g, node, ct, needed) => {
  const [x, scale] = node.inputs;
  const { groups, epsilon } = node.attributes;
  const [batch, channels, ...positions] = x.shape;
  const width = channels / groups;
  const grouped = [batch, groups, width, sizeOf(positions)];
  const scales = g.reshape(scale, [groups, width, 1]);
  const cts = g.reshape(ct, grouped);
  const { centred, inverse } = statistics(g, g.reshape(x, grouped), [2, 3], epsilon);
  const sumOfCt = () => g.reduceSum(cts, [3], true);
  const sumOfCtCentred = () => g.reduceSum(g.mul(cts, centred), [3], true);
  const meanScaled = (sums: Node) =>
    g.mul(g.reduceSum(g.mul(sums, scales), [2], true), 1 / (width * sizeOf(positions)));
  const ofX = () => {
    const slope = g.mul(meanScaled(sumOfCtCentred()), g.mul(inverse, g.mul(inverse, inverse)));
    const offset = g.mul(meanScaled(sumOfCt()), inverse);
    const direct = g.mul(cts, g.mul(scales, inverse));
    return g.reshape(g.sub(direct, g.add(g.mul(centred, slope), offset)), x.shape);
  };
  const perChannel = (sums: Node) => g.reshape(g.reduceSum(sums, [0]), [channels]);
  return [
    needed[0] ? ofX() : null,
    needed[1] ? perChannel(g.mul(sumOfCtCentred(), inverse)) : null,
    needed[2] ? perChannel(sumOfCt()) : null,
  ];
};

/** `x - mean(x)` and `1 / sqrt(variance + epsilon)`, over `axes`. */
function statistics(g: GraphBuilder, x: Node, axes: readonly number[], epsilon: number) {
  const centred = g.sub(x, g.reduceMean(x, axes, true));
  const variance = g.reduceMean(g.mul(centred, centred), axes, true);
  return { centred, inverse: g.div(1, g.sqrt(g.add(variance, epsilon))) };
}
