/** @file Configuration of a CLIP model with both towers: the scorer. */
import { z } from 'zod';
import {
  type JsonObject,
  parseConfig,
  positiveInteger,
  positiveNumber,
  requireObject,
  requireSupported,
} from './config-schema.ts';
import {
  HIDDEN_ACTIVATIONS,
  type HiddenActivation,
  type TextEncoderConfig,
  toTextEncoderConfig,
} from './text-encoder-config.ts';

/** What shapes the vision transformer of a CLIP model. */
export interface ClipVisionConfig {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numAttentionHeads: number;
  readonly numHiddenLayers: number;
  /** Side of the square input in pixels. */
  readonly imageSize: number;
  /** Side of a patch in pixels; divides `imageSize` (a remainder is cut off, as the convolution does). */
  readonly patchSize: number;
  readonly hiddenAct: HiddenActivation;
  readonly layerNormEps: number;
  readonly numChannels: number;
}

export interface ClipConfig {
  readonly text: TextEncoderConfig;
  readonly vision: ClipVisionConfig;
  /** Width of the space that both towers are projected to. */
  readonly projectionDim: number;
}

const visionSchema = z
  .object({
    hidden_size: positiveInteger.default(768),
    intermediate_size: positiveInteger.default(3072),
    num_attention_heads: positiveInteger.default(12),
    num_hidden_layers: positiveInteger.default(12),
    image_size: positiveInteger.default(224),
    patch_size: positiveInteger.default(32),
    hidden_act: z.enum(HIDDEN_ACTIVATIONS).default('quick_gelu'),
    layer_norm_eps: positiveNumber.default(1e-5),
    num_channels: positiveInteger.default(3),
  })
  .refine((config) => config.hidden_size % config.num_attention_heads === 0, {
    message: '"hidden_size" must be a multiple of "num_attention_heads"',
  })
  .refine((config) => config.patch_size <= config.image_size, {
    message: '"patch_size" must not exceed "image_size"',
  });

/** Parses the `config.json` of a CLIP model; keys that the file leaves out take Hugging Face's defaults. */
export function parseClipConfig(json: unknown, file: string): ClipConfig {
  const config = requireSupported(json, [{ key: 'model_type', accepted: ['clip'] }], 'scorer', file);
  const { projection_dim } = parseConfig(
    z.object({ projection_dim: positiveInteger.default(512) }),
    config,
    file,
  );
  return {
    text: toTextEncoderConfig(tower(config, 'text_config', file), `${file} (text_config)`),
    vision: toVisionConfig(tower(config, 'vision_config', file), `${file} (vision_config)`),
    projectionDim: projection_dim,
  };
}

// Older files describe a tower twice; where both exist, `…_dict` has the last word.
function tower(config: JsonObject, key: string, file: string): JsonObject {
  const parts = [config[key], config[`${key}_dict`]].filter((part) => part != null);
  const merged = Object.assign({}, ...parts.map((part) => requireObject(part, `"${key}" in ${file}`)));
  const requirements = [{ key: 'hidden_act', accepted: HIDDEN_ACTIVATIONS }];
  return requireSupported(merged, requirements, 'scorer', `${file}, ${key}`);
}

function toVisionConfig(json: JsonObject, file: string): ClipVisionConfig {
  const config = parseConfig(visionSchema, json, file);
  return {
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    numAttentionHeads: config.num_attention_heads,
    numHiddenLayers: config.num_hidden_layers,
    imageSize: config.image_size,
    patchSize: config.patch_size,
    hiddenAct: config.hidden_act,
    layerNormEps: config.layer_norm_eps,
    numChannels: config.num_channels,
  };
}
