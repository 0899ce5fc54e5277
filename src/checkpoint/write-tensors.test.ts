import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { float32ToFloat16 } from '../tensor/half-float.ts';
import { openSafetensors, readFloatTensor, storedTensor } from './safetensors.ts';
import { fileBytes, type TensorHeader, writeTensors } from './write-tensors.ts';

const root = await mkdtemp(join(tmpdir(), 'dpo-write-'));
afterAll(() => rm(root, { recursive: true }));

const tensors: readonly TensorHeader[] = [
  { key: 'half', dtype: 'F16', shape: [3] },
  { key: 'full', dtype: 'F32', shape: [1, 2] },
  { key: 'none', dtype: 'F32', shape: [0, 4] },
];
const DATA: Readonly<Record<string, Uint8Array>> = {
  half: new Uint8Array(float32ToFloat16(Float32Array.of(1, -2, 0.5)).buffer),
  full: new Uint8Array(Float32Array.of(3, 4).buffer),
  none: new Uint8Array(),
};

test('writes tensors one by one, and knows beforehand how large the file will be', async () => {
  const path = join(root, 'x.safetensors');
  const asked: string[] = [];
  const dataOf = ({ key }: TensorHeader) => {
    asked.push(key);
    return DATA[key]!;
  };
  await writeTensors(path, tensors, dataOf, { format: 'pt' });
  expect(asked).toEqual(['half', 'full', 'none']);
  expect((await stat(path)).size).toBe(fileBytes(tensors, { format: 'pt' }));
  const file = await openSafetensors(path);
  expect(file.metadata.get('format')).toBe('pt');
  const values = async (key: string) => [...(await readFloatTensor(storedTensor(file, key)!)).data];
  expect(await values('half')).toEqual([1, -2, 0.5]);
  expect(await values('full')).toEqual([3, 4]);
  expect(file.entries.get('none')?.byteLength).toBe(0);
});

test('says which file cannot be written', async () => {
  const path = join(root, 'nowhere', 'x.safetensors');
  await expect(writeTensors(path, tensors, () => new Uint8Array())).rejects.toMatchObject({
    code: 'FILE_ACCESS',
    message: expect.stringContaining(path),
  });
});
