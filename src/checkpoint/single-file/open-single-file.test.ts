import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeSparseSafetensors } from '../../../tests/checkpoint/sparse-safetensors.ts';
import { floatTensor } from '../../tensor/tensor.ts';
import { writeSafetensors } from '../safetensors.ts';
import { openSingleFile } from './open-single-file.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures');
const dir = await mkdtemp(join(tmpdir(), 'dpo-single-'));
afterAll(() => rm(dir, { recursive: true }));

const UNET = 'model.diffusion_model.';
/** What tells a published model, and a key of each other component. */
const SHAPES = {
  [`${UNET}input_blocks.0.0.weight`]: [320, 4, 3, 3],
  [`${UNET}input_blocks.1.1.proj_in.weight`]: [320, 320],
  [`${UNET}middle_block.1.transformer_blocks.0.attn2.to_k.weight`]: [1280, 1024],
  'first_stage_model.post_quant_conv.weight': [4, 4, 1, 1],
  'cond_stage_model.model.ln_final.weight': [1024],
};
const TELLING = `${UNET}output_blocks.11.1.transformer_blocks.0.norm1.bias`;

async function written(
  name: string,
  shapes: Record<string, readonly number[]>,
  metadata?: Record<string, string>,
) {
  const path = join(dir, name);
  await writeSparseSafetensors(path, shapes, metadata && { metadata });
  return path;
}

describe('with the configuration of a folder', () => {
  test.each(['sd1', 'sd2'])('%s is the model of the folder', async (family) => {
    const path = join(FIXTURES, family, 'single_file.safetensors');
    const model = await openSingleFile(path, { pipelineConfig: join(FIXTURES, family) });
    expect(model).toMatchObject({ name: 'single_file', dir: path });
    expect(model.unet.weights.find('conv_in.weight')).toMatchObject({ dtype: 'float16', path });
    expect(model.tokenizer.idBound).toBe(914);
    expect(model.scheduler.predictionType).toBe(family === 'sd2' ? 'v_prediction' : 'epsilon');
  });

  test.each([
    ['sd1', 'sdxl', 'Stable Diffusion 1.x by its keys'],
    ['sdxl', 'sd1', 'Stable Diffusion XL by its keys'],
  ])('%s is refused with that of %s, in a sentence', async (family, other, message) => {
    const path = join(FIXTURES, family, 'single_file.safetensors');
    await expect(openSingleFile(path, { pipelineConfig: join(FIXTURES, other) })).rejects.toThrow(message);
  });

  test('what the file lacks is the folder’s, if it has it', async () => {
    const shapes = Object.entries(SHAPES).filter(([key]) => !key.startsWith('first_stage_model'));
    const path = await written('without-vae.safetensors', Object.fromEntries(shapes));
    const folder = join(FIXTURES, 'sd2');
    const model = await openSingleFile(path, { pipelineConfig: folder });
    expect(model.vae.weights.find('decoder.conv_in.weight')?.path).toContain('sd2');
    await expect(openSingleFile(path)).rejects.toMatchObject({
      code: 'INVALID_CHECKPOINT',
      message: expect.stringContaining('it lacks vae'),
    });
  });
});

describe('with the published configuration', () => {
  test('a velocity model of Stable Diffusion 2 is told by its mark, header or weights', async () => {
    const marked = await openSingleFile(
      await written('a.safetensors', { ...SHAPES, v_pred: [0], ztsnr: [0] }),
    );
    expect(marked.scheduler).toMatchObject({
      predictionType: 'v_prediction',
      rescaleBetasZeroSnr: true,
      timestepSpacing: 'trailing',
    });
    expect(marked).toMatchObject({
      remarks: [],
      unet: { config: { sampleSize: 96, heads: [5, 10, 20, 20] } },
    });
    const stated = await openSingleFile(
      await written('b.safetensors', SHAPES, { 'modelspec.architecture': 'stable-diffusion-v2-768-v' }),
    );
    expect(stated.scheduler).toMatchObject({ predictionType: 'v_prediction', rescaleBetasZeroSnr: false });
    const narrow = await openSingleFile(await written('c.safetensors', { ...SHAPES, [TELLING]: [320] }));
    expect(narrow.scheduler.predictionType).toBe('epsilon');
    expect(narrow.unet.config.sampleSize).toBe(64);
    expect(narrow.remarks?.[0]).toContain('epsilon is assumed');
  });

  test('widely spread weights mean velocity, and a choice is not doubted', async () => {
    const wide = floatTensor(
      [320],
      Float32Array.from({ length: 320 }, (_, i) => (i % 2 ? 0.2 : -0.2)),
    );
    const tensors = Object.entries(SHAPES).map(([key, shape]) => [key, floatTensor(shape)] as const);
    const path = join(dir, 'wide.safetensors');
    await writeSafetensors(path, new Map([...tensors, [TELLING, wide] as const]));
    const guessed = await openSingleFile(path);
    expect(guessed.scheduler.predictionType).toBe('v_prediction');
    expect(guessed.remarks?.[0]).toContain('--prediction-type epsilon');
    const chosen = await openSingleFile(path, { predictionType: 'epsilon' });
    expect(chosen).toMatchObject({ remarks: [], scheduler: { predictionType: 'epsilon' } });
  });

  test('a file of other sizes needs a folder', async () => {
    await expect(openSingleFile(join(FIXTURES, 'sd1/single_file.safetensors'))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringMatching(
        /keys of Stable Diffusion 1.x but other sizes \(16 .*--pipeline-config DIR/,
      ),
    });
  });
});

describe('refuses, by name,', () => {
  test.each<[string, Record<string, readonly number[]>, RegExp]>([
    [
      'an inpainting model',
      { ...SHAPES, [`${UNET}input_blocks.0.0.weight`]: [320, 9, 3, 3] },
      /inpainting.*reads 9 channels/,
    ],
    [
      'a LoRA',
      { 'lora_unet_mid_block_attentions_0_proj_in.lora_down.weight': [4, 8] },
      /a LoRA.*--lora FILE/,
    ],
    [
      'a LoRA of the early kind',
      { 'unet.down_blocks.0.attn1.processor.to_q_lora.down.weight': [4, 8] },
      /a LoRA/,
    ],
    ['Flux', { 'model.diffusion_model.double_blocks.0.img_attn.qkv.weight': [8, 8] }, /Flux.*Supported are/],
    [
      'Stable Diffusion 3',
      { 'model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight': [8, 8] },
      /Stable Diffusion 3/,
    ],
    ['a ControlNet', { 'control_model.input_blocks.0.0.weight': [8, 8] }, /a ControlNet/],
    [
      "SDXL's refiner",
      { ...SHAPES, 'conditioner.embedders.0.model.ln_final.weight': [8] },
      /refiner.*Give the base model/,
    ],
    ['an EDM model', { ...SHAPES, edm_mean: [4] }, /EDM/],
    ['a lone VAE', { 'decoder.conv_in.weight': [8, 4, 3, 3] }, /a VAE alone/],
    ['a lone UNet', { 'down_blocks.0.resnets.0.norm1.weight': [8] }, /a UNet alone/],
    [
      'a CLIP',
      { 'vision_model.embeddings.class_embedding': [8], 'text_model.final_layer_norm.weight': [8] },
      /CLIP.*--scorer/,
    ],
    ['a text encoder', { 'text_model.final_layer_norm.weight': [8] }, /a text encoder alone/],
    ['an embedding', { emb_params: [2, 8] }, /textual inversion/],
    ['what it does not know', { weight: [8] }, /nothing that this program knows/],
    [
      'a UNet without its text encoder',
      { [`${UNET}input_blocks.0.0.weight`]: [320, 4, 3, 3] },
      /other sizes|lacks/,
    ],
  ])('%s', async (_, shapes, sentence) => {
    await expect(openSingleFile(await written('refused.safetensors', shapes))).rejects.toMatchObject({
      code: expect.stringMatching(/^(UNSUPPORTED_MODEL|INVALID_CHECKPOINT)$/),
      message: expect.stringMatching(sentence),
    });
  });

  test.each([
    ['model.ckpt', 'anything', /pickled model, which can run any code.*Download the \.safetensors/],
    ['model.safetensors', 'PK\x03\x04rest', /pickled/],
    ['model.gguf', 'GGUF....', /quantised/],
    ['model.zip', 'x', /no model that can be opened/],
  ])('%s', async (name, contents, sentence) => {
    const path = join(dir, name);
    await writeFile(path, contents);
    await expect(openSingleFile(path)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringMatching(sentence),
    });
  });

  test('a damaged file, and one that is not there', async () => {
    const path = join(dir, 'cut.safetensors');
    await cp(join(FIXTURES, 'sd1/single_file.safetensors'), path);
    await writeFile(path, Buffer.alloc(100, 7), { flag: 'a' });
    await expect(openSingleFile(path)).rejects.toMatchObject({ code: 'INVALID_CHECKPOINT' });
    await expect(openSingleFile(join(dir, 'nowhere.safetensors'))).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
  });
});

test('opens Stable Diffusion XL with the published configuration: both tokenizers, and what the file says of its prediction', async () => {
  const path = await written('xl.safetensors', {
    [`${UNET}input_blocks.0.0.weight`]: [320, 4, 3, 3],
    [`${UNET}label_emb.0.0.weight`]: [1280, 2816],
    [`${UNET}middle_block.1.transformer_blocks.0.attn2.to_k.weight`]: [1280, 2048],
    'first_stage_model.post_quant_conv.weight': [4, 4, 1, 1],
    'conditioner.embedders.0.transformer.text_model.final_layer_norm.weight': [768],
    'conditioner.embedders.1.model.ln_final.weight': [1280],
    v_pred: [0],
  });
  const model = await openSingleFile(path);
  expect(model.family).toBe('stable-diffusion-xl');
  expect(model.scheduler.predictionType).toBe('v_prediction');
  expect(model.remarks).toEqual([]);
  expect(model.textEncoder2?.config.projectionDim).toBe(1280);
  expect([model.tokenizer.padTokenId, model.tokenizer2?.padTokenId]).toEqual([49407, 0]);
});
