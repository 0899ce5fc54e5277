import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DpoError } from '../../errors.ts';
import { cachedTensors, mergedWeightsFolder } from './merged-cache.ts';

const root = await mkdtemp(join(tmpdir(), 'dpo-cache-'));
afterAll(() => rm(root, { recursive: true }));

const tensors = [{ key: 'a', dtype: 'F32', shape: [2] }] as const;
const key = 'ab'.repeat(32);
const data = new Uint8Array(Float32Array.of(1, 2).buffer);

function counted(dir: string) {
  const calls = { count: 0 };
  const dataOf = async () => {
    calls.count++;
    return data;
  };
  return { calls, request: { dir, key, tensors, dataOf } };
}

test('writes once and finds it again, in folders that it makes', async () => {
  const dir = join(root, 'deep', 'below');
  const { calls, request } = counted(dir);
  const first = await cachedTensors(request);
  expect(first.entries.get('a')).toMatchObject({ dtype: 'F32', shape: [2], byteLength: 8 });
  await cachedTensors(request);
  expect(calls.count).toBe(1);
  expect(await readdir(dir)).toEqual([`${key}.safetensors`]);
});

test('writes again what a crash cut off, or what holds something else', async () => {
  const dir = join(root, 'cut');
  const { calls, request } = counted(dir);
  const { path } = await cachedTensors(request);
  await truncate(path, 70);
  await cachedTensors(request);
  await cachedTensors({ ...request, tensors: [{ key: 'a', dtype: 'F16', shape: [4] }] });
  expect(calls.count).toBe(3);
});

test('several at once end in one whole file', async () => {
  const dir = join(root, 'together');
  const { request } = counted(dir);
  const files = await Promise.all([1, 2, 3, 4].map(() => cachedTensors(request)));
  expect(new Set(files.map(({ path }) => path)).size).toBe(1);
  expect(await readdir(dir)).toHaveLength(1);
  expect((await readFile(files[0]!.path)).subarray(-8)).toEqual(Buffer.from(data));
});

test('leaves nothing behind when a tensor cannot be made', async () => {
  const dir = join(root, 'failing');
  const { request } = counted(dir);
  const error = new DpoError('INVALID_CHECKPOINT', 'no');
  await expect(cachedTensors({ ...request, dataOf: () => Promise.reject(error) })).rejects.toBe(error);
  expect(await readdir(dir)).toEqual([]);
});

test('says what is wrong with a folder that cannot be made, and with a disk that is too small', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  const { request } = counted(join(file, 'dir'));
  await expect(cachedTensors(request)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  const huge = [{ key: 'a', dtype: 'F32', shape: [2 ** 30, 2 ** 17] }] as const;
  await expect(
    cachedTensors({ ...counted(join(root, 'full')).request, tensors: huge }),
  ).rejects.toMatchObject({
    code: 'FILE_ACCESS',
    message: expect.stringContaining('set XDG_CACHE_HOME'),
  });
});

test('is in the user’s folder for caches when nobody says', () => {
  expect(mergedWeightsFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'dpo-diff', 'merged'));
});
