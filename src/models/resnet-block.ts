/** @file The residual block of UNet and VAE: twice normalise, SiLU, 3x3 convolution, and a shortcut around them. */
import type { Node } from '../graph/graph.ts';
import type { Layers } from './layers.ts';

export interface ResnetBlockOptions {
  /** Channels of the result. */
  readonly channels: number;
  /** Groups of both normalisations. */
  readonly groups: number;
  readonly epsilon: number;
  /** `[B, T]`, projected and added between the convolutions; the VAE has none. */
  readonly timeEmbedding?: Node;
}

/** `x [B, I, H, W]` to `[B, channels, H, W]`, inside the block's own scope. */
export function resnetBlock(layers: Layers, x: Node, options: ResnetBlockOptions): Node {
  const { channels, groups, epsilon, timeEmbedding } = options;
  const g = layers.graph;
  const first = layers.conv('conv1', g.silu(layers.groupNorm('norm1', x, groups, epsilon)), channels);
  const timed = timeEmbedding ? g.add(first, timeBias(layers, timeEmbedding, channels)) : first;
  const second = layers.conv('conv2', g.silu(layers.groupNorm('norm2', timed, groups, epsilon)), channels);
  const shortcut = x.shape[1] === channels ? x : layers.conv('conv_shortcut', x, channels, { kernel: 1 });
  return g.add(shortcut, second);
}

function timeBias(layers: Layers, timeEmbedding: Node, channels: number): Node {
  const g = layers.graph;
  const bias = layers.linear('time_emb_proj', g.silu(timeEmbedding), channels);
  return g.reshape(bias, [bias.shape[0]!, channels, 1, 1]);
}
