/** @file Everything that the reference folders hold besides their own pipeline; and that a wrong number would be seen. */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { floatTensor, readSafetensors, type Tensor, writeSafetensors } from '../../src/index.ts';
import { checkNoise, checkResizing } from './kernel-parity.ts';
import { checkHalves, checkLoras, checkSingleFile } from './model-variants.ts';
import { paritySections } from './parity-sections.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const ONE_THREAD = { threads: 1 };

const root = await mkdtemp(join(tmpdir(), 'dpo-diff-sections-'));
afterAll(() => rm(root, { recursive: true }));

/** A folder in the folder `parent`, with links to these files of the fixtures. */
async function linked(parent: string, links: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (const [name, target] of Object.entries(links)) {
    await mkdir(join(parent, name, '..'), { recursive: true });
    await symlink(join(FIXTURES, target), join(parent, name));
  }
  return parent;
}

const MODEL_PARTS = ['model_index.json', 'reference.json', 'reference.safetensors', 'scheduler', 'scorer'];
const PARTS = [...MODEL_PARTS, 'text_encoder', 'tokenizer', 'unet', 'vae'];
const modelLinks = (family: string) => Object.fromEntries(PARTS.map((name) => [name, `${family}/${name}`]));

/** Values of each reference, besides the losses. */
const VALUES = ['context.prompt', 'image', 'unet.t500'];

describe.each([
  ['sd1', VALUES],
  ['sd2', VALUES],
  ['sdxl', [...VALUES, 'pooled.prompt']],
])('%s', (family, names) => {
  const folder = join(FIXTURES, family);

  it('from one file is the rounded pipeline', async () => {
    const { rows } = await checkSingleFile(folder, ONE_THREAD);
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...names, 'loss'].toSorted());
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('rounded to half precision is the rounded pipeline, with either scorer', async () => {
    const { rows } = await checkHalves(folder, ONE_THREAD);
    expect(rows.map(({ name }) => name)).toContain('loss.float32_scorer');
    expect(rows).toHaveLength(names.length + 2);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('with each adapter is the pipeline that diffusers makes of it', async () => {
    const { rows, values } = await checkLoras(folder, ONE_THREAD);
    expect(rows).toHaveLength(8 * names.length);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(values.size).toBe(8 * names.length);
  });
});

it('sees a wrong precision, a wrong number and a tensor that nobody recomputes', async () => {
  const folder = await linked(join(root, 'wrong'), modelLinks('sd1'));
  await symlink(join(FIXTURES, 'sd1/single_file.safetensors'), join(folder, 'single_file.safetensors'));
  const full = await readSafetensors(join(FIXTURES, 'sd1/reference.safetensors'));
  const pick = (names: readonly string[]) => names.map((name) => [name, full.get(name)!] as const);
  const fullPrecision = new Map<string, Tensor>([
    ...pick(['context.prompt', 'image']),
    ['made.up', floatTensor([1])],
  ]);
  await writeSafetensors(join(folder, 'reference.half.safetensors'), fullPrecision);
  const { rows } = await checkSingleFile(folder, ONE_THREAD);
  expect(rows.map(({ ok }) => ok)).toEqual([false, false, false]);
  await mkdir(join(folder, 'lora'));
  await symlink(join(FIXTURES, 'sd1/lora/peft.safetensors'), join(folder, 'lora/peft.safetensors'));
  const loras = await readSafetensors(join(FIXTURES, 'sd1/lora/reference.safetensors'));
  const swapped = new Map([['peft.scale0.7.image', loras.get('peft.scale1.0.image')!]]);
  await writeSafetensors(join(folder, 'lora/reference.safetensors'), swapped);
  expect((await checkLoras(folder, ONE_THREAD)).rows).toMatchObject([
    { name: 'peft.scale0.7.image', ok: false },
  ]);
});

it('runs all that a folder holds, and the folders in it', async () => {
  const folder = await linked(join(root, 'all'), {
    'noise.safetensors': 'noise.safetensors',
    'resize.safetensors': 'resize.safetensors',
    'inner/tokenizer_cases.json': 'sd2/tokenizer_cases.json',
    'inner/tokenizer': 'sd2/tokenizer',
  });
  const sections = [];
  for await (const { title, rows } of paritySections(folder)) {
    sections.push(title);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  }
  expect(sections).toEqual([
    'noise.safetensors',
    'resize.safetensors',
    join('inner', 'tokenizer_cases.json'),
  ]);
});

it('sees wrong noise and a wrong picture', async () => {
  const folder = join(root, 'kernels');
  await mkdir(folder);
  for (const name of ['noise', 'resize']) {
    const tensors = await readSafetensors(join(FIXTURES, `${name}.safetensors`));
    for (const [key, { data }] of tensors) if (!key.endsWith('.in')) data[0]! += 1e-2;
    await writeSafetensors(join(folder, `${name}.safetensors`), tensors.set('strange', floatTensor([1])));
  }
  for (const check of [checkNoise, checkResizing]) {
    expect((await check(folder)).rows.filter(({ ok }) => ok)).toEqual([]);
  }
});

it('says what a folder without a reference lacks', async () => {
  const first = (folder: string) => paritySections(folder).next();
  const empty = await linked(join(root, 'empty'), {});
  await expect(first(empty)).rejects.toMatchObject({
    code: 'FILE_ACCESS',
    message: expect.stringContaining('holds no reference'),
  });
  const model = await linked(join(root, 'model'), { 'model_index.json': 'sd1/model_index.json' });
  await expect(first(model)).rejects.toThrow('is a model without a reference');
  await expect(first(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_ACCESS' });
});
