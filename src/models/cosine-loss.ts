/** @file The other usual loss of CLIP: one less the cosine of the angle between a picture's and a prompt's embeddings. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { rowLengths } from './row-lengths.ts';

/**
 * `1 - cos(x, y)`, `[B]`: 0 for one direction, 1 for a right angle.
 * @param imageEmbedding `[B, P]`
 * @param textEmbedding `[B, P]`, or `[1, P]` for all pictures
 */
export function cosineLoss(g: GraphBuilder, imageEmbedding: Node, textEmbedding: Node): Node {
  const products = g.reduceSum(g.mul(imageEmbedding, textEmbedding), [1], true);
  const lengths = g.mul(rowLengths(g, imageEmbedding), rowLengths(g, textEmbedding));
  return g.reshape(g.sub(1, g.div(products, lengths)), [imageEmbedding.shape[0]!]);
}
