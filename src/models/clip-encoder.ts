/** @file The transformer that both CLIP towers share, key for key. */
import type { HiddenActivation } from '../checkpoint/text-encoder-config.ts';
import type { Node } from '../graph/graph.ts';
import { activate } from './activation.ts';
import { type AttentionNames, attention } from './attention.ts';
import type { Layers } from './layers.ts';

/** What the two towers' configurations have in common. */
export interface ClipEncoderConfig {
  readonly intermediateSize: number;
  readonly numAttentionHeads: number;
  readonly numHiddenLayers: number;
  readonly hiddenAct: HiddenActivation;
  readonly layerNormEps: number;
}

export interface ClipEncoderOptions {
  /** Whether a position sees itself and earlier ones only: the text tower. */
  readonly causal: boolean;
}

const ATTENTION_NAMES: AttentionNames = { query: 'q_proj', key: 'k_proj', value: 'v_proj', out: 'out_proj' };

/**
 * The hidden states of `x [B, S, D]`: what each layer reads, and last what the final one gives
 * (`numHiddenLayers + 1` in all; those that nobody uses cost nothing).
 */
export function clipHiddenStates(
  layers: Layers,
  x: Node,
  config: ClipEncoderConfig,
  { causal }: ClipEncoderOptions,
): readonly Node[] {
  const states = [x];
  for (let i = 0; i < config.numHiddenLayers; i++) {
    const input = states[i]!;
    states.push(layers.scope(`encoder.layers.${i}`, () => encoderLayer(layers, input, config, causal)));
  }
  return states;
}

function encoderLayer(layers: Layers, x: Node, config: ClipEncoderConfig, causal: boolean): Node {
  const g = layers.graph;
  const heads = config.numAttentionHeads;
  const first = layers.layerNorm('layer_norm1', x, config.layerNormEps);
  const attended = layers.scope('self_attn', () =>
    attention(layers, first, { names: ATTENTION_NAMES, heads, causal }),
  );
  const middle = g.add(x, attended);
  const second = layers.layerNorm('layer_norm2', middle, config.layerNormEps);
  return g.add(
    middle,
    layers.scope('mlp', () => mlp(layers, second, config)),
  );
}

function mlp(layers: Layers, x: Node, config: ClipEncoderConfig): Node {
  const inner = activate(layers.graph, layers.linear('fc1', x, config.intermediateSize), config.hiddenAct);
  return layers.linear('fc2', inner, x.shape.at(-1)!);
}
