/** @file The denoising UNet of Stable Diffusion 1.x, 2.x and XL, which differ by configuration; only XL's reads more than the prompt. */
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import { invariant } from '../errors.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { Layers } from './layers.ts';
import { additionEmbedding, timestepEmbedding } from './timestep-embedding.ts';
import { downBlock, midBlock, type UnetBlockContext, upBlock } from './unet-blocks.ts';

export interface UnetInputs {
  /** Noisy latents float32 `[B, inChannels, h, w]`; any size that survives the halvings. */
  readonly sample: Node;
  /** Timesteps float32 `[B]`, 0 to 999. */
  readonly timestep: Node;
  /** The prompt as the text encoder gives it, float32 `[B, S, crossAttentionDim]`. */
  readonly context: Node;
  /** SDXL: the prompt as one vector, float32 `[B, P]`. */
  readonly pooled?: Node;
  /** SDXL: original size, crop and target size in pixels, float32 `[B, 6]`, height before width and top before left. */
  readonly timeIds?: Node;
}

/**
 * The UNet's prediction `[B, outChannels, h, w]`: noise or velocity, as the scheduler's configuration says.
 * @throws {DpoError} INVALID_CHECKPOINT for a missing or misshapen tensor
 */
export function unet(g: GraphBuilder, weights: WeightSource, config: UnetConfig, inputs: UnetInputs): Node {
  const layers = new Layers(g, weights);
  const block: UnetBlockContext = {
    config,
    timeEmbedding: globalEmbedding(layers, config, inputs),
    context: inputs.context,
  };
  const first = layers.conv('conv_in', inputs.sample, config.blockOutChannels[0]!);
  const { x: lowest, skips } = down(layers, first, block);
  const middle = layers.scope('mid_block', () => midBlock(layers, lowest, block));
  const last = up(layers, middle, skips, block);
  const normed = layers.groupNorm('conv_norm_out', last, config.normNumGroups, config.normEps);
  return layers.conv('conv_out', g.silu(normed), config.outChannels);
}

/** What tells the resnet blocks about the picture as a whole; SDXL adds pooled text and picture sizes to the time. */
function globalEmbedding(
  layers: Layers,
  config: UnetConfig,
  { timestep, pooled, timeIds }: UnetInputs,
): Node {
  const time = timestepEmbedding(layers, timestep, config);
  if (config.additionEmbedType === undefined) return time;
  invariant(pooled && timeIds, 'the UNet of Stable Diffusion XL was given no pooled prompt or no sizes');
  return layers.graph.add(additionEmbedding(layers, { pooled, timeIds }, config), time);
}

/** All down blocks: the coarsest picture, and every skip connection from the first convolution's on. */
function down(layers: Layers, first: Node, block: UnetBlockContext): { x: Node; skips: readonly Node[] } {
  const skips = [first];
  let x = first;
  block.config.downBlockTypes.forEach((_, level) => {
    const result = layers.scope(`down_blocks.${level}`, () => downBlock(layers, x, level, block));
    x = result.x;
    skips.push(...result.skips);
  });
  return { x, skips };
}

/** All up blocks: each joins one skip connection a resnet, the latest first, so that the last joins the first convolution. */
function up(layers: Layers, middle: Node, skips: readonly Node[], block: UnetBlockContext): Node {
  const levels = block.config.upBlockTypes.length;
  const perBlock = block.config.layersPerBlock + 1;
  const reversed = skips.toReversed();
  let x = middle;
  for (let i = 0; i < levels; i++) {
    const own = reversed.slice(i * perBlock, (i + 1) * perBlock);
    const next = reversed[(i + 1) * perBlock];
    x = layers.scope(`up_blocks.${i}`, () =>
      upBlock(layers, x, levels - 1 - i, { ...block, skips: own, next }),
    );
  }
  return x;
}
