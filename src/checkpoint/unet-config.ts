/** @file Configuration of the denoising UNet (diffusers' UNet2DConditionModel), as far as we build it. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import {
  describeRefusal,
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireSupported,
} from './config-schema.ts';

export type UnetDownBlockType = 'CrossAttnDownBlock2D' | 'DownBlock2D';
export type UnetUpBlockType = 'CrossAttnUpBlock2D' | 'UpBlock2D';

/** What shapes the UNet. Lists per level run from the finest resolution to the coarsest, except `upBlockTypes`. */
export interface UnetConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Side of the latents that the model was trained for; undefined where the file does not say. */
  readonly sampleSize: number | undefined;
  readonly blockOutChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly downBlockTypes: readonly UnetDownBlockType[];
  /** From the coarsest resolution to the finest: the order in which the blocks run. */
  readonly upBlockTypes: readonly UnetUpBlockType[];
  readonly midBlockType: 'UNetMidBlock2DCrossAttn';
  readonly crossAttentionDim: number;
  /** Attention heads of each level. The file calls it `attention_head_dim`, which it is not. */
  readonly heads: readonly number[];
  /** Transformer blocks in each attention module of each level; the middle block takes the last. */
  readonly transformerLayersPerBlock: readonly number[];
  /** Whether `proj_in` and `proj_out` are linear layers (SD 2, SDXL) rather than 1x1 convolutions (SD 1). */
  readonly useLinearProjection: boolean;
  readonly normNumGroups: number;
  readonly normEps: number;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
  /** SDXL's additional embedding of pooled text and picture sizes, undefined in SD 1 and 2. */
  readonly additionEmbedType: 'text_time' | undefined;
  /** Features of each picture size; defined where `additionEmbedType` is. */
  readonly additionTimeEmbedDim: number | undefined;
  /** Features of pooled text and all picture sizes together; defined where `additionEmbedType` is. */
  readonly projectionClassEmbeddingsInputDim: number | undefined;
}

const DOWN_BLOCK_TYPES: readonly UnetDownBlockType[] = ['CrossAttnDownBlock2D', 'DownBlock2D'];
const UP_BLOCK_TYPES: readonly UnetUpBlockType[] = ['CrossAttnUpBlock2D', 'UpBlock2D'];

// Keys that only change arithmetic precision or training (upcast_attention, dropout) are left alone on purpose.
const REQUIREMENTS: readonly Requirement[] = [
  { key: '_class_name', accepted: ['UNet2DConditionModel'] },
  { key: 'act_fn', accepted: ['silu', 'swish'] },
  { key: 'addition_embed_type', accepted: [null, 'text_time'] },
  { key: 'attention_type', accepted: ['default'] },
  { key: 'center_input_sample', accepted: [false] },
  { key: 'class_embed_type', accepted: [null] },
  { key: 'class_embeddings_concat', accepted: [false] },
  { key: 'conv_in_kernel', accepted: [3] },
  { key: 'conv_out_kernel', accepted: [3] },
  { key: 'cross_attention_norm', accepted: [null] },
  { key: 'downsample_padding', accepted: [1] },
  { key: 'dual_cross_attention', accepted: [false] },
  { key: 'encoder_hid_dim', accepted: [null] },
  { key: 'encoder_hid_dim_type', accepted: [null] },
  { key: 'mid_block_only_cross_attention', accepted: [null, false] },
  { key: 'mid_block_scale_factor', accepted: [1] },
  { key: 'mid_block_type', accepted: ['UNetMidBlock2DCrossAttn'] },
  { key: 'num_attention_heads', accepted: [null] },
  { key: 'num_class_embeds', accepted: [null] },
  { key: 'only_cross_attention', accepted: [false] },
  { key: 'resnet_out_scale_factor', accepted: [1] },
  { key: 'resnet_skip_time_act', accepted: [false] },
  { key: 'resnet_time_scale_shift', accepted: ['default'] },
  { key: 'reverse_transformer_layers_per_block', accepted: [null] },
  {
    key: 'time_cond_proj_dim',
    accepted: [null],
    otherwise:
      'the model is guidance-distilled (LCM): it reads the guidance scale as an input and has no negative prompt, so take the model that it was distilled from',
  },
  { key: 'time_embedding_act_fn', accepted: [null] },
  { key: 'time_embedding_dim', accepted: [null] },
  { key: 'time_embedding_type', accepted: ['positional'] },
  { key: 'timestep_post_act', accepted: [null] },
];

const perLevel = z.union([positiveInteger, z.array(positiveInteger)]);

const unetSchema = z.object({
  in_channels: positiveInteger.default(4),
  out_channels: positiveInteger.default(4),
  sample_size: positiveInteger.nullish(),
  block_out_channels: z.array(positiveInteger).nonempty().default([320, 640, 1280, 1280]),
  layers_per_block: positiveInteger.default(2),
  down_block_types: z
    .array(z.string())
    .default(['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D']),
  up_block_types: z
    .array(z.string())
    .default(['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D']),
  cross_attention_dim: positiveInteger.default(1280),
  attention_head_dim: perLevel.default(8),
  transformer_layers_per_block: perLevel.default(1),
  use_linear_projection: z.boolean().default(false),
  norm_num_groups: positiveInteger.default(32),
  norm_eps: positiveNumber.default(1e-5),
  flip_sin_to_cos: z.boolean().default(true),
  freq_shift: z.number().default(0),
  addition_embed_type: z.literal('text_time').nullish(),
  addition_time_embed_dim: positiveInteger.nullish(),
  projection_class_embeddings_input_dim: positiveInteger.nullish(),
});

/**
 * Parses `unet/config.json`; keys that the file leaves out take diffusers' defaults.
 * @throws {DpoError} UNSUPPORTED_MODEL for settings that we do not build, INVALID_CHECKPOINT for contradictions
 */
export function parseUnetConfig(json: unknown, file: string): UnetConfig {
  const config = parseConfig(unetSchema, requireSupported(json, REQUIREMENTS, 'UNet', file), file);
  const levels = config.block_out_channels.length;
  const unet: UnetConfig = {
    inChannels: config.in_channels,
    outChannels: config.out_channels,
    sampleSize: config.sample_size ?? undefined,
    blockOutChannels: config.block_out_channels,
    layersPerBlock: config.layers_per_block,
    downBlockTypes: knownBlocks('down_block_types', config.down_block_types, DOWN_BLOCK_TYPES, file),
    upBlockTypes: knownBlocks('up_block_types', config.up_block_types, UP_BLOCK_TYPES, file),
    midBlockType: 'UNetMidBlock2DCrossAttn',
    crossAttentionDim: config.cross_attention_dim,
    heads: everyLevel(config.attention_head_dim, levels),
    transformerLayersPerBlock: everyLevel(config.transformer_layers_per_block, levels),
    useLinearProjection: config.use_linear_projection,
    normNumGroups: config.norm_num_groups,
    normEps: config.norm_eps,
    flipSinToCos: config.flip_sin_to_cos,
    freqShift: config.freq_shift,
    additionEmbedType: config.addition_embed_type ?? undefined,
    additionTimeEmbedDim: config.addition_time_embed_dim ?? undefined,
    projectionClassEmbeddingsInputDim: config.projection_class_embeddings_input_dim ?? undefined,
  };
  checkLevels(unet, file);
  checkAddition(unet, file);
  return unet;
}

function everyLevel(value: number | readonly number[], levels: number): readonly number[] {
  return typeof value === 'number' ? new Array<number>(levels).fill(value) : value;
}

function knownBlocks<T extends string>(
  key: string,
  found: readonly string[],
  known: readonly T[],
  file: string,
): readonly T[] {
  const unknown = found.find((type) => !(known as readonly string[]).includes(type));
  if (unknown !== undefined) {
    const message = `This UNet cannot be run: ${describeRefusal(key, found, known)} in each place (in ${file}).`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file, keys: [key], found: unknown } });
  }
  return found as readonly T[];
}

function checkLevels(unet: UnetConfig, file: string): void {
  const levels = unet.blockOutChannels.length;
  const lists = {
    down_block_types: unet.downBlockTypes,
    up_block_types: unet.upBlockTypes,
    attention_head_dim: unet.heads,
    transformer_layers_per_block: unet.transformerLayersPerBlock,
  };
  for (const [key, list] of Object.entries(lists)) {
    if (list.length !== levels) {
      contradiction(file, `"${key}" has ${list.length} entries, "block_out_channels" has ${levels}`);
    }
  }
  unet.blockOutChannels.forEach((channels, level) => {
    checkDivides(file, 'norm_num_groups', unet.normNumGroups, channels);
    if (hasAttention(unet, level)) checkDivides(file, 'attention_head_dim', unet.heads[level]!, channels);
  });
}

function checkAddition(unet: UnetConfig, file: string): void {
  if (unet.additionEmbedType === undefined) return;
  const needed = {
    addition_time_embed_dim: unet.additionTimeEmbedDim,
    projection_class_embeddings_input_dim: unet.projectionClassEmbeddingsInputDim,
  };
  for (const [key, value] of Object.entries(needed)) {
    if (value === undefined)
      contradiction(file, `"addition_embed_type" is "text_time", which needs "${key}", and there is none`);
  }
}

function hasAttention(unet: UnetConfig, level: number): boolean {
  const last = unet.blockOutChannels.length - 1;
  const inDown = unet.downBlockTypes[level] === 'CrossAttnDownBlock2D';
  return inDown || unet.upBlockTypes[last - level] === 'CrossAttnUpBlock2D' || level === last;
}

function checkDivides(file: string, key: string, divisor: number, channels: number): void {
  if (channels % divisor !== 0) {
    contradiction(
      file,
      `"block_out_channels" holds ${channels}, which "${key}" (${divisor}) does not divide`,
    );
  }
}

function contradiction(file: string, what: string): never {
  throw new DpoError('INVALID_CHECKPOINT', `The configuration ${file} contradicts itself: ${what}.`, {
    details: { file },
  });
}
