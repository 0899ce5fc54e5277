/** @file Configuration of a T5 encoder, first version (relu) and 1.1 (gated-gelu). */
import { z } from 'zod';
import { parseConfig, positiveInteger, positiveNumber, requireSupported } from './config-schema.ts';

export type T5FeedForward = 'relu' | 'gated-gelu';

/** What shapes the encoder. */
export interface T5Config {
  readonly vocabSize: number;
  readonly dModel: number;
  /** Width of one head, which need not be `dModel / numHeads`. */
  readonly dKv: number;
  readonly dFf: number;
  /** Of the encoder. */
  readonly numLayers: number;
  readonly numHeads: number;
  readonly relativeAttentionNumBuckets: number;
  readonly relativeAttentionMaxDistance: number;
  readonly layerNormEpsilon: number;
  readonly feedForwardProj: T5FeedForward;
}

const FEED_FORWARDS: readonly T5FeedForward[] = ['relu', 'gated-gelu'];

const t5Schema = z.object({
  vocab_size: positiveInteger.default(32128),
  d_model: positiveInteger.default(512),
  d_kv: positiveInteger.default(64),
  d_ff: positiveInteger.default(2048),
  num_layers: positiveInteger.default(6),
  num_heads: positiveInteger.default(8),
  // Two sides, each with an exact and a logarithmic half.
  relative_attention_num_buckets: positiveInteger.multipleOf(4).default(32),
  relative_attention_max_distance: positiveInteger.default(128),
  layer_norm_epsilon: positiveNumber.default(1e-6),
  feed_forward_proj: z.enum(FEED_FORWARDS).default('relu'),
});

/**
 * Parses the `config.json` of a T5 model; keys that the file leaves out take Hugging Face's defaults.
 * @throws {DpoError} UNSUPPORTED_MODEL or INVALID_CHECKPOINT
 */
export function parseT5Config(json: unknown, file: string): T5Config {
  const requirements = [{ key: 'feed_forward_proj', accepted: FEED_FORWARDS }];
  const config = parseConfig(t5Schema, requireSupported(json, requirements, 'T5 encoder', file), file);
  return {
    vocabSize: config.vocab_size,
    dModel: config.d_model,
    dKv: config.d_kv,
    dFf: config.d_ff,
    numLayers: config.num_layers,
    numHeads: config.num_heads,
    relativeAttentionNumBuckets: config.relative_attention_num_buckets,
    relativeAttentionMaxDistance: config.relative_attention_max_distance,
    layerNormEpsilon: config.layer_norm_epsilon,
    feedForwardProj: config.feed_forward_proj,
  };
}
