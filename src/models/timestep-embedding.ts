/**
 * @file What the UNet knows of the picture as a whole: sines and cosines of the timestep, and a small network over them; in SDXL
 * besides, a second network over the pooled prompt and the sines and cosines of picture sizes.
 */
import type { UnetConfig } from '../checkpoint/unet-config.ts';
import type { Node } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Layers } from './layers.ts';

export interface SinusoidOptions {
  /** Number of features. */
  readonly channels: number;
  /** Cosines first. */
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
}

const LONGEST_PERIOD = 10_000;

/** Sines and cosines of `timestep [B]` (0 to 999) at frequencies from 1 down to 1 / 10000: `[B, channels]`. */
export function sinusoids(g: GraphBuilder, timestep: Node, options: SinusoidOptions): Node {
  const { channels, flipSinToCos, freqShift } = options;
  const frequencies = g.constant(sinusoidFrequencies(channels, freqShift), [1, Math.floor(channels / 2)]);
  const angles = g.mul(g.reshape(timestep, [timestep.shape[0]!, 1]), frequencies);
  const [first, second] = flipSinToCos ? [g.cos(angles), g.sin(angles)] : [g.sin(angles), g.cos(angles)];
  const features = g.concat([first, second], 1);
  return channels % 2 === 0 ? features : g.pad(features, [0, 0], [0, 1]);
}

// Rounded after every step as float32 arithmetic rounds: the timestep multiplies the error by up to a thousand,
// and these are the very frequencies that the network was trained with.
function sinusoidFrequencies(channels: number, freqShift: number): Float32Array {
  const half = Math.floor(channels / 2);
  return Float32Array.from({ length: half }, (_, i) => {
    const exponent = Math.fround(Math.fround(-Math.log(LONGEST_PERIOD)) * i);
    return Math.exp(Math.fround(exponent / (half - freqShift)));
  });
}

/** The embedding of `timestep float32 [B]` that every resnet block reads, `[B, 4 C]` with C the finest level's channels. */
export function timestepEmbedding(layers: Layers, timestep: Node, config: UnetConfig): Node {
  const channels = config.blockOutChannels[0]!;
  const { flipSinToCos, freqShift } = config;
  const features = sinusoids(layers.graph, timestep, { channels, flipSinToCos, freqShift });
  return layers.scope('time_embedding', () => embed(layers, features, 4 * channels));
}

export interface AdditionInputs {
  /** The prompt as one vector, float32 `[B, P]`. */
  readonly pooled: Node;
  /** Float32 `[B, 6]` in pixels: original height and width, top and left of the crop, target height and width. */
  readonly timeIds: Node;
}

/** SDXL's addition to the timestep's embedding, `[B, 4 C]`: features of the pooled prompt, then of each size. */
export function additionEmbedding(
  layers: Layers,
  { pooled, timeIds }: AdditionInputs,
  config: UnetConfig,
): Node {
  const g = layers.graph;
  const { flipSinToCos, freqShift } = config;
  const channels = config.additionTimeEmbedDim!;
  const [batch, count] = timeIds.shape as [number, number];
  const sizes = sinusoids(g, g.reshape(timeIds, [batch * count]), { channels, flipSinToCos, freqShift });
  const features = g.concat([pooled, g.reshape(sizes, [batch, count * channels])], 1);
  return layers.scope('add_embedding', () => embed(layers, features, 4 * config.blockOutChannels[0]!));
}

function embed(layers: Layers, features: Node, width: number): Node {
  const hidden = layers.linear('linear_1', features, width);
  return layers.linear('linear_2', layers.graph.silu(hidden), width);
}
