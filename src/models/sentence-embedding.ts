/** @file A sentence as one vector of length 1: an encoder, the mean of its hidden states, layers after it. */
import type { SentenceModel } from '../checkpoint/sentence-model.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { bertEncoder, type TokenNodes } from './bert-encoder.ts';
import { Layers } from './layers.ts';
import { t5Encoder } from './t5-encoder.ts';

/** What builds the graph; the tokenizer has no part in it. */
export type SentenceNetwork = Pick<SentenceModel, 'network' | 'weights' | 'pooling' | 'dense'>;

// A text of padding alone has no token; its vector is then zero and not NaN.
const TINY = 1e-12;

/** Unit vectors `[B, P]` of texts. */
export function sentenceEmbedding(g: GraphBuilder, model: SentenceNetwork, tokens: TokenNodes): Node {
  const { network, weights } = model;
  const hidden =
    network.kind === 'bert'
      ? bertEncoder(g, weights, network.config, tokens)
      : t5Encoder(g, weights, network.config, tokens);
  const pooled = pool(g, hidden, tokens.mask, model.pooling);
  const last = model.dense.reduce<Node>((x, { weights: source, outFeatures, bias, activation }) => {
    const next = new Layers(g, source).linear('linear', x, outFeatures, { bias });
    return activation === 'tanh' ? tanh(g, next) : next;
  }, pooled);
  const square = g.reduceSum(g.mul(last, last), [-1], true);
  return g.div(last, g.sqrt(g.add(square, TINY)));
}

/** `[B, S, D]` to `[B, D]`: the mean over tokens, or the first token. */
function pool(g: GraphBuilder, hidden: Node, mask: Node, pooling: SentenceModel['pooling']): Node {
  const [batch, length, width] = hidden.shape as [number, number, number];
  if (pooling === 'cls') return g.reshape(g.slice(hidden, 1, 0, 1), [batch, width]);
  const sum = g.reshape(g.matMul(g.reshape(mask, [batch, 1, length]), hidden), [batch, width]);
  return g.div(sum, g.add(g.reduceSum(mask, [-1], true), TINY));
}

function tanh(g: GraphBuilder, x: Node): Node {
  return g.sub(g.mul(g.sigmoid(g.mul(x, 2)), 2), 1);
}
