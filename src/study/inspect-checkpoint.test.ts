import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inOpenClip } from '../../tests/models/in-open-clip.ts';
import { openSd1Fixture } from '../../tests/models/sd1-fixture.ts';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { inspectCheckpoint } from './inspect-checkpoint.ts';
import { EMBEDDED_MODEL } from './load-pipeline.ts';

const SD1 = join(import.meta.dirname, '../../tests/fixtures/sd1');
const root = await mkdtemp(join(tmpdir(), 'inspect-'));
afterAll(() => rm(root, { recursive: true, force: true }));

async function copyOfSd1(name: string): Promise<string> {
  const dir = join(root, name);
  await cp(SD1, dir, { recursive: true });
  return dir;
}

describe('inspectCheckpoint()', () => {
  test('counts the embedded model and says that it can be run', async () => {
    const report = await inspectCheckpoint(EMBEDDED_MODEL);
    expect(report).toMatchObject({
      name: 'pocket',
      family: 'Stable Diffusion 1.x',
      runnable: true,
      reason: null,
      textLength: 32,
      predictionType: 'epsilon',
      scheduler: { className: 'DDIMScheduler', sampler: 'DDIM', problem: null },
      scorer: { problem: null },
      memory: { width: 64, height: 64 },
    });
    const unet = report.components.find(({ name }) => name === 'unet')!;
    expect(unet.className).toBe('UNet2DConditionModel');
    expect(unet.weights!.parameters! / 1e6).toBeCloseTo(6.88, 1);
    expect(unet.weights!.dtypes).toEqual({ F16: unet.weights!.parameters });
    expect(report.parameters).toBe(
      report.components.reduce((sum, { weights }) => sum + (weights?.parameters ?? 0), 0),
    );
  });

  test('estimates more memory for a gradient than for sampling', async () => {
    const { memory } = await inspectCheckpoint(SD1);
    expect(memory!.gradientBytes).toBeGreaterThan(memory!.samplingBytes);
    expect(memory!.samplingBytes).toBeGreaterThan(694_000 * 4 * 0.5);
  });

  test.each([
    ['sd2', 'Stable Diffusion 2.x', 'v_prediction'],
    ['sdxl', 'Stable Diffusion XL', 'epsilon'],
  ])('says that %s can be run, and what it is', async (name, family, predictionType) => {
    const report = await inspectCheckpoint(join(SD1, '..', name));
    expect(report).toMatchObject({ family, predictionType, runnable: true, reason: null, textLength: 77 });
    expect(report.memory!.gradientBytes).toBeGreaterThan(report.memory!.samplingBytes);
    const parts = report.components.map((component) => component.name);
    expect(parts.includes('text_encoder_2')).toBe(name === 'sdxl');
  });

  test('counts the tokens of the text encoder that reads fewer, and finds a projection that is missing', async () => {
    const dir = join(root, 'sdxl');
    await cp(join(SD1, '../sdxl'), dir, { recursive: true });
    const config = join(dir, 'text_encoder_2', 'config.json');
    await writeFile(
      config,
      (await readFile(config, 'utf8')).replace(
        '"max_position_embeddings": 77',
        '"max_position_embeddings": 40',
      ),
    );
    const weights = join(dir, 'text_encoder_2', 'model.safetensors');
    const tensors = await readSafetensors(weights);
    const key = 'text_model.embeddings.position_embedding.weight';
    const positions = tensors.get(key) as FloatTensor;
    tensors.set(key, floatTensor([40, 64], positions.data.slice(0, 40 * 64)));
    await writeSafetensors(weights, tensors);
    expect(await inspectCheckpoint(dir)).toMatchObject({ runnable: true, textLength: 40 });
    tensors.delete('text_projection.weight');
    await writeSafetensors(weights, tensors);
    expect((await inspectCheckpoint(dir)).reason).toContain('text_projection.weight');
  });

  test('lists the components of a pipeline that it cannot run, and why not', async () => {
    const dir = await copyOfSd1('refiner');
    const index = {
      _class_name: 'StableDiffusionXLImg2ImgPipeline',
      unet: ['diffusers', 'UNet2DConditionModel'],
      vae: [null, null],
    };
    await writeFile(join(dir, 'model_index.json'), JSON.stringify(index));
    const report = await inspectCheckpoint(dir);
    expect(report).toMatchObject({ family: 'Stable Diffusion XL, refiner', runnable: false, memory: null });
    expect(report.reason).toContain('the refiner of Stable Diffusion XL');
    expect(report.components.map(({ name }) => name)).toEqual(['unet', 'scorer']);
  });

  test('finds a weight that is missing from a file which is sound otherwise', async () => {
    const dir = await copyOfSd1('gap');
    const file = join(dir, 'unet', 'diffusion_pytorch_model.safetensors');
    const tensors = await readSafetensors(file);
    tensors.delete('conv_in.weight');
    await writeSafetensors(file, tensors);
    const report = await inspectCheckpoint(dir);
    expect(report.runnable).toBe(false);
    expect(report.reason).toContain('conv_in.weight');
  });

  test('names a damaged file and counts the others', async () => {
    const dir = await copyOfSd1('damaged');
    await writeFile(join(dir, 'vae', 'diffusion_pytorch_model.safetensors'), 'no header');
    const report = await inspectCheckpoint(dir);
    expect(report.runnable).toBe(false);
    const [unet, vae] = ['unet', 'vae'].map((name) => report.components.find((c) => c.name === name)!);
    expect(vae.problem).toContain('diffusion_pytorch_model.safetensors');
    expect(unet.weights!.parameters).toBeGreaterThan(0);
  });

  test('counts one of several precisions, and does not open pickled weights', async () => {
    const dir = await copyOfSd1('variants');
    const unet = join(dir, 'unet');
    const plain = join(unet, 'diffusion_pytorch_model.safetensors');
    await cp(plain, join(unet, 'diffusion_pytorch_model.fp16.safetensors'));
    await rm(join(dir, 'vae', 'diffusion_pytorch_model.safetensors'));
    await writeFile(join(dir, 'vae', 'diffusion_pytorch_model.bin'), 'pickled');
    const report = await inspectCheckpoint(dir);
    const named = (name: string) => report.components.find((c) => c.name === name)!;
    expect(named('unet').weights!.files).toEqual(['diffusion_pytorch_model.safetensors']);
    expect(named('vae')).toMatchObject({ weights: { parameters: null, bytes: 7 } });
    expect(named('vae').problem).toContain('pickled');
    expect(report.parameters).toBeNull();
  });

  test('knows a scorer for what it is', async () => {
    const report = await inspectCheckpoint(join(SD1, 'scorer'));
    expect(report).toMatchObject({ family: 'CLIP (a scorer)', runnable: false, textLength: 77 });
    expect(report.reason).toContain('--scorer');
    expect(report.scorer).toEqual({
      dir: join(SD1, 'scorer'),
      problem: null,
      details: {
        layout: 'Hugging Face',
        imageSize: 32,
        patchSize: 8,
        vision: { layers: 2, width: 64, heads: 1 },
        text: { layers: 2, width: 32, heads: 2 },
        embeddingWidth: 24,
        textLength: 77,
        activation: 'quick_gelu',
        hasTokenizer: false,
      },
    });
  });

  test('finds a weight that is missing from a scorer', async () => {
    const dir = join(root, 'scorer-gap');
    await cp(join(SD1, 'scorer'), dir, { recursive: true });
    const file = join(dir, 'model.safetensors');
    const tensors = await readSafetensors(file);
    tensors.delete('vision_model.post_layernorm.bias');
    await writeSafetensors(file, tensors);
    expect((await inspectCheckpoint(dir)).scorer?.problem).toContain('vision_model.post_layernorm.bias');
  });

  test("knows a scorer under OpenCLIP's names, as a file and as a folder", async () => {
    const dir = await mkdtemp(join(root, 'open-clip-'));
    const { weights } = (await openSd1Fixture()).scorer;
    const file = join(dir, 'open_clip_model.safetensors');
    await writeSafetensors(file, await inOpenClip(weights));
    const config = { quick_gelu: true, text_cfg: { heads: 2 } };
    await writeFile(join(dir, 'open_clip_config.json'), JSON.stringify({ model_cfg: config }));
    for (const [path, name] of [
      [file, 'open_clip_model.safetensors'],
      [dir, dir.slice(root.length + 1)],
    ]) {
      const report = await inspectCheckpoint(path);
      expect(report).toMatchObject({
        name,
        family: 'CLIP (a scorer)',
        runnable: false,
        bytes: expect.any(Number),
      });
      expect(report.scorer).toMatchObject({ problem: null, details: { layout: 'OpenCLIP', imageSize: 32 } });
      expect(report.parameters).toBe(report.components[0].weights!.parameters);
    }
  });

  test('refuses a folder without a model, and one that is not there', async () => {
    const empty = await mkdtemp(join(root, 'empty-'));
    await expect(inspectCheckpoint(empty)).rejects.toMatchObject({ code: 'INVALID_CHECKPOINT' });
    await expect(inspectCheckpoint(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    await expect(inspectCheckpoint(join(SD1, 'model_index.json'))).rejects.toThrow(
      'is a file, where a folder was expected',
    );
  });
});
