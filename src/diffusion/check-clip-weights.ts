/** @file Whether a CLIP model's weights are those that its configuration asks for. */
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../models/clip-scorer.ts';

/**
 * Builds both towers; nothing is compiled, no weight is read.
 * @throws {DpoError} INVALID_CHECKPOINT for a weight that is missing or of another shape
 */
export function checkClipWeights({ config, weights }: Pick<ClipFolder, 'config' | 'weights'>): void {
  const g = new GraphBuilder();
  const { imageSize, numChannels } = config.vision;
  const ids = g.input('ids', [1, config.text.maxPositionEmbeddings], 'int32');
  clipTextEmbedding(g, weights, config, { ids, eosIndex: g.input('eosIndex', [1], 'int32') });
  clipImageEmbedding(g, weights, config, g.input('pixels', [1, numChannels, imageSize, imageSize]));
}
