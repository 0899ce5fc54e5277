import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { WeightSource } from '../../tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor } from '../../tensor/tensor.ts';
import { openDiffusersFolder } from '../diffusers-folder.ts';
import { readFloatTensor, readSafetensors, writeSafetensors } from '../safetensors.ts';
import { mapSingleFile } from '../single-file/map-single-file.ts';
import { openSingleFile } from '../single-file/open-single-file.ts';
import { openWeights } from '../weight-source.ts';
import { withLoras } from './apply-loras.ts';
import { type LoraTargets, loraFamily, matchLora } from './match-lora.ts';
import { readLora } from './read-lora.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures');
const root = await mkdtemp(join(tmpdir(), 'dpo-lora-'));
afterAll(() => rm(root, { recursive: true }));

const cacheDir = join(root, 'cache');
const loraOf = (family: string, name: string) => join(FIXTURES, family, 'lora', `${name}.safetensors`);
const sd1 = await openDiffusersFolder(join(FIXTURES, 'sd1'));

async function targetsOf(family: string): Promise<LoraTargets> {
  const components = {
    unet: 'unet/diffusion_pytorch_model.safetensors',
    text_encoder: 'text_encoder/model.safetensors',
    ...(family === 'sdxl' && { text_encoder_2: 'text_encoder_2/model.safetensors' }),
  };
  const sources = await Promise.all(
    Object.entries(components).map(
      async ([component, file]) => [component, await openWeights(join(FIXTURES, family, file))] as const,
    ),
  );
  return new Map(sources) as unknown as LoraTargets;
}

const written = async (
  name: string,
  tensors: Record<string, FloatTensor>,
  metadata?: Record<string, string>,
) => {
  const path = join(root, `${name}.safetensors`);
  await writeSafetensors(path, new Map(Object.entries(tensors)), metadata);
  return path;
};

const valuesAt = async (weights: WeightSource, key: string) =>
  (await readFloatTensor(weights.find(key)!)).data;

describe.each([
  ['sd1', 92, 60],
  ['sd2', 92, 60],
  ['sdxl', 170, 120],
])('every layer of every style matches a weight of %s', (family, layers, attention) => {
  test.each([
    ['kohya', layers],
    ['peft', layers],
    ['peft_alpha', layers],
    ['attention_processor', attention],
  ])('%s', async (name, count) => {
    const matched = matchLora(await readLora(loraOf(family, name)), await targetsOf(family), 2);
    expect(matched.unmatched).toEqual([]);
    expect(new Set(matched.layers.map(({ layer, weight }) => layer.component + weight)).size).toBe(count);
    for (const { layer, isTurned } of matched.layers) {
      expect(layer).toMatchObject({ rank: 4, factor: /kohya|alpha/.test(name) ? 0.5 : 1 });
      expect(isTurned).toBe(false);
    }
  });
});

describe('other spellings of the same file', () => {
  test.each<[string, (key: string) => string]>([
    ['without the UNet’s prefix', (key) => key.replace(/^unet\./, '')],
    ['with peft’s own prefix', (key) => `base_model.model.${key}`],
    ['of late 2023', (key) => key.replace('lora_A', 'lora.down').replace('lora_B', 'lora.up')],
  ])('%s', async (_, spelt) => {
    const tensors = await readSafetensors(loraOf('sd1', 'peft'));
    const respelt = [...tensors].map(([key, tensor]) => [spelt(key), tensor as FloatTensor] as const);
    const path = await written('respelt', Object.fromEntries(respelt));
    const [plain, other] = await Promise.all([readLora(loraOf('sd1', 'peft')), readLora(path)]);
    const targets = await targetsOf('sd1');
    const weights = (lora: typeof plain) =>
      matchLora(lora, targets, 2)
        .layers.map(({ weight }) => weight)
        .toSorted();
    expect(weights(other)).toEqual(weights(plain));
  });

  test('original block names, for a family whose trainers use the others', async () => {
    const path = await written('original', {
      'lora_unet_input_blocks_3_0_op.lora_down.weight': floatTensor([1, 16, 3, 3]),
      'lora_unet_input_blocks_3_0_op.lora_up.weight': floatTensor([16, 1, 1, 1]),
      'diffusion_model.middle_block.1.proj_in.lora_A.weight': floatTensor([1, 32]),
      'diffusion_model.middle_block.1.proj_in.lora_B.weight': floatTensor([32, 1]),
    });
    const { layers } = matchLora(await readLora(path), await targetsOf('sd1'), 2);
    expect(layers.map(({ weight }) => weight)).toEqual([
      'down_blocks.0.downsamplers.0.conv.weight',
      'mid_block.attentions.0.proj_in.weight',
    ]);
  });
});

describe('withLoras()', () => {
  const proj = 'mid_block.attentions.0.proj_in.weight';
  const down = floatTensor(
    [2, 32, 1, 1],
    Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)),
  );
  const up = floatTensor(
    [32, 2, 1, 1],
    Float32Array.from({ length: 64 }, (_, i) => Math.cos(i)),
  );
  const pair = {
    'unet.mid_block.attentions.0.proj_in.lora_A.weight': down,
    'unet.mid_block.attentions.0.proj_in.lora_B.weight': up,
  };
  const delta = (o: number, i: number) =>
    up.data[2 * o]! * down.data[i]! + up.data[2 * o + 1]! * down.data[32 + i]!;

  test('adds several, each by its scale and alpha, and leaves all other weights where they are', async () => {
    const one = await written('one', {
      ...pair,
      'unet.mid_block.attentions.0.proj_in.alpha': floatTensor([], [1]),
    });
    const two = await written('two', pair);
    const loras = [
      { path: one, scale: 0.8 },
      { path: two, scale: -0.5 },
    ];
    const model = await withLoras(sd1, loras, { cacheDir });
    const [before, after] = [
      await valuesAt(sd1.unet.weights, proj),
      await valuesAt(model.unet.weights, proj),
    ];
    for (let at = 0; at < before.length; at++) {
      const expected = before[at]! + (0.8 * 0.5 - 0.5) * delta(Math.floor(at / 32), at % 32);
      expect(after[at]).toBeCloseTo(expected, 5);
    }
    expect(model.unet.weights.find(proj)).toMatchObject({ dtype: 'float32', shape: [32, 32, 1, 1] });
    expect(model.unet.weights.find('conv_in.weight')).toEqual(sd1.unet.weights.find('conv_in.weight'));
    expect([...model.unet.weights.keys()]).toEqual([...sd1.unet.weights.keys()]);
    expect(model.loras).toMatchObject([
      { name: 'one', scale: 0.8 },
      { name: 'two', scale: -0.5 },
    ]);
    expect(model.loras![0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('reaches a projection that lies the other way round', async () => {
    const single = await openWeights(join(FIXTURES, 'sdxl/single_file.safetensors'));
    const weights = mapSingleFile(single).components.get('text_encoder_2')!;
    const model = { ...sd1, textEncoder2: { config: sd1.textEncoder.config, weights } };
    const [a, b] = [
      floatTensor([1, 64], new Array(64).fill(1)),
      floatTensor([40, 1], Array.from(Array(40).keys())),
    ];
    const pair = {
      'lora_te2_text_projection.lora_down.weight': a,
      'lora_te2_text_projection.lora_up.weight': b,
    };
    const path = await written('projection', pair);
    const { textEncoder2 } = await withLoras(model, [{ path, scale: 1 }], { cacheDir });
    const [before, after] = [weights, textEncoder2!.weights].map((of) => valuesAt(of, 'text_projection'));
    expect(textEncoder2!.weights.find('text_projection')?.shape).toEqual([64, 40]);
    const [old, merged] = [await before!, await after!];
    // Column o of `[in, out]` grows by o, to half precision.
    merged.forEach((value, at) => {
      expect(Math.abs(value - old[at]! - (at % 40))).toBeLessThan(0.02);
    });
  });

  test('finds merged weights again, and another scale or file gives others', async () => {
    const dir = join(root, 'again');
    const path = await written('again', pair);
    let merges = 0;
    const merge = (scale: number) =>
      withLoras(sd1, [{ path, scale }], { cacheDir: dir, onMerge: () => merges++ });
    await merge(1);
    await merge(1);
    expect(merges).toBe(1);
    await merge(0.5);
    await written('again', {
      ...pair,
      'unet.mid_block.attentions.0.proj_in.lora_A.weight': floatTensor([2, 32, 1, 1]),
    });
    await merge(1);
    expect(merges).toBe(3);
    expect(await readdir(dir)).toHaveLength(3);
  });

  test('a base in half precision stays so, its joint projections too', async () => {
    const single = join(FIXTURES, 'sd2/single_file.safetensors');
    const half = await openSingleFile(single, { pipelineConfig: join(FIXTURES, 'sd2') });
    const model = await withLoras(half, [{ path: loraOf('sd2', 'kohya'), scale: 1 }], { cacheDir });
    const key = 'text_model.encoder.layers.1.self_attn.k_proj.weight';
    expect(half.textEncoder.weights.find(key)?.path).toBe(single);
    expect(model.textEncoder.weights.find(key)).toMatchObject({ dtype: 'float16', shape: [32, 32] });
    expect(await valuesAt(model.textEncoder.weights, key)).not.toEqual(
      await valuesAt(half.textEncoder.weights, key),
    );
  });

  test('names what matches nothing, and refuses what matches nothing at all', async () => {
    const stray = {
      'unet.mid_block.nowhere.lora_A.weight': down,
      'unet.mid_block.nowhere.lora_B.weight': up,
    };
    const path = await written('stray', { ...pair, ...stray, bundle: floatTensor([1]) });
    const model = await withLoras(sd1, [{ path, scale: 1 }], { cacheDir });
    expect(model.remarks?.[0]).toMatch(
      /1 layers were merged, but 2 match nothing .*bundle, unet: mid_block.nowhere/,
    );
    const alone = await written('alone', stray);
    await expect(withLoras(sd1, [{ path: alone, scale: 1 }], { cacheDir })).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringContaining('another family'),
    });
  });

  test('refuses a LoRA of another family, and says of which', async () => {
    const family = withLoras(sd1, [{ path: loraOf('sdxl', 'peft'), scale: 1 }], { cacheDir });
    await expect(family).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringContaining('does not fit this model'),
    });
    const attention = 'unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k';
    const lora = await readLora(
      await written('xl', {
        [`${attention}.lora_A.weight`]: floatTensor([4, 2048]),
        [`${attention}.lora_B.weight`]: floatTensor([640, 4]),
      }),
    );
    expect(loraFamily(lora)).toBe('Stable Diffusion XL');
  });
});

describe('refuses', () => {
  const a = 'unet.conv_in.lora_A.weight';
  const b = 'unet.conv_in.lora_B.weight';
  test.each<[string, Record<string, FloatTensor>, RegExp, Record<string, string>?]>([
    ['half a layer', { [a]: floatTensor([2, 4, 3, 3]) }, /"conv_in" \(unet\) has no up matrix/],
    [
      'ranks that differ',
      { [a]: floatTensor([2, 4, 3, 3]), [b]: floatTensor([16, 3, 1, 1]) },
      /has the shapes/,
    ],
    [
      'an up that is no 1x1',
      { [a]: floatTensor([2, 4, 3, 3]), [b]: floatTensor([16, 2, 3, 3]) },
      /has the shapes/,
    ],
    [
      'two of one layer',
      { [a]: floatTensor([2, 4]), 'unet.conv_in.lora_down.weight': floatTensor([2, 4]) },
      /same part/,
    ],
    [
      'an alpha that is none',
      {
        [a]: floatTensor([2, 4, 3, 3]),
        [b]: floatTensor([16, 2, 1, 1]),
        'unet.conv_in.alpha': floatTensor([2]),
      },
      /one finite number/,
    ],
    ['another kind', { 'lora_unet_conv_in.hada_w1_a': floatTensor([2, 4]) }, /LoHa/],
    ['no LoRA', { 'conv_in.weight': floatTensor([2, 4]) }, /holds no LoRA/],
    [
      'notes that are no JSON',
      { [a]: floatTensor([2, 4, 3, 3]), [b]: floatTensor([16, 2, 1, 1]) },
      /not JSON/,
      { lora_adapter_metadata: '{' },
    ],
    [
      'notes of DoRA',
      { [a]: floatTensor([2, 4, 3, 3]), [b]: floatTensor([16, 2, 1, 1]) },
      /DoRA/,
      { lora_adapter_metadata: '{"unet.use_dora": true}' },
    ],
  ])('%s', async (_, tensors, sentence, metadata) => {
    await expect(readLora(await written('refused', tensors, metadata))).rejects.toMatchObject({
      isUserError: true,
      message: expect.stringMatching(sentence),
    });
  });

  test('a pickled file', async () => {
    const path = join(root, 'lora.pt');
    await cp(loraOf('sd1', 'peft'), path);
    await expect(readLora(path)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringContaining('pickled LoRA'),
    });
  });
});

test('the header’s notes give alphas, by module and with rank-stabilised scaling', async () => {
  const a = floatTensor([4, 4, 3, 3]);
  const b = floatTensor([16, 4, 1, 1]);
  const tensors = {
    'unet.conv_in.lora_A.weight': a,
    'unet.conv_in.lora_B.weight': b,
    'unet.x.to_q.lora_A.weight': a,
    'unet.x.to_q.lora_B.weight': b,
  };
  const notes = { 'unet.lora_alpha': 8, 'unet.alpha_pattern': { to_q: 2 }, 'unet.r': 4 };
  const factors = async (settings: object) => {
    const path = await written('notes', tensors, { lora_adapter_metadata: JSON.stringify(settings) });
    return (await readLora(path)).layers.map(({ factor }) => factor);
  };
  expect(await factors(notes)).toEqual([2, 0.5]);
  expect(await factors({ ...notes, 'unet.use_rslora': true })).toEqual([4, 1]);
});
