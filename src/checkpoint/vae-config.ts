/** @file Configuration of the image decoder (diffusers' AutoencoderKL), as far as we build it. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import {
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireSupported,
} from './config-schema.ts';
import { shortJson } from './short-json.ts';

/** What shapes the decoder half of the autoencoder. Lists run from the finest resolution to the coarsest. */
export interface VaeConfig {
  readonly latentChannels: number;
  readonly outChannels: number;
  /** One entry a level; each but the first doubles the resolution, so one latent is `2 ** (length - 1)` pixels. */
  readonly blockOutChannels: readonly number[];
  /** Resnet blocks a level in the encoder; the decoder has one more. */
  readonly layersPerBlock: number;
  readonly normNumGroups: number;
  /** Side in pixels of the images that it was trained on. */
  readonly sampleSize: number;
  /** The decoder reads `latents / scalingFactor`. */
  readonly scalingFactor: number;
  /** Whether a 1x1 convolution `post_quant_conv` comes before the decoder. */
  readonly usePostQuantConv: boolean;
  /** Whether the middle block has a self-attention between its two resnet blocks. */
  readonly midBlockAddAttention: boolean;
}

const REQUIREMENTS: readonly Requirement[] = [
  { key: '_class_name', accepted: ['AutoencoderKL'] },
  { key: 'act_fn', accepted: ['silu', 'swish'] },
  { key: 'shift_factor', accepted: [null, 0] },
  { key: 'latents_mean', accepted: [null] },
  { key: 'latents_std', accepted: [null] },
];

const vaeSchema = z.object({
  latent_channels: positiveInteger.default(4),
  out_channels: positiveInteger.default(3),
  block_out_channels: z.array(positiveInteger).nonempty().default([64]),
  layers_per_block: positiveInteger.default(1),
  norm_num_groups: positiveInteger.default(32),
  sample_size: positiveInteger.default(32),
  scaling_factor: positiveNumber.default(0.18215),
  use_post_quant_conv: z.boolean().default(true),
  mid_block_add_attention: z.boolean().default(true),
  up_block_types: z.array(z.string()).optional(),
});

/** Parses `vae/config.json`; keys that the file leaves out (many, in older files) take diffusers' defaults. */
export function parseVaeConfig(json: unknown, file: string): VaeConfig {
  const config = parseConfig(vaeSchema, requireSupported(json, REQUIREMENTS, 'VAE', file), file);
  checkLevels(config, file);
  return {
    latentChannels: config.latent_channels,
    outChannels: config.out_channels,
    blockOutChannels: config.block_out_channels,
    layersPerBlock: config.layers_per_block,
    normNumGroups: config.norm_num_groups,
    sampleSize: config.sample_size,
    scalingFactor: config.scaling_factor,
    usePostQuantConv: config.use_post_quant_conv,
    midBlockAddAttention: config.mid_block_add_attention,
  };
}

function checkLevels(config: z.output<typeof vaeSchema>, file: string): void {
  const types = config.up_block_types ?? config.block_out_channels.map(() => 'UpDecoderBlock2D');
  const unknown = types.find((type) => type !== 'UpDecoderBlock2D');
  if (unknown !== undefined) {
    const message = `This VAE cannot be run: "up_block_types" holds ${shortJson(unknown)}, accepted: "UpDecoderBlock2D" (in ${file}).`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file, keys: ['up_block_types'] } });
  }
  const wrong =
    types.length === config.block_out_channels.length
      ? config.block_out_channels
          .filter((channels) => channels % config.norm_num_groups !== 0)
          .map(
            (channels) =>
              `"norm_num_groups" (${config.norm_num_groups}) does not divide ${channels} channels`,
          )[0]
      : `"up_block_types" has ${types.length} entries, "block_out_channels" has ${config.block_out_channels.length}`;
  if (wrong !== undefined) {
    throw new DpoError('INVALID_CHECKPOINT', `The configuration ${file} contradicts itself: ${wrong}.`, {
      details: { file },
    });
  }
}
