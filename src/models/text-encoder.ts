/**
 * @file The CLIP text encoder in two parts, so that a relaxed prompt (paper, section 6.1: a weighted mean of token
 * embeddings at each slot) can enter between them.
 */
import type { TextEncoderConfig } from '../checkpoint/text-encoder-config.ts';
import { DpoError } from '../errors.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { clipHiddenStates } from './clip-encoder.ts';
import { Layers } from './layers.ts';

/** The whole table of token embeddings, `[vocabSize, D]`. */
export function tokenEmbeddingTable(g: GraphBuilder, weights: WeightSource, config: TextEncoderConfig): Node {
  const layers = new Layers(g, weights);
  return layers.scope(textModelScope(layers), () =>
    layers.parameter('embeddings.token_embedding.weight', [config.vocabSize, config.hiddenSize]),
  );
}

/** Token embeddings of `ids int32 [...]`, usually `[B, S]`: `[..., D]`, without positions. */
export function tokenEmbeddings(
  g: GraphBuilder,
  weights: WeightSource,
  config: TextEncoderConfig,
  ids: Node,
): Node {
  return g.gather(tokenEmbeddingTable(g, weights, config), ids);
}

/**
 * Token embeddings `[B, S, D]` to the tower's last hidden state after its final normalisation, `[B, S, D]`:
 * what the UNet of Stable Diffusion 1.x and 2.x reads.
 */
export function textTower(
  g: GraphBuilder,
  weights: WeightSource,
  config: TextEncoderConfig,
  embeddings: Node,
): Node {
  const layers = new Layers(g, weights);
  return layers.scope(textModelScope(layers), () => {
    const last = hiddenStates(layers, config, embeddings).at(-1)!;
    return layers.layerNorm('final_layer_norm', last, config.layerNormEps);
  });
}

/**
 * Token embeddings `[B, S, D]` to the last but one hidden state, `[B, S, D]`, without the final normalisation: what the UNet of
 * SDXL reads of its first text encoder. The last layer is not part of it.
 */
export function penultimateTextState(
  g: GraphBuilder,
  weights: WeightSource,
  config: TextEncoderConfig,
  embeddings: Node,
): Node {
  return textHiddenStates(g, weights, config, embeddings).at(-2)!;
}

export interface ProjectedTextInputs {
  /** `[B, S, D]` */
  readonly embeddings: Node;
  /** How likely each position holds the end token, float32 `[B, S]`, rows adding up to 1; one-hot where that is certain. */
  readonly end: Node;
}

/**
 * What SDXL reads of its second text encoder: the last but one hidden state `[B, S, D]`, and the prompt as one vector `[B, P]`,
 * which is the projection of the normalised last hidden state at the end token.
 */
export function projectedTextTower(
  g: GraphBuilder,
  weights: WeightSource,
  config: TextEncoderConfig,
  { embeddings, end }: ProjectedTextInputs,
): { readonly context: Node; readonly pooled: Node } {
  const layers = new Layers(g, weights);
  const [batch, length, width] = embeddings.shape as [number, number, number];
  const { context, normed } = layers.scope(textModelScope(layers), () => {
    const states = hiddenStates(layers, config, embeddings);
    const last = layers.layerNorm('final_layer_norm', states.at(-1)!, config.layerNormEps);
    return { context: states.at(-2)!, normed: last };
  });
  const atEnd = g.reshape(g.matMul(g.reshape(end, [batch, 1, length]), normed), [batch, width]);
  const pooled = layers.linear('text_projection', atEnd, config.projectionDim, { bias: false });
  return { context, pooled };
}

/**
 * The hidden states of token embeddings `[B, S, D]` before any final normalisation, `numHiddenLayers + 1` of them,
 * each `[B, S, D]` (SDXL reads the last but one).
 */
export function textHiddenStates(
  g: GraphBuilder,
  weights: WeightSource,
  config: TextEncoderConfig,
  embeddings: Node,
): readonly Node[] {
  const layers = new Layers(g, weights);
  return layers.scope(textModelScope(layers), () => hiddenStates(layers, config, embeddings));
}

function hiddenStates(layers: Layers, config: TextEncoderConfig, embeddings: Node): readonly Node[] {
  const length = embeddings.shape[1]!;
  const { maxPositionEmbeddings, hiddenSize } = config;
  if (length > maxPositionEmbeddings) throw tooLong(length, maxPositionEmbeddings);
  const positions = layers.parameter('embeddings.position_embedding.weight', [
    maxPositionEmbeddings,
    hiddenSize,
  ]);
  const placed = layers.graph.add(embeddings, layers.graph.slice(positions, 0, 0, length));
  return clipHiddenStates(layers, placed, config, { causal: true });
}

/** `text_model` in files of a pipeline or of a whole CLIP model; newer text-only files drop that level. */
function textModelScope(layers: Layers): string {
  return layers.has('embeddings.token_embedding.weight') ? '' : 'text_model';
}

function tooLong(length: number, limit: number): DpoError {
  const message = `The text encoder reads ${limit} tokens at most, got ${length}; cut the prompt before it gets here.`;
  return new DpoError('INVALID_PROMPT', message, { details: { length, limit } });
}
