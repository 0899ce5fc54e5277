/** @file The CLIP scorer's two towers: a prompt and a picture as vectors of one space. */
import type { ClipConfig, ClipVisionConfig } from '../checkpoint/clip-config.ts';
import { DpoError } from '../errors.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { clipHiddenStates } from './clip-encoder.ts';
import { Layers } from './layers.ts';
import { toSequence } from './sequence.ts';
import { textTower, tokenEmbeddings } from './text-encoder.ts';

/**
 * The embedding of a prompt, `[B, P]`, not normalised.
 * @param ids int32 `[B, S]`
 * @param eosIndex int32 `[B]`: where each row of `ids` has its end-of-text token, whose hidden state stands for the prompt
 */
export function clipTextEmbedding(
  g: GraphBuilder,
  weights: WeightSource,
  config: ClipConfig,
  { ids, eosIndex }: { readonly ids: Node; readonly eosIndex: Node },
): Node {
  const states = textTower(g, weights, config.text, tokenEmbeddings(g, weights, config.text, ids));
  const pooled = rowAt(g, states, eosIndex);
  return new Layers(g, weights).linear('text_projection', pooled, config.projectionDim, { bias: false });
}

/** Row `index[b]` of each `x[b]`: `x [B, S, D]`, `index int32 [B]` to `[B, D]`. A product with one-hot rows, so any batch is one operation. */
function rowAt(g: GraphBuilder, x: Node, index: Node): Node {
  const [batch, length, width] = x.shape as [number, number, number];
  const identity = new Float32Array(length * length);
  for (let i = 0; i < length; i++) identity[i * length + i] = 1;
  const oneHot = g.gather(g.constant(identity, [length, length]), index);
  return g.reshape(g.matMul(g.reshape(oneHot, [batch, 1, length]), x), [batch, width]);
}

/**
 * The embedding of a picture, `[B, P]`, not normalised.
 * @param pixels `[B, 3, size, size]`, prepared by `preprocessImage`
 * @throws {DpoError} INVALID_CHECKPOINT when the picture is not of the size that the tower reads
 */
export function clipImageEmbedding(
  g: GraphBuilder,
  weights: WeightSource,
  config: ClipConfig,
  pixels: Node,
): Node {
  checkSize(config.vision, pixels);
  const layers = new Layers(g, weights);
  const pooled = layers.scope('vision_model', () => visionTower(layers, config.vision, pixels));
  return layers.linear('visual_projection', pooled, config.projectionDim, { bias: false });
}

/** The class token's last hidden state, normalised, `[B, D]`. */
function visionTower(layers: Layers, config: ClipVisionConfig, pixels: Node): Node {
  const g = layers.graph;
  const placed = layers.scope('embeddings', () => patchEmbeddings(layers, config, pixels));
  // The checkpoint's own spelling.
  const normed = layers.layerNorm('pre_layrnorm', placed, config.layerNormEps);
  const last = clipHiddenStates(layers, normed, config, { causal: false }).at(-1)!;
  const classState = g.reshape(g.slice(last, 1, 0, 1), [last.shape[0]!, config.hiddenSize]);
  return layers.layerNorm('post_layernorm', classState, config.layerNormEps);
}

/** A class token and the patches, row by row, each with its position: `[B, 1 + patches, D]`. */
function patchEmbeddings(layers: Layers, config: ClipVisionConfig, pixels: Node): Node {
  const g = layers.graph;
  const { hiddenSize, patchSize } = config;
  const patches = toSequence(
    g,
    layers.conv('patch_embedding', pixels, hiddenSize, {
      kernel: patchSize,
      stride: patchSize,
      padding: 0,
      bias: false,
    }),
  );
  const [batch, count] = patches.shape as [number, number, number];
  const classToken = g.reshape(layers.parameter('class_embedding', [hiddenSize]), [1, 1, hiddenSize]);
  const tokens = g.concat([g.expand(classToken, [batch, 1, hiddenSize]), patches], 1);
  return g.add(tokens, layers.parameter('position_embedding.weight', [count + 1, hiddenSize]));
}

function checkSize({ imageSize }: ClipVisionConfig, pixels: Node): void {
  const [height, width] = pixels.shape.slice(2);
  if (height === imageSize && width === imageSize) return;
  const message = `The scorer reads pictures of ${imageSize}x${imageSize} pixels ("image_size" in its config.json), but its preprocessor_config.json prepares ${width}x${height}; make "crop_size" agree.`;
  throw new DpoError('INVALID_CHECKPOINT', message, { details: { imageSize, height, width } });
}
