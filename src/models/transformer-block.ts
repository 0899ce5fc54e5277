/** @file The UNet's transformer: pixels attend to each other and to the prompt. */
import type { Node } from '../graph/graph.ts';
import { type AttentionNames, attention } from './attention.ts';
import type { Layers } from './layers.ts';
import { toPicture, toSequence } from './sequence.ts';

export interface SpatialTransformerOptions {
  /** What the cross-attention reads, `[B, S, D]`. */
  readonly context: Node;
  readonly heads: number;
  /** Number of transformer blocks. */
  readonly depth: number;
  /** Groups of the normalisation before the first block. */
  readonly groups: number;
  /** Linear `proj_in` and `proj_out` (SD 2, SDXL) rather than 1x1 convolutions (SD 1). */
  readonly useLinearProjection: boolean;
}

// Not in any configuration: the layers have these built in.
const GROUP_NORM_EPSILON = 1e-6;
const LAYER_NORM_EPSILON = 1e-5;

const ATTENTION_NAMES: AttentionNames = { query: 'to_q', key: 'to_k', value: 'to_v', out: 'to_out.0' };

/** `x [B, C, H, W]` to the same shape, a residual around `depth` transformer blocks over the pixels. */
export function spatialTransformer(layers: Layers, x: Node, options: SpatialTransformerOptions): Node {
  const { groups, depth, useLinearProjection } = options;
  const g = layers.graph;
  const channels = x.shape[1]!;
  const normed = layers.groupNorm('norm', x, groups, GROUP_NORM_EPSILON);
  let sequence = useLinearProjection
    ? layers.linear('proj_in', toSequence(g, normed), channels)
    : toSequence(g, layers.conv('proj_in', normed, channels, { kernel: 1 }));
  for (let i = 0; i < depth; i++) {
    const before = sequence;
    sequence = layers.scope(`transformer_blocks.${i}`, () => transformerBlock(layers, before, options));
  }
  const projected = useLinearProjection
    ? toPicture(g, layers.linear('proj_out', sequence, channels), x.shape)
    : layers.conv('proj_out', toPicture(g, sequence, x.shape), channels, { kernel: 1 });
  return g.add(projected, x);
}

/** Self-attention, cross-attention and feed-forward of `x [B, S, C]`, each normalised before and added to its input. */
function transformerBlock(layers: Layers, x: Node, options: SpatialTransformerOptions): Node {
  const g = layers.graph;
  const attend = (module: string, input: Node, context?: Node) =>
    layers.scope(module, () =>
      attention(layers, input, {
        names: ATTENTION_NAMES,
        heads: options.heads,
        bias: false,
        ...(context && { context }),
      }),
    );
  const norm = (module: string, input: Node) => layers.layerNorm(module, input, LAYER_NORM_EPSILON);
  const first = g.add(attend('attn1', norm('norm1', x)), x);
  const second = g.add(attend('attn2', norm('norm2', first), options.context), first);
  const third = norm('norm3', second);
  return g.add(
    layers.scope('ff', () => feedForward(layers, third)),
    second,
  );
}

/** GEGLU: one stored layer gives values and their gates, `values * gelu(gates)`; then back to the width of `x`. */
function feedForward(layers: Layers, x: Node): Node {
  const g = layers.graph;
  const width = x.shape.at(-1)!;
  const values = layers.linear('net.0.proj', x, 4 * width, { part: { index: 0, of: 2 } });
  const gates = layers.linear('net.0.proj', x, 4 * width, { part: { index: 1, of: 2 } });
  return layers.linear('net.2', g.mul(values, g.gelu(gates)), width);
}
