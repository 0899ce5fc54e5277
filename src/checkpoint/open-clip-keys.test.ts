import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, halfBytesOf } from '../../tests/checkpoint/weight-bytes.ts';
import { huggingFaceNames, openClipWeights } from './open-clip-keys.ts';
import { readFloatTensor } from './safetensors.ts';
import { openWeights } from './weight-source.ts';

const FOLDER = join(import.meta.dirname, '../../tests/fixtures/sdxl');

const single = await openWeights(join(FOLDER, 'single_file.safetensors'));
const view = openClipWeights(single, 'conditioner.embedders.1.model.');
const folder = await openWeights(join(FOLDER, 'text_encoder_2/model.safetensors'));

test('every tensor of the folder has an address of equal shape and rounded values', async () => {
  const turned = 'text_projection.weight';
  const names = [...folder.keys()].filter((key) => key !== turned);
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const stored = view.find(name);
    expect(stored?.shape, name).toEqual(folder.find(name)!.shape);
    expect((await bytesOf(stored!)).equals(await halfBytesOf(folder.find(name)!)), name).toBe(true);
  }
  expect([...view.keys()].toSorted()).toEqual([...names, 'logit_scale', 'text_projection'].toSorted());
});

test('the projection lies the other way round and does not pretend otherwise', async () => {
  expect(view.find('text_projection.weight')).toBeUndefined();
  const turned = await readFloatTensor(view.find('text_projection')!);
  const plain = await readFloatTensor(folder.find('text_projection.weight')!);
  const [rows, columns] = plain.shape as [number, number];
  expect(turned.shape).toEqual([columns, rows]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const expected = plain.data[row * columns + column]!;
      expect(Math.abs(turned.data[column * rows + row]! - expected)).toBeLessThanOrEqual(1e-3);
    }
  }
});

test('rows of the joint projection are addresses inside one tensor', () => {
  const [query, key, value] = ['q', 'k', 'v'].map(
    (part) => view.find(`text_model.encoder.layers.1.self_attn.${part}_proj.weight`)!,
  );
  expect(key!.offset - query!.offset).toBe(query!.byteLength);
  expect(value!.offset - key!.offset).toBe(key!.byteLength);
  expect(query!.key).toBe('conditioner.embedders.1.model.transformer.resblocks.1.attn.in_proj_weight');
});

test.each([
  ['visual.transformer.resblocks.11.mlp.c_proj.bias', 'vision_model.encoder.layers.11.mlp.fc2.bias'],
  ['visual.ln_pre.weight', 'vision_model.pre_layrnorm.weight'],
  ['visual.proj', 'visual_projection'],
  ['transformer.resblocks.3.ln_2.weight', 'text_model.encoder.layers.3.layer_norm2.weight'],
])('%s is %s', (key, name) => {
  expect(huggingFaceNames(key)).toEqual([[name, {}]]);
});

test.each([
  'attn_mask',
  'transformer.resblocks.0.attn.bias_k',
  'transformer.resblocks.0.constructor.weight',
  'toString',
])('%s is nothing that CLIP has', (key) => {
  expect(huggingFaceNames(key)).toEqual([]);
});
