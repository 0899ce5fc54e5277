/** @file The configurations of the families give networks of the sizes that the published models have. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSchedulerConfig } from '../../src/checkpoint/scheduler-config.ts';
import { parseTextEncoderConfig } from '../../src/checkpoint/text-encoder-config.ts';
import { parseUnetConfig } from '../../src/checkpoint/unet-config.ts';
import { parseVaeConfig } from '../../src/checkpoint/vae-config.ts';
import type { Node } from '../../src/graph/graph.ts';
import type { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { requestedWeights } from '../../src/models/requested-weights.ts';
import { textTower, tokenEmbeddings } from '../../src/models/text-encoder.ts';
import { unet } from '../../src/models/unet.ts';
import { vaeDecoder } from '../../src/models/vae-decoder.ts';
import type { WeightSource } from '../../src/tensor/stored-tensor.ts';
import { sizeOf } from '../../src/tensor/tensor.ts';

const ROOT = join(import.meta.dirname, '../../configurations');

const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(ROOT, path), 'utf8'));

function parameters(build: (g: GraphBuilder, weights: WeightSource) => Node): number {
  const { shapes } = requestedWeights((g, weights) => ({ result: build(g, weights) }));
  return [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0);
}

test.each([
  ['stable-diffusion-1', 859_520_964],
  ['stable-diffusion-2-base', 865_910_724],
  ['stable-diffusion-2-v', 865_910_724],
  // Without the additional embedding, two linear layers.
  ['stable-diffusion-xl', 2_567_463_684 - (2816 * 1280 + 1280) - (1280 * 1280 + 1280)],
])('the UNet of %s has %d parameters', async (family, count) => {
  const config = parseUnetConfig(await read(`${family}/unet/config.json`), family);
  const plain = { ...config, additionEmbedType: undefined };
  const found = parameters((g, weights) =>
    unet(g, weights, plain, {
      sample: g.input('sample', [1, 4, 64, 64]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, config.crossAttentionDim]),
    }),
  );
  expect(found).toBe(count);
});

test.each([
  ['stable-diffusion-1/text_encoder', 123_060_480],
  ['stable-diffusion-2-base/text_encoder', 340_387_840],
  ['stable-diffusion-2-v/text_encoder', 340_387_840],
  ['stable-diffusion-xl/text_encoder', 123_060_480],
  // Without the projection.
  ['stable-diffusion-xl/text_encoder_2', 694_659_840 - 1280 * 1280],
])('%s has %d parameters', async (folder, count) => {
  const config = parseTextEncoderConfig(await read(`${folder}/config.json`), folder);
  const found = parameters((g, weights) =>
    textTower(g, weights, config, tokenEmbeddings(g, weights, config, g.input('ids', [1, 77], 'int32'))),
  );
  expect(found).toBe(count);
});

test.each([
  ['stable-diffusion-1', 0.18215],
  ['stable-diffusion-2-base', 0.18215],
  ['stable-diffusion-2-v', 0.18215],
  ['stable-diffusion-xl', 0.13025],
])('the VAE and the schedule of %s are the published ones', async (family, scalingFactor) => {
  const config = parseVaeConfig(await read(`${family}/vae/config.json`), family);
  expect(config.scalingFactor).toBe(scalingFactor);
  const decoder = parameters((g, weights) =>
    vaeDecoder(g, weights, config, g.input('latents', [1, 4, 64, 64])),
  );
  expect(decoder).toBe(49_490_179 + 20);
  expect(parseSchedulerConfig(await read(`${family}/scheduler/scheduler_config.json`), family)).toMatchObject(
    {
      betaStart: 0.00085,
      betaEnd: 0.012,
      betaSchedule: 'scaled_linear',
      numTrainTimesteps: 1000,
      setAlphaToOne: false,
      stepsOffset: 1,
      clipSample: false,
      predictionType: family.endsWith('-v') ? 'v_prediction' : 'epsilon',
    },
  );
});
