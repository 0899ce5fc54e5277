/** @file A CLIP model under OpenCLIP's names gives the embeddings that it gives under Hugging Face's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openClipWeights } from '../../src/checkpoint/open-clip-keys.ts';
import { readFloatTensor, writeSafetensors } from '../../src/checkpoint/safetensors.ts';
import { openWeights } from '../../src/checkpoint/weight-source.ts';
import { clipImageEmbedding, clipTextEmbedding } from '../../src/models/clip-scorer.ts';
import type { WeightSource } from '../../src/tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor, intTensor } from '../../src/tensor/tensor.ts';
import { relativeError, runGraph } from './run-graph.ts';
import { openSd1Fixture } from './sd1-fixture.ts';

const { scorer, known, knownIds } = await openSd1Fixture();
const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-open-clip-'));
afterAll(() => rm(dir, { recursive: true }));

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

/** The scorer's weights as an OpenCLIP file: the opposite direction of what is tested, written apart from it. */
async function inOpenClip(weights: WeightSource): Promise<Map<string, FloatTensor>> {
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

const path = join(dir, 'open_clip_model.safetensors');
await writeSafetensors(path, await inOpenClip(scorer.weights));
const view = openClipWeights(await openWeights(path));

test('text and image embeddings are those of the Hugging Face layout', async () => {
  const ids = knownIds('ids.prompt');
  const eosIndex = intTensor([1], [ids.data.indexOf(scorer.config.text.eosTokenId)]);
  const text = await runGraph({ ids, eosIndex }, (g, nodes) =>
    clipTextEmbedding(g, view, scorer.config, nodes),
  );
  expect(relativeError(text, known('scorer.text'))).toBeLessThan(1e-4);
  const pixels = known('image');
  const embed = (weights: WeightSource) =>
    runGraph({ pixels }, (g, nodes) => clipImageEmbedding(g, weights, scorer.config, nodes.pixels));
  expect(relativeError(await embed(view), await embed(scorer.weights))).toBeLessThan(1e-6);
});
