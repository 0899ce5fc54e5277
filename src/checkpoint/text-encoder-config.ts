/** @file Configuration of a CLIP text tower: a pipeline's text encoder, or the text half of a scorer. */
import { z } from 'zod';
import {
  parseConfig,
  positiveInteger,
  positiveNumber,
  requireSupported,
  textLength,
  tokenId,
} from './config-schema.ts';

export type HiddenActivation = 'quick_gelu' | 'gelu';

/** What shapes the transformer of a CLIP text tower. */
export interface TextEncoderConfig {
  readonly vocabSize: number;
  /** Number of token positions, 77 in the released models. */
  readonly maxPositionEmbeddings: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numAttentionHeads: number;
  readonly numHiddenLayers: number;
  readonly hiddenAct: HiddenActivation;
  readonly layerNormEps: number;
  /** Width of the projected embedding; of a pipeline's text encoders only the second of SDXL has one. */
  readonly projectionDim: number;
  /** As in the file. Files of 2022 hold placeholders (0, 2, 1) here: trust the tokenizer's ids instead. */
  readonly bosTokenId: number;
  readonly eosTokenId: number;
  readonly padTokenId: number;
}

export const HIDDEN_ACTIVATIONS: readonly HiddenActivation[] = ['quick_gelu', 'gelu'];

const textEncoderSchema = z
  .object({
    vocab_size: positiveInteger.default(49408),
    max_position_embeddings: textLength.default(77),
    hidden_size: positiveInteger.default(512),
    intermediate_size: positiveInteger.default(2048),
    num_attention_heads: positiveInteger.default(8),
    num_hidden_layers: positiveInteger.default(12),
    hidden_act: z.enum(HIDDEN_ACTIVATIONS).default('quick_gelu'),
    layer_norm_eps: positiveNumber.default(1e-5),
    projection_dim: positiveInteger.nullish(),
    bos_token_id: tokenId.nullish(),
    eos_token_id: tokenId.nullish(),
    pad_token_id: tokenId.nullish(),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    message: '"hidden_size" must be a multiple of "num_attention_heads"',
  });

/** Parses `text_encoder/config.json`; keys that the file leaves out take Hugging Face's defaults. */
export function parseTextEncoderConfig(json: unknown, file: string): TextEncoderConfig {
  const requirements = [
    { key: 'model_type', accepted: ['clip_text_model'] },
    { key: 'hidden_act', accepted: HIDDEN_ACTIVATIONS },
  ];
  return toTextEncoderConfig(requireSupported(json, requirements, 'text encoder', file), file);
}

/** The same without the check of the model type, for a text tower described inside another file. */
export function toTextEncoderConfig(json: unknown, file: string): TextEncoderConfig {
  const config = parseConfig(textEncoderSchema, json, file);
  return {
    vocabSize: config.vocab_size,
    maxPositionEmbeddings: config.max_position_embeddings,
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    numAttentionHeads: config.num_attention_heads,
    numHiddenLayers: config.num_hidden_layers,
    hiddenAct: config.hidden_act,
    layerNormEps: config.layer_norm_eps,
    projectionDim: config.projection_dim ?? 512,
    bosTokenId: config.bos_token_id ?? 49406,
    eosTokenId: config.eos_token_id ?? 49407,
    padTokenId: config.pad_token_id ?? 1,
  };
}
