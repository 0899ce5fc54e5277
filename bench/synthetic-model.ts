/**
 * @file Writes a whole model of a released one's size with random weights, in the diffusers layout, with a scorer beside it: what memory a
 * run takes does not depend on the values. The tokenizer is a small one; the tables of embeddings have their full size.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseClipConfig } from '../src/checkpoint/clip-config.ts';
import { parsePreprocessorConfig } from '../src/checkpoint/preprocessor-config.ts';
import { parseTextEncoderConfig } from '../src/checkpoint/text-encoder-config.ts';
import { parseUnetConfig } from '../src/checkpoint/unet-config.ts';
import { parseVaeConfig } from '../src/checkpoint/vae-config.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../src/models/clip-scorer.ts';
import { preprocessImage } from '../src/models/preprocess-image.ts';
import { requestedWeights } from '../src/models/requested-weights.ts';
import { textTower, tokenEmbeddings } from '../src/models/text-encoder.ts';
import { unet } from '../src/models/unet.ts';
import { vaeDecoder } from '../src/models/vae-decoder.ts';
import type { Shape } from '../src/tensor/tensor.ts';
import * as configs from './model-configs.ts';
import { type WeightDType, writeRandomWeights } from './random-weights.ts';

const TOKENIZER = fileURLToPath(new URL('../tests/fixtures/sd1/tokenizer', import.meta.url));

type Json = Readonly<Record<string, unknown>>;
type Shapes = ReadonlyMap<string, Shape>;

/** Fills `dir` with a model of Stable Diffusion 1.4's size and CLIP ViT-B/32 as its scorer: 3.4 GB of UNet as float32. */
export function writeSd1Model(dir: string, dtype: WeightDType): void {
  const { unet: unetConfig, vae, textEncoder } = configs.SD1;
  mkdirSync(dir, { recursive: true });
  writeJson(join(dir, 'model_index.json'), configs.MODEL_INDEX);
  mkdirSync(join(dir, 'scheduler'), { recursive: true });
  writeJson(join(dir, 'scheduler', 'scheduler_config.json'), configs.SCHEDULER);
  cpSync(TOKENIZER, join(dir, 'tokenizer'), { recursive: true });
  const network = 'diffusion_pytorch_model.safetensors';
  writeComponent(join(dir, 'unet'), unetConfig, network, unetShapes(unetConfig, 64), dtype);
  writeComponent(join(dir, 'vae'), vae, network, vaeShapes(vae), dtype);
  writeComponent(join(dir, 'text_encoder'), textEncoder, 'model.safetensors', textShapes(textEncoder), dtype);
  writeComponent(join(dir, 'scorer'), configs.CLIP_B32, 'model.safetensors', clipShapes(), 'float32');
  writeJson(join(dir, 'scorer', 'preprocessor_config.json'), configs.CLIP_B32_PREPROCESSOR);
}

/** One component: its configuration and its weights. */
export function writeComponent(
  dir: string,
  config: Json,
  file: string,
  shapes: Shapes,
  dtype: WeightDType,
): void {
  mkdirSync(dir, { recursive: true });
  writeJson(join(dir, 'config.json'), config);
  writeRandomWeights(join(dir, file), shapes, dtype);
}

export function unetShapes(json: Json, side: number): Shapes {
  const config = parseUnetConfig(json, 'bench');
  return requestedWeights((g, weights) => ({
    output: unet(g, weights, config, {
      sample: g.input('sample', [1, 4, side, side]),
      timestep: g.input('timestep', [1]),
      context: g.input('context', [1, 77, config.crossAttentionDim]),
    }),
  })).shapes;
}

export function vaeShapes(json: Json): Shapes {
  const config = parseVaeConfig(json, 'bench');
  return requestedWeights((g, weights) => ({
    image: vaeDecoder(g, weights, config, g.input('latents', [1, 4, 64, 64])),
  })).shapes;
}

function textShapes(json: Json): Shapes {
  const config = parseTextEncoderConfig(json, 'bench');
  return requestedWeights((g, weights) => {
    const ids = g.input('ids', [1, 77], 'int32');
    return { context: textTower(g, weights, config, tokenEmbeddings(g, weights, config, ids)) };
  }).shapes;
}

function clipShapes(): Shapes {
  const config = parseClipConfig(configs.CLIP_B32, 'bench');
  const preprocessor = parsePreprocessorConfig(configs.CLIP_B32_PREPROCESSOR, 'bench', 224);
  return requestedWeights((g, weights) => {
    const ids = g.input('ids', [1, 77], 'int32');
    const eosIndex = g.input('eosIndex', [1], 'int32');
    const image = g.input('image', [1, 3, 512, 512]);
    return {
      text: clipTextEmbedding(g, weights, config, { ids, eosIndex }),
      image: clipImageEmbedding(g, weights, config, preprocessImage(g, preprocessor, image)),
    };
  }).shapes;
}

function writeJson(path: string, json: unknown): void {
  writeFileSync(path, JSON.stringify(json));
}
