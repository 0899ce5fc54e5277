import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSparseSafetensors } from '../../tests/checkpoint/sparse-safetensors.ts';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { inspectPath } from './inspect-path.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');
const root = await mkdtemp(join(tmpdir(), 'inspect-file-'));
afterAll(() => rm(root, { recursive: true }));

test('counts the components of a model in one file, and runs it with the configuration of a folder', async () => {
  const path = join(FIXTURES, 'sd2/single_file.safetensors');
  const report = await inspectPath(path, { pipelineConfig: join(FIXTURES, 'sd2') });
  expect(report).toMatchObject({
    dir: path,
    name: 'single_file',
    family: 'Stable Diffusion 2.x',
    runnable: true,
    textLength: 77,
    predictionType: 'v_prediction',
    memory: { width: 32, height: 32 },
    scheduler: { className: 'DDIMScheduler', sampler: 'DDIM', problem: null },
    // A run takes that folder's scorer too.
    scorer: { dir: join(FIXTURES, 'sd2/scorer'), problem: null },
    distillation: null,
  });
  const folder = await inspectPath(join(FIXTURES, 'sd2'));
  const count = (of: typeof report, name: string) =>
    of.components.find((c) => c.name === name)!.weights!.parameters;
  for (const name of ['unet', 'vae']) expect(count(report, name), name).toBe(count(folder, name));
  // One block more than is used.
  expect(count(report, 'text_encoder')).toBeGreaterThan(count(folder, 'text_encoder')!);
  expect(report.components[0]!.weights!.dtypes).toHaveProperty('F16');
  expect(report.remarks?.join()).toMatch(/keys are of no use here: .*betas/);
});

test('says what is missing without that folder, and names unknown keys', async () => {
  const tensors = await readSafetensors(join(FIXTURES, 'sd1/single_file.safetensors'));
  tensors.set('model.diffusion_model.strange.weight', floatTensor([1]));
  const path = join(root, 'strange.safetensors');
  await writeSafetensors(path, tensors);
  const report = await inspectPath(path);
  expect(report).toMatchObject({ runnable: false, memory: null, textLength: null });
  expect(report.reason).toContain('--pipeline-config');
  expect(report.remarks?.join()).toContain(
    '1 keys are unknown and not used: model.diffusion_model.strange.weight',
  );
});

test.each([
  ['kohya', 92, 2],
  ['peft', 92, 4],
  ['peft_alpha', 92, 2],
  ['attention_processor', 60, 4],
])('lists the layers of the LoRA %s', async (name, layers, alpha) => {
  const report = await inspectPath(join(FIXTURES, 'sd1/lora', `${name}.safetensors`));
  expect(report).toMatchObject({ name, runnable: false, family: 'LoRA' });
  expect(report.reason).toContain('--lora FILE');
  expect(report.lora!.layers).toHaveLength(layers);
  expect(new Set(report.lora!.layers.map(({ component }) => component))).toEqual(
    new Set(['unet', 'text_encoder']),
  );
  for (const layer of report.lora!.layers) expect(layer).toMatchObject({ rank: 4, alpha });
  expect(report.components.map((c) => c.name).toSorted()).toEqual(['text_encoder', 'unet']);
});

test('guesses the family of a LoRA by the width of the context', async () => {
  const path = join(root, 'lora.safetensors');
  const module = 'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k';
  await writeSparseSafetensors(path, {
    [`${module}.lora_down.weight`]: [8, 768],
    [`${module}.lora_up.weight`]: [640, 8],
  });
  expect(await inspectPath(path)).toMatchObject({
    family: 'LoRA for Stable Diffusion 1.x',
    parameters: 8 * (768 + 640),
  });
});

test('refuses other files by name', async () => {
  const path = join(root, 'flux.safetensors');
  await writeSparseSafetensors(path, { 'double_blocks.0.img_attn.qkv.weight': [2, 2] });
  await expect(inspectPath(path)).rejects.toMatchObject({
    code: 'UNSUPPORTED_MODEL',
    message: expect.stringContaining('Flux'),
  });
  await expect(inspectPath(join(FIXTURES, 'sd1/model_index.json'))).rejects.toThrow(
    'no model that can be opened',
  );
  await expect(inspectPath(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_ACCESS' });
});
