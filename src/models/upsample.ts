/** @file Doubling a picture's resolution: nearest neighbour, then a convolution. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Layers } from './layers.ts';

/** Rows and columns of a picture. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/**
 * `x [B, C, H, W]` to `[B, C, 2H, 2W]` and through the 3x3 convolution `conv`.
 * @param size cuts the doubled picture, one row or column where a picture of odd size was halved before
 */
export function upsample(layers: Layers, x: Node, size?: PictureSize): Node {
  const doubled = layers.graph.upsample(x, 2);
  const cut = size ? cropBottomRight(layers.graph, doubled, size) : doubled;
  return layers.conv('conv', cut, x.shape[1]!);
}

function cropBottomRight(g: GraphBuilder, x: Node, { height, width }: PictureSize): Node {
  return g.slice(g.slice(x, 2, 0, height), 3, 0, width);
}
