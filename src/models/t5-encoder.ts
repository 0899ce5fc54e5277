/**
 * @file T5's encoder (Raffel et al., 2020), first version and 1.1: token embeddings to the last hidden state. Differs from BERT: layers
 * normalise before, by the root mean square and without bias; positions are a bias of the scores, one for each head and distance, which
 * all layers take from the first; scores are not scaled. No decoder.
 */
import type { T5Config } from '../checkpoint/t5-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { biasedAttention, paddingBias } from './attention.ts';
import type { TokenNodes } from './bert-encoder.ts';
import { Layers } from './layers.ts';
import { positionBuckets } from './position-buckets.ts';

/** The last hidden state `[B, S, D]`, after the final normalisation. */
export function t5Encoder(
  g: GraphBuilder,
  weights: WeightSource,
  config: T5Config,
  { ids, mask }: TokenNodes,
): Node {
  const layers = new Layers(g, weights);
  const bias = g.add(positionBias(layers, config, ids.shape[1]!), paddingBias(g, mask));
  let hidden: Node = g.gather(embeddingTable(layers, config), ids);
  for (let i = 0; i < config.numLayers; i++) {
    const input: Node = hidden;
    hidden = layers.scope(`encoder.block.${i}`, () => block(layers, input, config, bias));
  }
  return layers.scope('encoder', () => rmsNorm(layers, 'final_layer_norm', hidden, config.layerNormEpsilon));
}

/** Shared with the decoder, in files that once had one. */
function embeddingTable(layers: Layers, { vocabSize, dModel }: T5Config): Node {
  const own = 'encoder.embed_tokens.weight';
  return layers.parameter(layers.has(own) ? own : 'shared.weight', [vocabSize, dModel]);
}

/** `[1, heads, S, S]` */
function positionBias(layers: Layers, config: T5Config, length: number): Node {
  const { graph: g } = layers;
  const { numHeads, relativeAttentionNumBuckets: buckets } = config;
  const key = 'encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight';
  const table = layers.parameter(key, [buckets, numHeads]);
  const places = g.constant(positionBuckets(length, buckets, config.relativeAttentionMaxDistance), [
    length,
    length,
  ]);
  return g.reshape(g.transpose(g.gather(table, places), [2, 0, 1]), [1, numHeads, length, length]);
}

function block(layers: Layers, x: Node, config: T5Config, bias: Node): Node {
  const { graph: g } = layers;
  const { layerNormEpsilon } = config;
  const attended = layers.scope('layer.0', () => {
    const normed = rmsNorm(layers, 'layer_norm', x, layerNormEpsilon);
    return layers.scope('SelfAttention', () => selfAttention(layers, normed, config, bias));
  });
  const middle = g.add(x, attended);
  const changed = layers.scope('layer.1', () => {
    const normed = rmsNorm(layers, 'layer_norm', middle, layerNormEpsilon);
    return layers.scope('DenseReluDense', () => feedForward(layers, normed, config));
  });
  return g.add(middle, changed);
}

function selfAttention(layers: Layers, x: Node, { dModel, dKv, numHeads }: T5Config, bias: Node): Node {
  const [query, key, value] = ['q', 'k', 'v'].map((name) =>
    layers.linear(name, x, numHeads * dKv, { bias: false }),
  ) as [Node, Node, Node];
  const mixed = biasedAttention(layers.graph, { query, key, value, heads: numHeads }, { bias, scale: 1 });
  return layers.linear('o', mixed, dModel, { bias: false });
}

function feedForward(layers: Layers, x: Node, { dModel, dFf, feedForwardProj }: T5Config): Node {
  const { graph: g } = layers;
  const inner = (key: string) => layers.linear(key, x, dFf, { bias: false });
  const activated =
    feedForwardProj === 'relu' ? relu(g, inner('wi')) : g.mul(tanhGelu(g, inner('wi_0')), inner('wi_1'));
  return layers.linear('wo', activated, dModel, { bias: false });
}

/** `x / sqrt(mean(x²) + epsilon) · weight`, over the last axis. */
function rmsNorm(layers: Layers, key: string, x: Node, epsilon: number): Node {
  const { graph: g } = layers;
  const square = g.reduceMean(g.mul(x, x), [-1], true);
  const weight = layers.parameter(`${key}.weight`, [x.shape.at(-1)!]);
  return g.mul(g.div(x, g.sqrt(g.add(square, epsilon))), weight);
}

const LARGEST_FLOAT = 3.4028234663852886e38;

function relu(g: GraphBuilder, x: Node): Node {
  return g.clip(x, 0, LARGEST_FLOAT);
}

/** GELU by the hyperbolic tangent, which is a sigmoid: `x · σ(2 √(2/π) (x + 0.044715 x³))`. */
function tanhGelu(g: GraphBuilder, x: Node): Node {
  const cube = g.mul(g.mul(x, x), x);
  const inner = g.add(x, g.mul(cube, 0.044715));
  return g.mul(x, g.sigmoid(g.mul(inner, 2 * Math.sqrt(2 / Math.PI))));
}
