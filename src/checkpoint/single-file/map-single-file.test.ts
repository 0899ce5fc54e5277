import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, halfBytesOf } from '../../../tests/checkpoint/weight-bytes.ts';
import type { WeightSource } from '../../tensor/stored-tensor.ts';
import { openSafetensors } from '../safetensors.ts';
import { fileWeights, openWeights } from '../weight-source.ts';
import { mapSingleFile, type SingleFileComponent } from './map-single-file.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures');

async function mapped(family: string) {
  const file = await openSafetensors(join(FIXTURES, family, 'single_file.safetensors'));
  return mapSingleFile(fileWeights(file), file.entries.keys());
}

/** Tensors whose bytes agree, and how many there are; the first that does not is named. */
async function agreeing(view: WeightSource, folder: WeightSource): Promise<number> {
  const turned = view.find('text_projection') !== undefined;
  let count = 0;
  for (const key of folder.keys()) {
    if (turned && key === 'text_projection.weight') continue;
    const stored = view.find(key);
    const original = folder.find(key)!;
    expect(stored?.shape, key).toEqual(original.shape);
    expect((await bytesOf(stored!)).equals(await halfBytesOf(original)), key).toBe(true);
    count++;
  }
  return count;
}

const FOLDERS: Readonly<Record<SingleFileComponent, string>> = {
  unet: 'unet/diffusion_pytorch_model.safetensors',
  vae: 'vae/diffusion_pytorch_model.safetensors',
  text_encoder: 'text_encoder/model.safetensors',
  text_encoder_2: 'text_encoder_2/model.safetensors',
};

describe.each([
  ['sd1', ['unet', 'vae', 'text_encoder'], 480],
  ['sd2', ['unet', 'vae', 'text_encoder'], 480],
  // All but the projection, which lies the other way round.
  ['sdxl', ['unet', 'vae', 'text_encoder', 'text_encoder_2'], 656],
] as const)('the single file of %s', (family, components, tensors) => {
  test('holds each parameter of the folder, of equal shape, rounded to half', async () => {
    const file = await mapped(family);
    expect([...file.components.keys()].toSorted()).toEqual([...components].toSorted());
    let count = 0;
    for (const component of components) {
      const folder = await openWeights(join(FIXTURES, family, FOLDERS[component]));
      count += await agreeing(file.components.get(component)!, folder);
    }
    expect(count).toBe(tensors);
  });

  test('has no key that nothing knows, and names what is of no use', async () => {
    const { unknown, ignored } = await mapped(family);
    expect(unknown).toEqual([]);
    expect(ignored.length).toBeGreaterThan(0);
    for (const key of ignored)
      expect(key).toMatch(/alphas|betas|posterior|sigmas|position_ids|logit_scale|text_projection/);
  });
});

test('keys that nothing knows are named, whatever they are', () => {
  const anyKey = fc.oneof(
    fc.string(),
    fc
      .constantFrom('model.diffusion_model.', 'first_stage_model.', 'cond_stage_model.model.')
      .chain((prefix) => fc.string().map((rest) => prefix + rest)),
    fc.constantFrom(
      'model.diffusion_model.input_blocks.1.2.weight',
      'model.diffusion_model.input_blocks.0.1.in_layers.0.weight',
      'model.diffusion_model.time_stack.0.weight',
      'model.diffusion_model.output_blocks.1.0.constructor',
    ),
  );
  fc.assert(
    fc.property(fc.uniqueArray(anyKey), (keys) => {
      const file = mapSingleFile({ name: 'made up', find: () => undefined, keys: () => keys });
      const named = new Set([...file.unknown, ...file.ignored]);
      for (const key of keys) {
        if (!named.has(key))
          expect(key).toMatch(/^(model\.diffusion_model|first_stage_model|cond_stage_model)\./);
      }
      expect(file.unknown).not.toContain('betas');
    }),
  );
  const odd = 'model.diffusion_model.input_blocks.1.2.weight';
  expect(mapSingleFile({ name: 'one', find: () => undefined, keys: () => [odd] }).unknown).toEqual([odd]);
});
