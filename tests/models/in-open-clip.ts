/** @file A CLIP model's weights under OpenCLIP's names: the opposite direction of what `src/checkpoint/open-clip-keys.ts` does, written apart from it. */
import { readFloatTensor } from '../../src/checkpoint/safetensors.ts';
import type { WeightSource } from '../../src/tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor } from '../../src/tensor/tensor.ts';

const RENAMES: readonly (readonly [RegExp, string])[] = [
  [/^text_model\.embeddings\.position_embedding\.weight$/, 'positional_embedding'],
  [/^text_model\.embeddings\./, ''],
  [/^text_model\.final_layer_norm/, 'ln_final'],
  [/^text_model\.encoder\.layers\./, 'transformer.resblocks.'],
  [/^vision_model\.embeddings\.position_embedding\.weight$/, 'visual.positional_embedding'],
  [/^vision_model\.embeddings\.patch_embedding/, 'visual.conv1'],
  [/^vision_model\.embeddings\./, 'visual.'],
  [/^vision_model\.pre_layrnorm/, 'visual.ln_pre'],
  [/^vision_model\.post_layernorm/, 'visual.ln_post'],
  [/^vision_model\.encoder\.layers\./, 'visual.transformer.resblocks.'],
  [/layer_norm(\d)/, 'ln_$1'],
  [/self_attn\.out_proj/, 'attn.out_proj'],
  [/mlp\.fc1/, 'mlp.c_fc'],
  [/mlp\.fc2/, 'mlp.c_proj'],
];

const PROJECTIONS: Readonly<Record<string, string>> = {
  'text_projection.weight': 'text_projection',
  'visual_projection.weight': 'visual.proj',
};

/** The weights as an OpenCLIP file has them. */
export async function inOpenClip(weights: WeightSource): Promise<Map<string, FloatTensor>> {
  const out = new Map<string, FloatTensor>();
  for (const key of weights.keys()) {
    const tensor = await readFloatTensor(weights.find(key)!);
    const projection = PROJECTIONS[key];
    const joint = /^(.*)self_attn\.([qkv])_proj\.(weight|bias)$/.exec(key);
    if (projection !== undefined) out.set(projection, transposed(tensor));
    else if (joint)
      addRows(out, renamed(`${joint[1]}attn.in_proj_${joint[3]}`), 'qkv'.indexOf(joint[2]!), tensor);
    else out.set(renamed(key), tensor);
  }
  return out;
}

function renamed(key: string): string {
  return RENAMES.reduce((name, [pattern, by]) => name.replace(pattern, by), key);
}

function transposed({ shape, data }: FloatTensor): FloatTensor {
  const [rows, columns] = shape as [number, number];
  const turned = Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!,
  );
  return floatTensor([columns, rows], turned);
}

function addRows(
  out: Map<string, FloatTensor>,
  key: string,
  part: number,
  { shape, data }: FloatTensor,
): void {
  const whole = out.get(key) ?? floatTensor([3 * shape[0]!, ...shape.slice(1)]);
  whole.data.set(data, part * data.length);
  out.set(key, whole);
}
