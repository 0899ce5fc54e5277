/** @file `open_clip_config.json`: what it says that the shapes of the weights do not, and what of it we cannot build. */
import { z } from 'zod';
import {
  type JsonObject,
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireObject,
  requireSupported,
} from './config-schema.ts';
import type { PreprocessorConfig } from './preprocessor-config.ts';

/** The file's own words; what is undefined it does not say. */
export interface OpenClipConfig {
  readonly embedDim: number | undefined;
  readonly quickGelu: boolean | undefined;
  readonly vision: {
    readonly width: number | undefined;
    readonly layers: number | undefined;
    readonly patchSize: number | undefined;
    readonly imageSize: number | undefined;
    readonly headWidth: number | undefined;
  };
  readonly text: {
    readonly width: number | undefined;
    readonly layers: number | undefined;
    readonly heads: number | undefined;
    readonly contextLength: number | undefined;
    readonly vocabSize: number | undefined;
  };
  readonly preprocess: Partial<Pick<PreprocessorConfig, 'imageMean' | 'imageStd' | 'resample'>>;
}

// Absent and null are the same in these files.
const only = (key: string, ...accepted: Requirement['accepted']): Requirement => ({
  key,
  accepted: [...accepted, null],
});

const MODEL: readonly Requirement[] = [only('custom_text', false), only('multimodal_cfg')];

const VISION: readonly Requirement[] = [
  only('timm_model_name'),
  only('attentional_pool', false),
  only('attn_pooler_queries', 256),
  only('global_average_pool', false),
  only('pool_type', 'tok'),
  only('pos_embed_type', 'learnable'),
  only('no_ln_pre', false),
  only('final_ln_after_pool', false),
  only('input_patchnorm', false),
  only('ls_init_value'),
  only('act_kwargs'),
];

const TEXT: readonly Requirement[] = [
  only('hf_model_name'),
  only('hf_tokenizer_name', ''),
  only('no_causal_mask', false),
  only('pool_type', 'argmax'),
  only('proj_type', 'linear'),
  only('proj_bias', false),
  only('embed_cls', false),
  only('ls_init_value'),
  only('act_kwargs'),
];

const PREPROCESS: readonly Requirement[] = [
  only('mode', 'RGB'),
  only('resize_mode', 'shortest'),
  only('interpolation', 'bicubic', 'bilinear'),
];

const size = positiveInteger.nullish().transform((value) => value ?? undefined);
const modelSchema = z.object({ embed_dim: size, quick_gelu: z.boolean().nullish() });
const visionSchema = z.object({
  width: size,
  layers: size,
  patch_size: size,
  image_size: size,
  head_width: size,
});
const textSchema = z.object({
  width: size,
  layers: size,
  heads: size,
  context_length: size,
  vocab_size: size,
});
const rgb = (value: z.ZodNumber) => z.tuple([value, value, value]).nullish();
const preprocessSchema = z.object({
  mean: rgb(z.number()),
  std: rgb(positiveNumber),
  interpolation: z.enum(['bicubic', 'bilinear']).nullish(),
});

/**
 * Parses `open_clip_config.json`, or a bare model configuration as in OpenCLIP's `model_configs`.
 * @throws {DpoError} UNSUPPORTED_MODEL for another tower, pooling or preparation than CLIP's own, INVALID_CHECKPOINT for wrong values
 */
export function parseOpenClipConfig(json: unknown, file: string): OpenClipConfig {
  const root = requireObject(json, file);
  const model = 'model_cfg' in root ? part(root, 'model_cfg', MODEL, file) : requireModel(root, file);
  const vision = part(model, 'vision_cfg', VISION, file);
  const text = part(model, 'text_cfg', TEXT, file);
  const preprocess = part(root, 'preprocess_cfg', PREPROCESS, file);
  const { embed_dim: embedDim, quick_gelu: quickGelu } = parseConfig(modelSchema, model, file);
  const seen = parseConfig(visionSchema, vision, `${file} (vision_cfg)`);
  const read = parseConfig(textSchema, text, `${file} (text_cfg)`);
  return {
    embedDim,
    quickGelu: quickGelu ?? undefined,
    vision: {
      width: seen.width,
      layers: seen.layers,
      patchSize: seen.patch_size,
      imageSize: seen.image_size,
      headWidth: seen.head_width,
    },
    text: {
      width: read.width,
      layers: read.layers,
      heads: read.heads,
      contextLength: read.context_length,
      vocabSize: read.vocab_size,
    },
    preprocess: toPreprocess(preprocess, file),
  };
}

function toPreprocess(json: JsonObject, file: string): OpenClipConfig['preprocess'] {
  const { mean, std, interpolation } = parseConfig(preprocessSchema, json, `${file} (preprocess_cfg)`);
  return {
    ...(mean && { imageMean: mean }),
    ...(std && { imageStd: std }),
    ...(interpolation && { resample: interpolation }),
  };
}

function requireModel(root: JsonObject, file: string): JsonObject {
  return requireSupported(root, MODEL, 'scorer', file);
}

/** The object under `key`, empty where there is none. */
function part(
  parent: JsonObject,
  key: string,
  requirements: readonly Requirement[],
  file: string,
): JsonObject {
  return requireSupported(parent[key] ?? {}, requirements, 'scorer', `${file}, ${key}`);
}
