/** @file The UNet's levels: down, middle and up, each of resnet blocks with or without transformers behind them. */
import type { UnetConfig, UnetDownBlockType, UnetUpBlockType } from '../checkpoint/unet-config.ts';
import type { Node } from '../graph/graph.ts';
import type { Layers } from './layers.ts';
import { resnetBlock } from './resnet-block.ts';
import { spatialTransformer } from './transformer-block.ts';
import { upsample } from './upsample.ts';

/** What every block of a UNet sees, whatever its level. */
export interface UnetBlockContext {
  readonly config: UnetConfig;
  /** `[B, T]`. */
  readonly timeEmbedding: Node;
  /** The prompt, `[B, S, D]`. */
  readonly context: Node;
}

/** One down block, by its level (0 is the finest): the result, and the skip connections in building order. */
export function downBlock(layers: Layers, x: Node, level: number, block: UnetBlockContext): DownBlockResult {
  const { config } = block;
  const withAttention = hasAttention(config.downBlockTypes[level]!);
  const skips: Node[] = [];
  let current = x;
  for (let i = 0; i < config.layersPerBlock; i++) {
    current = resnet(layers, current, i, level, block);
    if (withAttention) current = transformer(layers, current, i, level, block);
    skips.push(current);
  }
  if (level < config.blockOutChannels.length - 1) {
    current = downsample(layers, current);
    skips.push(current);
  }
  return { x: current, skips };
}

export interface DownBlockResult {
  readonly x: Node;
  readonly skips: readonly Node[];
}

/** The middle block, at the coarsest level. */
export function midBlock(layers: Layers, x: Node, block: UnetBlockContext): Node {
  const level = block.config.blockOutChannels.length - 1;
  const first = resnet(layers, x, 0, level, block);
  const attended = transformer(layers, first, 0, level, block);
  return resnet(layers, attended, 1, level, block);
}

/**
 * One up block, by its level (0 is the finest).
 * @param skips the skip connections that it joins, in joining order
 * @param next the first skip connection of the level above, whose size the result takes; undefined at the finest level
 */
export function upBlock(
  layers: Layers,
  x: Node,
  level: number,
  { skips, next, ...block }: UnetBlockContext & UpBlockSkips,
): Node {
  const { config } = block;
  const withAttention = hasAttention(config.upBlockTypes[config.upBlockTypes.length - 1 - level]!);
  let current = x;
  skips.forEach((skip, i) => {
    current = resnet(layers, layers.graph.concat([current, skip], 1), i, level, block);
    if (withAttention) current = transformer(layers, current, i, level, block);
  });
  if (!next) return current;
  const [height, width] = next.shape.slice(2) as [number, number];
  return layers.scope('upsamplers.0', () => upsample(layers, current, { height, width }));
}

export interface UpBlockSkips {
  readonly skips: readonly Node[];
  readonly next: Node | undefined;
}

function hasAttention(type: UnetDownBlockType | UnetUpBlockType): boolean {
  switch (type) {
    case 'CrossAttnDownBlock2D':
    case 'CrossAttnUpBlock2D':
      return true;
    case 'DownBlock2D':
    case 'UpBlock2D':
      return false;
    default:
      return type satisfies never;
  }
}

function downsample(layers: Layers, x: Node): Node {
  return layers.scope('downsamplers.0', () => layers.conv('conv', x, x.shape[1]!, { stride: 2 }));
}

function resnet(layers: Layers, x: Node, index: number, level: number, block: UnetBlockContext): Node {
  const { config, timeEmbedding } = block;
  return layers.scope(`resnets.${index}`, () =>
    resnetBlock(layers, x, {
      channels: config.blockOutChannels[level]!,
      groups: config.normNumGroups,
      epsilon: config.normEps,
      timeEmbedding,
    }),
  );
}

function transformer(layers: Layers, x: Node, index: number, level: number, block: UnetBlockContext): Node {
  const { config, context } = block;
  return layers.scope(`attentions.${index}`, () =>
    spatialTransformer(layers, x, {
      context,
      heads: config.heads[level]!,
      depth: config.transformerLayersPerBlock[level]!,
      groups: config.normNumGroups,
      useLinearProjection: config.useLinearProjection,
    }),
  );
}
