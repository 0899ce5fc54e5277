import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClipFolder } from './clip-folder.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { openDiffusersFolder } from './diffusers-folder.ts';
import { modelName } from './model-name.ts';
import { readFloatTensor } from './safetensors.ts';

const fixture = fileURLToPath(new URL('../../tests/fixtures/sd1', import.meta.url));
const sd2 = fileURLToPath(new URL('../../tests/fixtures/sd2', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dpo-folder-'));
  await cp(fixture, dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

async function edit(file: string, changes: object): Promise<void> {
  const path = join(dir, file);
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...changes }));
}

describe('openDiffusersFolder()', () => {
  it('opens a Stable Diffusion 1.x model', async () => {
    const folder = await openDiffusersFolder(fixture);
    expect(folder).toMatchObject({ name: 'sd1', family: 'stable-diffusion-1', dir: fixture });
    expect(folder.unet.config).toMatchObject({ blockOutChannels: [16, 32], heads: [8, 8] });
    expect(folder.scheduler).toMatchObject({ className: 'DDIMScheduler', stepsOffset: 1 });
    expect(folder.tokenizer).toMatchObject({ maxLength: 77, eosTokenId: 913 });
    const embedding = folder.textEncoder.weights.find('text_model.embeddings.token_embedding.weight')!;
    expect(embedding.shape).toEqual([914, 32]);
    const { data } = await readFloatTensor(embedding);
    expect(data).toHaveLength(914 * 32);
    expect(data.every(Number.isFinite)).toBe(true);
    expect(folder.vae.weights.find('post_quant_conv.weight')?.shape).toEqual([4, 4, 1, 1]);
  });

  it('tells SD 2 by its linear projections', async () => {
    const folder = await openDiffusersFolder(sd2);
    expect(folder).toMatchObject({ family: 'stable-diffusion-2', forceZerosForEmptyPrompt: false });
    expect(folder.scheduler.predictionType).toBe('v_prediction');
    expect(folder.tokenizer.padTokenId).toBe(0);
    await edit('unet/config.json', { use_linear_projection: true });
    expect((await openDiffusersFolder(dir)).family).toBe('stable-diffusion-2');
  });

  it.each([
    ['StableDiffusion3Pipeline', ''],
    ['FluxPipeline', ''],
    ['StableDiffusionInpaintPipeline', ' (a model for inpainting'],
    ['StableDiffusionXLInpaintPipeline', ' (a model for inpainting'],
    ['StableDiffusionInstructPix2PixPipeline', ' (a model for editing'],
    ['StableDiffusionXLImg2ImgPipeline', ' (the refiner of Stable Diffusion XL'],
    [undefined, ''],
    ['LatentConsistencyModelPipeline', ' (it is guidance-distilled: '],
  ])('refuses a %s by name%s', async (name, what) => {
    await edit('model_index.json', { _class_name: name });
    await expect(openDiffusersFolder(dir)).rejects.toMatchObject({ code: 'UNSUPPORTED_MODEL' });
    await expect(openDiffusersFolder(dir)).rejects.toThrow(
      name === undefined ? 'is a pipeline without a class name' : `is a ${JSON.stringify(name)}${what}`,
    );
    await expect(openDiffusersFolder(dir)).rejects.toThrow('accepted: StableDiffusionPipeline');
  });

  it('does not mind what a pipeline has beside the parts that make pictures', async () => {
    await edit('model_index.json', {
      safety_checker: ['stable_diffusion', 'StableDiffusionSafetyChecker'],
      feature_extractor: ['transformers', 'CLIPFeatureExtractor'],
      image_encoder: [null, null],
      requires_safety_checker: true,
    });
    await mkdir(join(dir, 'safety_checker'));
    expect((await openDiffusersFolder(dir)).family).toBe('stable-diffusion-1');
  });

  it('lists everything that is missing', async () => {
    await rm(join(dir, 'vae'), { recursive: true });
    await rm(join(dir, 'tokenizer'), { recursive: true });
    await expect(openDiffusersFolder(dir)).rejects.toThrow(/lacks vae\/config.json, tokenizer\/vocab.json/);
  });

  it('says that a folder is no model, or that it is not there', async () => {
    await expect(openDiffusersFolder(join(fixture, 'unet'))).rejects.toThrow(
      /lacks model_index.json \(diffusion_pytorch_model.safetensors may be a whole model/,
    );
    await expect(openDiffusersFolder(join(dir, 'none'))).rejects.toThrow(/no such file/);
    await expect(openDiffusersFolder(join(dir, 'model_index.json'))).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
  });

  it('refuses a component that holds pickled weights only', async () => {
    const unet = join(dir, 'unet');
    await rename(
      join(unet, 'diffusion_pytorch_model.safetensors'),
      join(unet, 'diffusion_pytorch_model.bin'),
    );
    await expect(openDiffusersFolder(dir)).rejects.toThrow(/unet holds pickled weights only/);
  });

  it.each([
    ['unet/config.json', { in_channels: 9 }, /reads 9 channels and writes 4, as models for inpainting/],
    ['unet/config.json', { cross_attention_dim: 64 }, /a context 64 wide, the text encoder gives 32/],
    [
      'unet/config.json',
      {
        addition_embed_type: 'text_time',
        addition_time_embed_dim: 8,
        projection_class_embeddings_input_dim: 88,
      },
      /has SDXL's additional embedding .* the pipeline has one text encoder/,
    ],
    ['vae/config.json', { latent_channels: 16 }, /4 latent channels, the VAE on 16/],
    ['text_encoder/config.json', { vocab_size: 900 }, /ids up to 913, but .* 900 embeddings/],
    ['scheduler/scheduler_config.json', { prediction_type: 'sample' }, /"prediction_type" is "sample"/],
  ])('refuses %s with %j', async (file, changes, message) => {
    await edit(file, changes);
    await expect(openDiffusersFolder(dir)).rejects.toMatchObject({
      name: 'DpoError',
      message: expect.stringMatching(message),
    });
  });

  it('takes fewer positions than the tokenizer offers', async () => {
    await edit('text_encoder/config.json', { max_position_embeddings: 20 });
    expect((await openDiffusersFolder(dir)).tokenizer.maxLength).toBe(20);
  });
});

describe('openClipFolder()', () => {
  const scorer = join(fixture, 'scorer');

  it('opens a scorer with the tokenizer of its pipeline', async () => {
    const tokenizer = await ClipTokenizer.load(join(fixture, 'tokenizer'));
    const folder = await openClipFolder(scorer, tokenizer);
    expect(folder.config.vision).toMatchObject({ imageSize: 32, patchSize: 8 });
    expect(folder.preprocessor).toMatchObject({ size: 32, resample: 'bicubic' });
    expect(folder.weights.find('visual_projection.weight')?.shape).toEqual([24, 64]);
    expect(folder.tokenizer.encode('red')).toEqual([740]);
  });

  it('prefers a tokenizer of its own', async () => {
    await cp(join(dir, 'tokenizer'), join(dir, 'scorer'), { recursive: true });
    await edit('scorer/tokenizer_config.json', { model_max_length: 50 });
    expect((await openClipFolder(join(dir, 'scorer'))).tokenizer.maxLength).toBe(50);
  });

  it('refuses a folder without a tokenizer where none is lent, and one that is no scorer', async () => {
    await expect(openClipFolder(scorer)).rejects.toThrow(/no tokenizer/);
    await expect(openClipFolder(join(fixture, 'tokenizer'))).rejects.toThrow(/lacks config.json/);
  });

  it('refuses a preparation that does not fit the tower', async () => {
    await edit('scorer/preprocessor_config.json', { crop_size: 30 });
    const tokenizer = await ClipTokenizer.load(join(fixture, 'tokenizer'));
    await expect(openClipFolder(join(dir, 'scorer'), tokenizer)).rejects.toThrow(
      /crops 30x30, but .* reads 32x32/,
    );
  });
});

describe('modelName()', () => {
  it('reads the name of a cached model off its path', async () => {
    const snapshot = join(dir, 'models--CompVis--stable-diffusion-v1-4', 'snapshots', '133a22');
    await mkdir(snapshot, { recursive: true });
    expect(modelName(snapshot)).toBe('CompVis/stable-diffusion-v1-4');
    expect(modelName(dir)).toBe(basename(dir));
  });
});
