import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDiffusersFolder } from './diffusers-folder.ts';
import { readFloatTensor, readSafetensors, writeSafetensors } from './safetensors.ts';

const FIXTURE = join(import.meta.dirname, '../../tests/fixtures/sdxl');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-sdxl-'));
  await cp(FIXTURE, dir, { recursive: true, filter: (path) => !/lora|single_file|reference/.test(path) });
});
afterEach(() => rm(dir, { recursive: true }));

async function edit(file: string, changes: object): Promise<void> {
  const path = join(dir, file);
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...changes }));
}

/** Cuts a component's weights in two files with an index, as the hub has large ones. */
async function shard(folder: string, stem: string, variant: '' | 'fp16'): Promise<void> {
  const whole = join(dir, folder, `${stem}.safetensors`);
  const tensors = [...(await readSafetensors(whole))];
  const dotted = variant === '' ? '' : `.${variant}`;
  const map: Record<string, string> = {};
  for (const [i, part] of [tensors.slice(0, 5), tensors.slice(5)].entries()) {
    const name = `${stem}${dotted}-0000${i + 1}-of-00002.safetensors`;
    await writeSafetensors(join(dir, folder, name), new Map(part));
    for (const [key] of part) map[key] = name;
  }
  await rm(whole);
  const index = join(dir, folder, `${stem}.safetensors.index${dotted}.json`);
  await writeFile(index, JSON.stringify({ metadata: {}, weight_map: map }));
}

describe('openDiffusersFolder() of Stable Diffusion XL', () => {
  it('opens both text encoders, each with its tokenizer', async () => {
    const folder = await openDiffusersFolder(FIXTURE);
    expect(folder).toMatchObject({ family: 'stable-diffusion-xl', forceZerosForEmptyPrompt: true });
    expect(folder.textEncoder.config).toMatchObject({ hiddenSize: 32, hiddenAct: 'quick_gelu' });
    expect(folder.textEncoder2!.config).toMatchObject({
      hiddenSize: 64,
      hiddenAct: 'gelu',
      projectionDim: 40,
    });
    expect([folder.tokenizer.padTokenId, folder.tokenizer2!.padTokenId]).toEqual([913, 0]);
    expect(folder.textEncoder2!.weights.find('text_projection.weight')?.shape).toEqual([40, 64]);
    expect(folder.unet.config).toMatchObject({ transformerLayersPerBlock: [1, 2], additionTimeEmbedDim: 8 });
  });

  it.each([
    [{ force_zeros_for_empty_prompt: false }, false],
    [{ force_zeros_for_empty_prompt: undefined }, true],
  ])('takes from the index whether an empty negative prompt is zeros: %j', async (changes, expected) => {
    await edit('model_index.json', changes);
    expect((await openDiffusersFolder(dir)).forceZerosForEmptyPrompt).toBe(expected);
  });

  it('opens sharded weights and half-precision variants, and what the hub lists besides', async () => {
    await edit('model_index.json', { feature_extractor: [null, null], image_encoder: [null, null] });
    await edit('model_index.json', { add_watermarker: null });
    const key = 'text_model.embeddings.token_embedding.weight';
    const whole = (await openDiffusersFolder(dir)).textEncoder2!.weights.find(key)!;
    const expected = await readFloatTensor(whole);
    await shard('unet', 'diffusion_pytorch_model', 'fp16');
    await shard('text_encoder_2', 'model', '');
    await rename(
      join(dir, 'vae/diffusion_pytorch_model.safetensors'),
      join(dir, 'vae/diffusion_pytorch_model.fp16.safetensors'),
    );
    const folder = await openDiffusersFolder(dir);
    expect(await readFloatTensor(folder.textEncoder2!.weights.find(key)!)).toEqual(expected);
    expect(folder.unet.weights.find('add_embedding.linear_1.weight')?.shape).toEqual([64, 88]);
    expect(folder.vae.weights.find('post_quant_conv.weight')).toBeDefined();
  });

  it('takes the shorter of two lengths for both encoders, whose contexts lie side by side', async () => {
    await edit('tokenizer_2/tokenizer_config.json', { model_max_length: 20 });
    const { tokenizer, tokenizer2 } = await openDiffusersFolder(dir);
    expect([tokenizer.maxLength, tokenizer2!.maxLength]).toEqual([20, 20]);
  });

  it('says which of its two halves is missing', async () => {
    await rm(join(dir, 'text_encoder_2'), { recursive: true });
    await rm(join(dir, 'tokenizer_2'), { recursive: true });
    await expect(openDiffusersFolder(dir)).rejects.toThrow(
      /lacks text_encoder_2\/config.json, tokenizer_2\/vocab.json and merges.txt/,
    );
  });

  it.each([
    ['model_index.json', { requires_aesthetics_score: true }, /the refiner of Stable Diffusion XL/],
    [
      'unet/config.json',
      { projection_class_embeddings_input_dim: 80 },
      /five sizes and scores, as SDXL's refiner/,
    ],
    [
      'unet/config.json',
      { projection_class_embeddings_input_dim: 99 },
      /is 99, where a pooled prompt of 40 and six sizes of 8 make 88/,
    ],
    [
      'unet/config.json',
      { addition_time_embed_dim: null },
      /needs "addition_time_embed_dim", and there is none/,
    ],
    [
      'unet/config.json',
      { addition_embed_type: null },
      /two text encoders, the UNet has no "addition_embed_type"/,
    ],
    ['unet/config.json', { cross_attention_dim: 64 }, /a context 64 wide, the text encoders give 96/],
    ['unet/config.json', { in_channels: 9 }, /as models for inpainting/],
    ['text_encoder_2/config.json', { projection_dim: 24 }, /is 88, where a pooled prompt of 24/],
    ['text_encoder_2/config.json', { vocab_size: 900 }, /ids up to 913, but .* 900 embeddings/],
    ['text_encoder_2/config.json', { model_type: 't5' }, /"model_type" is "t5"/],
  ])('refuses %s with %j', async (file, changes, message) => {
    await edit(file, changes);
    await expect(openDiffusersFolder(dir)).rejects.toMatchObject({
      name: 'DpoError',
      message: expect.stringMatching(message),
    });
  });
});
