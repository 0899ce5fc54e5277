/** @file Multi-head attention with its four projections, under whichever names a checkpoint gives them. */
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Layers } from './layers.ts';

/** The keys of the projections inside the attention module. */
export interface AttentionNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly out: string;
}

export interface AttentionOptions {
  readonly names: AttentionNames;
  readonly heads: number;
  /** Where keys and values are read, `[B, L, D]`. @default the queries' own sequence */
  readonly context?: Node;
  /** Whether query, key and value projections have biases (the output projection always has one). @default true */
  readonly bias?: boolean;
  /** Whether a position sees itself and earlier ones only. @default false */
  readonly causal?: boolean;
}

/** Attention of `x [B, S, C]` over `context`, projected back to `[B, S, C]`. */
export function attention(layers: Layers, x: Node, options: AttentionOptions): Node {
  const { names, heads, context = x, bias = true, causal = false } = options;
  const width = x.shape.at(-1)!;
  const query = layers.linear(names.query, x, width, { bias });
  const key = layers.linear(names.key, context, width, { bias });
  const value = layers.linear(names.value, context, width, { bias });
  const g = layers.graph;
  const mixed = causal
    ? biasedAttention(g, { query, key, value, heads }, { bias: causalMask(g, query.shape[1]!) })
    : g.attention(query, key, value, heads);
  return layers.linear(names.out, mixed, width);
}

/** Projected queries, keys and values, each `[B, S, heads D]`. */
export interface Heads {
  readonly query: Node;
  readonly key: Node;
  readonly value: Node;
  readonly heads: number;
}

export interface BiasedAttentionOptions {
  /** Added to the scores; broadcasts to `[B, heads, S, S]`. */
  readonly bias: Node;
  /** What queries are multiplied by. @default one over the root of a head's width */
  readonly scale?: number;
}

/**
 * Self-attention of `[B, S, C]` written out: the fused operation knows no mask, and the
 * `[B, heads, S, S]` scores of a prompt are small.
 */
export function biasedAttention(
  g: GraphBuilder,
  { query, key, value, heads }: Heads,
  { bias, scale }: BiasedAttentionOptions,
): Node {
  const [batch, length, width] = query.shape as [number, number, number];
  const headWidth = width / heads;
  const factor = scale ?? headWidth ** -0.5;
  const split = (x: Node) => g.reshape(x, [batch, length, heads, headWidth]);
  const queries = g.transpose(split(factor === 1 ? query : g.mul(query, factor)), [0, 2, 1, 3]);
  const keys = g.transpose(split(key), [0, 2, 3, 1]);
  const values = g.transpose(split(value), [0, 2, 1, 3]);
  const scores = g.add(g.matMul(queries, keys), bias);
  const mixed = g.matMul(g.softmax(scores), values);
  return g.reshape(g.transpose(mixed, [0, 2, 1, 3]), [batch, length, width]);
}

// Beyond any real score, so that the softmax underflows to exactly 0; finite, so that no gradient can become NaN.
const MASKED = -1e9;

function causalMask(g: GraphBuilder, length: number): Node {
  const mask = new Float32Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(MASKED, row * length + row + 1, (row + 1) * length);
  return g.constant(mask, [length, length]);
}

/** What keeps every query off the padding, `[B, 1, 1, S]`, to be added to scores; `mask [B, S]` is 1 at tokens and 0 at padding. */
export function paddingBias(g: GraphBuilder, mask: Node): Node {
  const [batch, length] = mask.shape as [number, number];
  return g.reshape(g.mul(g.sub(mask, 1), -MASKED), [batch, 1, 1, length]);
}
