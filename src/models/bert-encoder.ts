/**
 * @file BERT's encoder (Devlin et al., 2018), as sentence encoders use it: token embeddings to the last hidden state. Layers normalise
 * after each sum. No pooler and no heads: a sentence encoder pools the hidden states itself.
 */
import type { BertConfig } from '../checkpoint/bert-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { biasedAttention, paddingBias } from './attention.ts';
import { Layers } from './layers.ts';

/** A text as an encoder reads it, padded to the length of its program. */
export interface TokenNodes {
  /** int32 `[B, S]` */
  readonly ids: Node;
  /** float32 `[B, S]`: 1 at tokens, 0 at padding, which no token sees. */
  readonly mask: Node;
}

/** The last hidden state `[B, S, D]`. */
export function bertEncoder(
  g: GraphBuilder,
  weights: WeightSource,
  config: BertConfig,
  { ids, mask }: TokenNodes,
): Node {
  const layers = new Layers(g, weights);
  return layers.scope(bertScope(layers), () => {
    const bias = paddingBias(g, mask);
    let hidden = layers.scope('embeddings', () => embeddings(layers, config, ids));
    for (let i = 0; i < config.numHiddenLayers; i++) {
      const input = hidden;
      hidden = layers.scope(`encoder.layer.${i}`, () => encoderLayer(layers, input, config, bias));
    }
    return hidden;
  });
}

/** Files with heads keep the encoder one level down. */
function bertScope(layers: Layers): string {
  return layers.has('bert.embeddings.word_embeddings.weight') ? 'bert' : '';
}

/** Words, positions and the type of the first of two texts. */
function embeddings(layers: Layers, config: BertConfig, ids: Node): Node {
  const { graph: g } = layers;
  const { hiddenSize, vocabSize, maxPositionEmbeddings, typeVocabSize } = config;
  const words = layers.parameter('word_embeddings.weight', [vocabSize, hiddenSize]);
  const positions = layers.parameter('position_embeddings.weight', [maxPositionEmbeddings, hiddenSize]);
  const types = layers.parameter('token_type_embeddings.weight', [typeVocabSize, hiddenSize]);
  const placed = g.add(g.gather(words, ids), g.slice(positions, 0, 0, ids.shape[1]!));
  return layers.layerNorm('LayerNorm', g.add(placed, g.slice(types, 0, 0, 1)), config.layerNormEps);
}

function encoderLayer(layers: Layers, x: Node, config: BertConfig, bias: Node): Node {
  const { graph: g } = layers;
  const { hiddenSize, layerNormEps } = config;
  const attended = layers.scope('attention', () => {
    const mixed = layers.scope('self', () => selfAttention(layers, x, config, bias));
    return layers.scope('output', () => {
      const out = layers.linear('dense', mixed, hiddenSize);
      return layers.layerNorm('LayerNorm', g.add(out, x), layerNormEps);
    });
  });
  const inner = g.gelu(layers.linear('intermediate.dense', attended, config.intermediateSize));
  return layers.scope('output', () => {
    const out = layers.linear('dense', inner, hiddenSize);
    return layers.layerNorm('LayerNorm', g.add(out, attended), layerNormEps);
  });
}

function selfAttention(
  layers: Layers,
  x: Node,
  { hiddenSize, numAttentionHeads }: BertConfig,
  bias: Node,
): Node {
  const [query, key, value] = ['query', 'key', 'value'].map((name) => layers.linear(name, x, hiddenSize)) as [
    Node,
    Node,
    Node,
  ];
  return biasedAttention(layers.graph, { query, key, value, heads: numAttentionHeads }, { bias });
}
