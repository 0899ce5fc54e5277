/**
 * @file Writes a whole model of a published one's size with random weights, in the diffusers layout, with CLIP ViT-B/32 as its scorer: what
 * memory a run takes does not depend on the values. The tokenizers are small ones; the tables of embeddings have their full size.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseClipConfig } from '../../src/checkpoint/clip-config.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../../src/models/clip-scorer.ts';
import { requestedWeights } from '../../src/models/requested-weights.ts';
import type { WeightSource } from '../../src/tensor/stored-tensor.ts';
import type { Shape } from '../../src/tensor/tensor.ts';
import { fullSizeModel } from '../../tests/checkpoint/full-size-model.ts';
import { type WeightDType, writeRandomWeights } from './random-weights.ts';

const CONFIGURATIONS = fileURLToPath(new URL('../../configurations', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../../tests/fixtures', import.meta.url));

export type SyntheticFamily = 'stable-diffusion-1' | 'stable-diffusion-xl';

const CLIP_B32 = {
  model_type: 'clip',
  projection_dim: 512,
  text_config: {
    hidden_size: 512,
    intermediate_size: 2048,
    num_attention_heads: 8,
    num_hidden_layers: 12,
    vocab_size: 49408,
  },
  vision_config: {
    hidden_size: 768,
    intermediate_size: 3072,
    num_attention_heads: 12,
    num_hidden_layers: 12,
    image_size: 224,
    patch_size: 32,
  },
};

/** How CLIP models of 224 pixels prepare their pictures. */
const PREPROCESSOR = {
  crop_size: { height: 224, width: 224 },
  size: { shortest_edge: 224 },
  resample: 3,
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
};

/** Fills `dir`: as float16 2.7 GB for `stable-diffusion-1`, 7.5 GB for `stable-diffusion-xl`; twice that as float32. */
export async function writeSyntheticModel(
  dir: string,
  family: SyntheticFamily,
  dtype: WeightDType,
): Promise<void> {
  cpSync(join(CONFIGURATIONS, family), dir, { recursive: true });
  const fixture = join(FIXTURES, family === 'stable-diffusion-xl' ? 'sdxl' : 'sd1');
  const tokenizers = family === 'stable-diffusion-xl' ? ['tokenizer', 'tokenizer_2'] : ['tokenizer'];
  for (const name of tokenizers) cpSync(join(fixture, name), join(dir, name), { recursive: true });
  const { unet, vae, textEncoder, textEncoder2 } = await fullSizeModel(family, dtype);
  const write = (folder: string, stem: string, { weights }: { readonly weights: WeightSource }) =>
    writeRandomWeights(join(dir, folder, `${stem}.safetensors`), shapesOf(weights), dtype);
  await write('unet', 'diffusion_pytorch_model', unet);
  await write('vae', 'diffusion_pytorch_model', vae);
  await write('text_encoder', 'model', textEncoder);
  if (textEncoder2) await write('text_encoder_2', 'model', textEncoder2);
  await writeScorer(join(dir, 'scorer'));
}

/** Published as float32. */
async function writeScorer(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'config.json'), JSON.stringify(CLIP_B32));
  writeFileSync(join(dir, 'preprocessor_config.json'), JSON.stringify(PREPROCESSOR));
  const config = parseClipConfig(CLIP_B32, 'bench');
  const { shapes } = requestedWeights((g, weights) => ({
    image: clipImageEmbedding(g, weights, config, g.input('pixels', [1, 3, 224, 224])),
    text: clipTextEmbedding(g, weights, config, {
      ids: g.input('ids', [1, 77], 'int32'),
      eosIndex: g.input('eosIndex', [1], 'int32'),
    }),
  }));
  await writeRandomWeights(join(dir, 'model.safetensors'), shapes, 'float32');
}

function shapesOf(weights: WeightSource): ReadonlyMap<string, Shape> {
  return new Map([...weights.keys()].map((key) => [key, weights.find(key)!.shape]));
}
