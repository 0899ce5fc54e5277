/** @file The decoder half of the autoencoder: latents to pictures. */
import type { VaeConfig } from '../checkpoint/vae-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { type AttentionNames, attention } from './attention.ts';
import { Layers } from './layers.ts';
import { resnetBlock } from './resnet-block.ts';
import { toPicture, toSequence } from './sequence.ts';
import { upsample } from './upsample.ts';

export interface VaeDecoderOptions {
  /** Whether pixels are cut to [0, 1]; a cut pixel passes no gradient. @default true */
  readonly clamp?: boolean;
}

// Not in any configuration: the layers have it built in.
const NORM_EPSILON = 1e-6;

const ATTENTION_NAMES: AttentionNames = { query: 'to_q', key: 'to_k', value: 'to_v', out: 'to_out.0' };
// What files of 2022 call the same projections.
const EARLY_ATTENTION_NAMES: AttentionNames = {
  query: 'query',
  key: 'key',
  value: 'value',
  out: 'proj_attn',
};

/** One of the steps, each a function of the one before, that make up the decoder. */
export type DecoderStage = (g: GraphBuilder, x: Node) => Node;

/**
 * `latents [B, 4, h, w]`, as the sampler leaves them, to pictures `[B, 3, H, W]` in [0, 1],
 * where `H = h 2^(levels - 1)`: 8h in the released models.
 */
export function vaeDecoder(
  g: GraphBuilder,
  weights: WeightSource,
  config: VaeConfig,
  latents: Node,
  options: VaeDecoderOptions = {},
): Node {
  return vaeDecoderStages(weights, config, options).reduce((x, stage) => stage(g, x), latents);
}

/** The decoder cut wherever one value alone goes on: after its middle block, each resnet block and each upsampling. */
export function vaeDecoderStages(
  weights: WeightSource,
  config: VaeConfig,
  { clamp = true }: VaeDecoderOptions = {},
): readonly DecoderStage[] {
  const inDecoder =
    (build: (layers: Layers, x: Node) => Node): DecoderStage =>
    (g, x) => {
      const layers = new Layers(g, weights);
      return layers.scope('decoder', () => build(layers, x));
    };
  const levels = config.blockOutChannels.map((_, level) => level).reverse();
  return [
    (g, x) => middle(new Layers(g, weights), config, x),
    ...levels.flatMap((level) => upBlockStages(config, level)).map(inDecoder),
    (g, x) => picture(new Layers(g, weights), config, x, clamp),
  ];
}

function middle(layers: Layers, config: VaeConfig, latents: Node): Node {
  const scaled = layers.graph.div(latents, config.scalingFactor);
  const input = config.usePostQuantConv
    ? layers.conv('post_quant_conv', scaled, config.latentChannels, { kernel: 1 })
    : scaled;
  return layers.scope('decoder', () => {
    const first = layers.conv('conv_in', input, config.blockOutChannels.at(-1)!);
    return layers.scope('mid_block', () => midBlock(layers, config, first));
  });
}

function picture(layers: Layers, config: VaeConfig, x: Node, clamp: boolean): Node {
  const g = layers.graph;
  const pixels = layers.scope('decoder', () => {
    const normed = layers.groupNorm('conv_norm_out', x, config.normNumGroups, NORM_EPSILON);
    return layers.conv('conv_out', g.silu(normed), config.outChannels);
  });
  // The network speaks of [-1, 1].
  const image = g.add(g.mul(pixels, 0.5), 0.5);
  return clamp ? g.clip(image, 0, 1) : image;
}

function midBlock(layers: Layers, config: VaeConfig, x: Node): Node {
  const channels = x.shape[1]!;
  const first = resnet(layers, config, x, { index: 0, channels });
  const attended = config.midBlockAddAttention
    ? layers.scope('attentions.0', () => pixelAttention(layers, config, first))
    : first;
  return resnet(layers, config, attended, { index: 1, channels });
}

/** One up block, by its level (0 is the finest, which is not doubled). */
function upBlockStages(config: VaeConfig, level: number): ((layers: Layers, x: Node) => Node)[] {
  const scope = `up_blocks.${config.blockOutChannels.length - 1 - level}`;
  const channels = config.blockOutChannels[level]!;
  const resnets = Array.from(
    { length: config.layersPerBlock + 1 },
    (_, index) => (layers: Layers, x: Node) =>
      layers.scope(scope, () => resnet(layers, config, x, { index, channels })),
  );
  if (level === 0) return resnets;
  const doubled = (layers: Layers, x: Node) =>
    layers.scope(scope, () => layers.scope('upsamplers.0', () => upsample(layers, x)));
  return [...resnets, doubled];
}

function resnet(
  layers: Layers,
  config: VaeConfig,
  x: Node,
  { index, channels }: { index: number; channels: number },
): Node {
  const options = { channels, groups: config.normNumGroups, epsilon: NORM_EPSILON };
  return layers.scope(`resnets.${index}`, () => resnetBlock(layers, x, options));
}

/** Self-attention with one head over all pixels of `x [B, C, h, w]`, added to it. */
function pixelAttention(layers: Layers, config: VaeConfig, x: Node): Node {
  const g = layers.graph;
  const names = layers.has('query.weight') ? EARLY_ATTENTION_NAMES : ATTENTION_NAMES;
  const normed = toSequence(g, layers.groupNorm('group_norm', x, config.normNumGroups, NORM_EPSILON));
  return g.add(toPicture(g, attention(layers, normed, { names, heads: 1 }), x.shape), x);
}
