/** @file Rules of operations that move elements about: the gradient moves back. */
import { sizeOf } from '../../tensor/tensor.ts';
import { crop } from './crop.ts';
import type { VjpRule } from './vjp-rule.ts';

export const reshapeRule: VjpRule<'Reshape'> = (g, { inputs: [x] }, ct) => [g.reshape(ct, x.shape)];

export const transposeRule: VjpRule<'Transpose'> = (g, { attributes: { perm } }, ct) => [
  g.transpose(
    ct,
    perm.map((_, axis) => perm.indexOf(axis)),
  ),
];

/** The walk sums over repeated elements. */
export const expandRule: VjpRule<'Expand'> = (_g, _node, ct) => [ct];

/** The repeated pixels' gradients add up. */
export const upsampleRule: VjpRule<'Upsample'> = (g, { inputs: [x], attributes: { factor } }, ct) => {
  const [batch, channels, height, width] = x.shape;
  return [g.reduceSum(g.reshape(ct, [batch, channels, height, factor, width, factor]), [3, 5])];
};

export const concatRule: VjpRule<'Concat'> = (g, { inputs, attributes: { axis } }, ct, needed) => {
  let end = 0;
  return inputs.map((input, i) => {
    const start = end;
    end += input.shape[axis];
    return needed[i] ? g.slice(ct, axis, start, end) : null;
  });
};

export const sliceRule: VjpRule<'Slice'> = (g, { inputs: [x], attributes: { starts, ends } }, ct) => [
  g.pad(
    ct,
    starts,
    ends.map((end, axis) => x.shape[axis] - end),
  ),
];

export const padRule: VjpRule<'Pad'> = (g, { inputs: [x], attributes: { before } }, ct) => [
  crop(
    g,
    ct,
    before,
    before.map((start, axis) => start + x.shape[axis]),
  ),
];

/** Rows that were read several times receive the sum. */
export const gatherRule: VjpRule<'Gather'> = (g, { inputs: [data, indices] }, ct) => {
  const count = sizeOf(indices.shape);
  const [rows, ...rest] = data.shape;
  return [g.scatterAdd(g.reshape(indices, [count]), g.reshape(ct, [count, ...rest]), rows), null];
};

export const scatterAddRule: VjpRule<'ScatterAdd'> = (g, { inputs: [indices] }, ct) => [
  null,
  g.gather(ct, indices),
];
