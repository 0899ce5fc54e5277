/** @file Configuration of a BERT encoder. */
import { z } from 'zod';
import {
  parseConfig,
  positiveInteger,
  positiveNumber,
  requireSupported,
  textLength,
} from './config-schema.ts';

/** What shapes the network. */
export interface BertConfig {
  readonly vocabSize: number;
  /** Number of token positions, 512 in the released models. */
  readonly maxPositionEmbeddings: number;
  readonly typeVocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numAttentionHeads: number;
  readonly numHiddenLayers: number;
  readonly layerNormEps: number;
}

const bertSchema = z
  .object({
    vocab_size: positiveInteger.default(30522),
    max_position_embeddings: textLength.default(512),
    type_vocab_size: positiveInteger.default(2),
    hidden_size: positiveInteger.default(768),
    intermediate_size: positiveInteger.default(3072),
    num_attention_heads: positiveInteger.default(12),
    num_hidden_layers: positiveInteger.default(12),
    layer_norm_eps: positiveNumber.default(1e-12),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    message: '"hidden_size" must be a multiple of "num_attention_heads"',
  });

/**
 * Parses the `config.json` of a BERT model; keys that the file leaves out take Hugging Face's defaults.
 * @throws {DpoError} UNSUPPORTED_MODEL or INVALID_CHECKPOINT
 */
export function parseBertConfig(json: unknown, file: string): BertConfig {
  const requirements = [
    { key: 'hidden_act', accepted: ['gelu'] },
    { key: 'position_embedding_type', accepted: ['absolute', null] },
    { key: 'is_decoder', accepted: [false, null] },
  ];
  const config = parseConfig(bertSchema, requireSupported(json, requirements, 'BERT encoder', file), file);
  return {
    vocabSize: config.vocab_size,
    maxPositionEmbeddings: config.max_position_embeddings,
    typeVocabSize: config.type_vocab_size,
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    numAttentionHeads: config.num_attention_heads,
    numHiddenLayers: config.num_hidden_layers,
    layerNormEps: config.layer_norm_eps,
  };
}
