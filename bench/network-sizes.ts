/** @file The two UNets that the bench times: the embedded model's, and one of Stable Diffusion 1.4's size with random weights. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiffusersFolder } from '../src/checkpoint/diffusers-folder.ts';
import { parseUnetConfig, type UnetConfig } from '../src/checkpoint/unet-config.ts';
import { openWeights } from '../src/checkpoint/weight-source.ts';
import { requestedWeights } from '../src/models/requested-weights.ts';
import { unet } from '../src/models/unet.ts';
import { EMBEDDED_MODEL } from '../src/study/load-pipeline.ts';
import type { WeightSource } from '../src/tensor/stored-tensor.ts';
import type { Shape } from '../src/tensor/tensor.ts';
import { writeRandomWeights } from './memory/random-weights.ts';

export const SIZES = ['pocket', 'sd1'] as const;

export type SizeName = (typeof SIZES)[number];

export interface BenchUnet {
  readonly config: UnetConfig;
  readonly weights: WeightSource;
  /** Latents `[1, 4, h, w]` and context `[1, S, D]` of one picture. */
  readonly sample: Shape;
  readonly context: Shape;
}

/** The public configuration of `CompVis/stable-diffusion-v1-4`, as far as it shapes the network. */
const SD1_CONFIG = {
  _class_name: 'UNet2DConditionModel',
  attention_head_dim: 8,
  block_out_channels: [320, 640, 1280, 1280],
  cross_attention_dim: 768,
  down_block_types: ['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D'],
  up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
  in_channels: 4,
  out_channels: 4,
  layers_per_block: 2,
  norm_num_groups: 32,
  sample_size: 64,
};

/** Where the weights of a bench lie: in `dir`, written by `writeWeights`. */
export async function openBenchUnet(size: SizeName, dir: string): Promise<BenchUnet> {
  if (size === 'pocket') {
    const { unet: component, tokenizer } = await openDiffusersFolder(EMBEDDED_MODEL);
    const side = component.config.sampleSize!;
    return {
      ...component,
      sample: [1, component.config.inChannels, side, side],
      context: [1, tokenizer.maxLength, component.config.crossAttentionDim],
    };
  }
  const config = parseUnetConfig(SD1_CONFIG, 'bench');
  return {
    config,
    weights: await openWeights(weightsFile(dir)),
    sample: [1, 4, 64, 64],
    context: [1, 77, 768],
  };
}

/** Fills `dir`: for `sd1` with 3.4 GB of random float32 weights. */
export async function writeWeights(size: SizeName, dir: string): Promise<void> {
  if (size === 'sd1') await writeRandomWeights(weightsFile(dir), sd1Shapes(), 'float32');
}

/** The temporary folder of a bench; `removeFolder` removes it. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dpo-diff-bench-'));
}

export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

function weightsFile(dir: string): string {
  return join(dir, 'diffusion_pytorch_model.safetensors');
}

function sd1Shapes(): ReadonlyMap<string, Shape> {
  const config = parseUnetConfig(SD1_CONFIG, 'bench');
  return requestedWeights((g, weights) => ({
    output: unet(g, weights, config, {
      sample: g.input('sample', [1, 4, 64, 64]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, 768]),
    }),
  })).shapes;
}
