/** @file Models of the published sizes without their weights: configurations, and addresses where nothing lies. For what counts and does not run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseClipConfig } from '../../src/checkpoint/clip-config.ts';
import { clipPreprocessor } from '../../src/checkpoint/preprocessor-config.ts';
import { parseTextEncoderConfig } from '../../src/checkpoint/text-encoder-config.ts';
import { parseUnetConfig } from '../../src/checkpoint/unet-config.ts';
import { parseVaeConfig } from '../../src/checkpoint/vae-config.ts';
import type { CountedClip, CountedModel } from '../../src/diffusion/estimate-memory.ts';
import type { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../../src/models/clip-scorer.ts';
import { requestedWeights } from '../../src/models/requested-weights.ts';
import { projectedTextTower, textTower, tokenEmbeddings } from '../../src/models/text-encoder.ts';
import { unet } from '../../src/models/unet.ts';
import { vaeDecoder } from '../../src/models/vae-decoder.ts';
import { STORED_BYTES, type StoredDType, type WeightSource } from '../../src/tensor/stored-tensor.ts';
import { sizeOf } from '../../src/tensor/tensor.ts';

type Build = Parameters<typeof requestedWeights>[0];
type Family = 'stable-diffusion-1' | 'stable-diffusion-2-base' | 'stable-diffusion-xl';

const ROOT = join(import.meta.dirname, '../../configurations');

/** What the estimates read of a model of `family`; its weights are stored as `dtype`. */
export async function fullSizeModel(family: Family, dtype: StoredDType = 'float32'): Promise<CountedModel> {
  const read = async (part: string): Promise<unknown> =>
    JSON.parse(await readFile(join(ROOT, family, part, 'config.json'), 'utf8'));
  const component = <C>(name: string, config: C, build: Build) => ({
    config,
    weights: addresses(name, build, dtype),
  });
  const isXl = family === 'stable-diffusion-xl';
  const unetConfig = parseUnetConfig(await read('unet'), family);
  const vaeConfig = parseVaeConfig(await read('vae'), family);
  const textConfig = parseTextEncoderConfig(await read('text_encoder'), family);
  const second = isXl ? parseTextEncoderConfig(await read('text_encoder_2'), family) : undefined;
  const ids = (g: GraphBuilder) => g.input('ids', [1, 77], 'int32');
  return {
    textEncoder: component('text', textConfig, (g, w) => ({
      context: textTower(g, w, textConfig, tokenEmbeddings(g, w, textConfig, ids(g))),
    })),
    ...(second && {
      textEncoder2: component('text2', second, (g, w) => ({
        ...projectedTextTower(g, w, second, {
          embeddings: tokenEmbeddings(g, w, second, ids(g)),
          end: g.input('end', [1, 77]),
        }),
      })),
    }),
    unet: component('unet', unetConfig, (g, w) => ({
      output: unet(g, w, unetConfig, {
        sample: g.input('sample', [1, 4, 64, 64]),
        timestep: g.input('timestep', [1]),
        context: g.input('context', [1, 77, unetConfig.crossAttentionDim]),
        ...(second && { pooled: g.input('pooled', [1, 1280]), timeIds: g.input('timeIds', [1, 6]) }),
      }),
    })),
    vae: component('vae', vaeConfig, (g, w) => ({
      image: vaeDecoder(g, w, vaeConfig, g.input('latents', [1, 4, 64, 64])),
    })),
  };
}

/** A CLIP of ViT-L/14's size. */
export function fullSizeClip(name = 'clip'): CountedClip {
  const layers = (hiddenSize: number, count: number) => ({
    hidden_size: hiddenSize,
    intermediate_size: hiddenSize * 4,
    num_hidden_layers: count,
    num_attention_heads: hiddenSize / 64,
  });
  const json = {
    model_type: 'clip',
    projection_dim: 768,
    text_config: layers(768, 12),
    vision_config: { ...layers(1024, 24), image_size: 224, patch_size: 14 },
  };
  const config = parseClipConfig(json, name);
  const weights = addresses(
    name,
    (g, w) => ({
      image: clipImageEmbedding(g, w, config, g.input('pixels', [1, 3, 224, 224])),
      text: clipTextEmbedding(g, w, config, {
        ids: g.input('ids', [1, 77], 'int32'),
        eosIndex: g.input('eosIndex', [1], 'int32'),
      }),
    }),
    'float32',
  );
  return { config, preprocessor: clipPreprocessor(224), weights };
}

/** The weights that `build` asks for, one after another in a file that is not there. */
function addresses(name: string, build: Build, dtype: StoredDType): WeightSource {
  const { shapes } = requestedWeights(build);
  let offset = 0;
  const stored = new Map(
    [...shapes].map(([key, shape]) => {
      const byteLength = sizeOf(shape) * STORED_BYTES[dtype];
      offset += byteLength;
      return [key, { key, dtype, shape, path: `/${name}`, offset: offset - byteLength, byteLength }];
    }),
  );
  return { name, find: (key) => stored.get(key), keys: () => stored.keys() };
}
