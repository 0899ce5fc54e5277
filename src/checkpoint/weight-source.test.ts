import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floatTensor, intTensor, type Tensor } from '../tensor/tensor.ts';
import { readFloatTensor, writeSafetensors } from './safetensors.ts';
import { openWeights } from './weight-source.ts';
import { openComponentWeights } from './weights-file.ts';

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'dpo-weights-')));
});
afterAll(() => rm(root, { recursive: true }));

const INDEX = 'model.safetensors.index.json';

async function folderOf(name: string, weightMap: unknown): Promise<string> {
  const dir = join(root, name);
  await mkdir(dir, { recursive: true });
  await writeSafetensors(join(dir, 'one.safetensors'), new Map([['a', floatTensor([2], [1, 2])]]));
  const two = new Map<string, Tensor>([
    ['b', floatTensor([1], [3])],
    ['position_ids', intTensor([1], [0])],
  ]);
  await writeSafetensors(join(dir, 'two.safetensors'), two);
  await writeFile(join(dir, INDEX), JSON.stringify({ metadata: {}, weight_map: weightMap }));
  return dir;
}

describe('openWeights()', () => {
  it('joins the shards of an index', async () => {
    const dir = await folderOf('shards', {
      a: 'one.safetensors',
      b: 'two.safetensors',
      position_ids: 'two.safetensors',
    });
    const weights = await openWeights(join(dir, INDEX));
    expect([...weights.keys()]).toEqual(['a', 'b']);
    expect(weights.find('a')?.path).toBe(join(dir, 'one.safetensors'));
    expect([...(await readFloatTensor(weights.find('b')!)).data]).toEqual([3]);
    expect(weights.find('c')).toBeUndefined();
  });

  it.each([
    '../outside.safetensors',
    '/etc/outside.safetensors',
    'sub/../../outside.safetensors',
    '..\\outside.safetensors',
    '..',
    'one.safetensors\0',
  ])('refuses the shard %j, which leaves the folder', async (shard) => {
    const dir = await folderOf('leaving', { a: shard });
    await writeSafetensors(join(root, 'outside.safetensors'), new Map([['a', floatTensor([1], [1])]]));
    await expect(openWeights(join(dir, INDEX))).rejects.toMatchObject({
      code: 'INVALID_CHECKPOINT',
      message: expect.stringMatching(/lies outside of the folder/),
    });
  });

  it('refuses an index that promises what the shard has not, or names no shard', async () => {
    const lacking = await folderOf('lacking', { a: 'one.safetensors', z: 'one.safetensors' });
    await expect(openWeights(join(lacking, INDEX))).rejects.toThrow(/places "z" in "one.safetensors"/);
    const pickled = await folderOf('pickled', { a: 'one.bin' });
    await expect(openWeights(join(pickled, INDEX))).rejects.toThrow(/no .safetensors file/);
    const shapeless = await folderOf('shapeless', ['one.safetensors']);
    await expect(openWeights(join(shapeless, INDEX))).rejects.toThrow(/"weight_map"/);
  });

  it('follows the links of a Hugging Face cache', async () => {
    const blobs = join(root, 'cache', 'blobs');
    const snapshot = join(root, 'cache', 'snapshots', 'abc', 'unet');
    await Promise.all([mkdir(blobs, { recursive: true }), mkdir(snapshot, { recursive: true })]);
    await writeSafetensors(join(blobs, '0f1e'), new Map([['a', floatTensor([1], [7])]]));
    await writeFile(join(blobs, '2d3c'), JSON.stringify({ weight_map: { a: 'model-1.safetensors' } }));
    await symlink('../../../blobs/0f1e', join(snapshot, 'model-1.safetensors'));
    await symlink('../../../blobs/2d3c', join(snapshot, INDEX));
    const weights = await openComponentWeights(snapshot, 'model');
    expect([...(await readFloatTensor(weights.find('a')!)).data]).toEqual([7]);
  });
});

describe('openComponentWeights()', () => {
  it('prefers full precision and one file', async () => {
    const dir = await folderOf('both', { a: 'one.safetensors' });
    await writeSafetensors(join(dir, 'model.fp16.safetensors'), new Map([['a', floatTensor([1], [16])]]));
    expect((await openComponentWeights(dir, 'model')).name).toBe(join(dir, INDEX));
    await writeSafetensors(join(dir, 'model.safetensors'), new Map([['a', floatTensor([1], [32])]]));
    expect((await openComponentWeights(dir, 'model')).name).toBe(join(dir, 'model.safetensors'));
  });

  it('takes half precision where there is nothing else', async () => {
    const dir = await folderOf('half', {});
    await rm(join(dir, INDEX));
    await writeSafetensors(join(dir, 'model.fp16.safetensors'), new Map([['a', floatTensor([1], [16])]]));
    expect((await openComponentWeights(dir, 'model')).name).toBe(join(dir, 'model.fp16.safetensors'));
  });

  it('never opens pickled weights', async () => {
    const dir = join(root, 'only-bin');
    await mkdir(dir);
    await writeFile(join(dir, 'model.bin'), 'x');
    await expect(openComponentWeights(dir, 'model')).rejects.toMatchObject({
      code: 'UNSUPPORTED_MODEL',
      message: expect.stringMatching(/pickled weights only \(model.bin\).*model.safetensors/),
    });
  });

  it('says what it looked for where there is nothing', async () => {
    const dir = join(root, 'empty');
    await mkdir(dir);
    await expect(openComponentWeights(dir, 'model')).rejects.toThrow(
      /expected model.safetensors, it is empty/,
    );
  });
});
