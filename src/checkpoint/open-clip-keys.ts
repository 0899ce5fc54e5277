/**
 * @file OpenCLIP's names of a CLIP model's weights, under Hugging Face's. SD 2, SDXL's second text encoder and HPSv2 come so.
 *
 * The two projections are products from the left in OpenCLIP, `x @ projection` with `[width, projection]`, the transpose of
 * Hugging Face's layer. They keep a name without `.weight` (`text_projection`, `visual_projection`), by which
 * `Layers.linear` knows that a matrix lies the other way round.
 */
import type { WeightSource } from '../tensor/stored-tensor.ts';
import { renamedWeights, type StoredName } from './renamed-weights.ts';

const SINGLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'token_embedding.weight': 'text_model.embeddings.token_embedding.weight',
    positional_embedding: 'text_model.embeddings.position_embedding.weight',
    'ln_final.weight': 'text_model.final_layer_norm.weight',
    'ln_final.bias': 'text_model.final_layer_norm.bias',
    text_projection: 'text_projection',
    'text_projection.weight': 'text_projection.weight',
    logit_scale: 'logit_scale',
    'visual.conv1.weight': 'vision_model.embeddings.patch_embedding.weight',
    'visual.class_embedding': 'vision_model.embeddings.class_embedding',
    'visual.positional_embedding': 'vision_model.embeddings.position_embedding.weight',
    // Hugging Face's own spelling.
    'visual.ln_pre.weight': 'vision_model.pre_layrnorm.weight',
    'visual.ln_pre.bias': 'vision_model.pre_layrnorm.bias',
    'visual.ln_post.weight': 'vision_model.post_layernorm.weight',
    'visual.ln_post.bias': 'vision_model.post_layernorm.bias',
    'visual.proj': 'visual_projection',
  }),
);

const LAYERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ln_1: 'layer_norm1',
    ln_2: 'layer_norm2',
    'attn.out_proj': 'self_attn.out_proj',
    'mlp.c_fc': 'mlp.fc1',
    'mlp.c_proj': 'mlp.fc2',
  }),
);

/** In the order in which `in_proj` holds their rows. */
const IN_PROJECTIONS = ['q_proj', 'k_proj', 'v_proj'] as const;

const BLOCK = /^(visual\.)?transformer\.resblocks\.(\d+)\.(.+?)[._](weight|bias)$/;

/**
 * A view with Hugging Face's CLIP names over OpenCLIP names.
 * @param prefix what stands before OpenCLIP's names in `source`, such as `cond_stage_model.model.`; keys without it are left out
 */
export function openClipWeights(source: WeightSource, prefix = ''): WeightSource {
  const names = new Map<string, StoredName>();
  for (const key of source.keys()) {
    if (!key.startsWith(prefix)) continue;
    for (const [name, stored] of huggingFaceNames(key.slice(prefix.length))) {
      names.set(name, { ...stored, key });
    }
  }
  return renamedWeights(source, names);
}

/** Hugging Face's names for what OpenCLIP calls `key`: none, one, or the three that share its rows. */
export function huggingFaceNames(key: string): readonly [string, Omit<StoredName, 'key'>][] {
  const single = SINGLE.get(key);
  if (single !== undefined) return [[single, {}]];
  const block = BLOCK.exec(key);
  if (!block) return [];
  const [, visual, index, layer, kind] = block as unknown as [
    string,
    string | undefined,
    string,
    string,
    string,
  ];
  const module = `${visual ? 'vision_model' : 'text_model'}.encoder.layers.${index}`;
  if (layer === 'attn.in_proj') {
    return IN_PROJECTIONS.map((name, row) => [
      `${module}.self_attn.${name}.${kind}`,
      { part: { index: row, of: IN_PROJECTIONS.length } },
    ]);
  }
  const known = LAYERS.get(layer);
  return known === undefined ? [] : [[`${module}.${known}.${kind}`, {}]];
}
