/** @file The loss that the paper minimises: half the squared angle between a picture's and a prompt's CLIP embeddings. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { rowLengths } from './row-lengths.ts';

/**
 * Spherical CLIP loss `2 asin(|x - y| / 2)^2` of the embeddings brought to length 1 (paper, section 4), `[B]`: half of the
 * squared angle between them, 0 for one direction and 1.23 for a right angle.
 * @param imageEmbedding `[B, P]`
 * @param textEmbedding `[B, P]`, or `[1, P]` for all pictures
 */
export function sphericalLoss(g: GraphBuilder, imageEmbedding: Node, textEmbedding: Node): Node {
  const difference = g.sub(normalize(g, imageEmbedding), normalize(g, textEmbedding));
  const angle = g.asin(g.mul(rowLengths(g, difference), 0.5));
  return g.reshape(g.mul(g.mul(angle, angle), 2), [difference.shape[0]!]);
}

function normalize(g: GraphBuilder, x: Node): Node {
  return g.div(x, rowLengths(g, x));
}
