/** @file A CLIP model of OpenCLIP's without its numbers: what graphs are built from. */
import type { StoredTensor, WeightSource } from '../../src/tensor/stored-tensor.ts';
import { type Shape, sizeOf } from '../../src/tensor/tensor.ts';

export interface OpenClipSizes {
  /** Width, width inside the blocks, layers, patch. */
  readonly vision: readonly [number, number, number, number];
  /** Width, layers. */
  readonly text: readonly [number, number];
  readonly embed: number;
}

const VOCABULARY = 49408;
const POSITIONS = 77;
const IMAGE = 224;

/** Addresses of the tensors of a model of `sizes`, in a file that is not there. */
export function openClipShapes({ vision, text, embed }: OpenClipSizes): WeightSource {
  const [width, inner, layers, patch] = vision;
  const shapes: Record<string, Shape> = {
    'visual.conv1.weight': [width, 3, patch, patch],
    'visual.class_embedding': [width],
    'visual.positional_embedding': [(IMAGE / patch) ** 2 + 1, width],
    ...norm('visual.ln_pre', width),
    ...norm('visual.ln_post', width),
    'visual.proj': [width, embed],
    ...blocks('visual.transformer', width, inner, layers),
    'token_embedding.weight': [VOCABULARY, text[0]],
    positional_embedding: [POSITIONS, text[0]],
    ...norm('ln_final', text[0]),
    text_projection: [text[0], embed],
    ...blocks('transformer', text[0], 4 * text[0], text[1]),
  };
  const stored = new Map<string, StoredTensor>();
  let offset = 0;
  for (const [key, shape] of Object.entries(shapes)) {
    const byteLength = 2 * sizeOf(shape);
    stored.set(key, { key, dtype: 'float16', shape, path: '/open_clip.safetensors', offset, byteLength });
    offset += byteLength;
  }
  return { name: '/open_clip.safetensors', find: (key) => stored.get(key), keys: () => stored.keys() };
}

function blocks(tower: string, width: number, inner: number, layers: number): Record<string, Shape> {
  const all = Array.from({ length: layers }, (_, i) => {
    const block = `${tower}.resblocks.${i}`;
    return {
      ...norm(`${block}.ln_1`, width),
      ...norm(`${block}.ln_2`, width),
      [`${block}.attn.in_proj_weight`]: [3 * width, width],
      [`${block}.attn.in_proj_bias`]: [3 * width],
      [`${block}.attn.out_proj.weight`]: [width, width],
      [`${block}.attn.out_proj.bias`]: [width],
      [`${block}.mlp.c_fc.weight`]: [inner, width],
      [`${block}.mlp.c_fc.bias`]: [inner],
      [`${block}.mlp.c_proj.weight`]: [width, inner],
      [`${block}.mlp.c_proj.bias`]: [width],
    };
  });
  return Object.assign({}, ...all);
}

function norm(key: string, width: number): Record<string, Shape> {
  return { [`${key}.weight`]: [width], [`${key}.bias`]: [width] };
}
