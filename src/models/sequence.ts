/** @file Pictures as sequences of pixels, which attention reads, and back. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Shape } from '../tensor/tensor.ts';

/** `x [B, C, H, W]` to `[B, H W, C]`, row by row. */
export function toSequence(g: GraphBuilder, x: Node): Node {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  return g.transpose(g.reshape(x, [batch, channels, height * width]), [0, 2, 1]);
}

/** `x [B, H W, C]` to the picture `shape`, `[B, C, H, W]`. */
export function toPicture(g: GraphBuilder, x: Node, shape: Shape): Node {
  return g.reshape(g.transpose(x, [0, 2, 1]), shape);
}
