/** @file Our numbers against PyTorch's on the tiny Stable Diffusion 1.x pipeline; and that a wrong number would be seen. */
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { floatTensor, readSafetensors, type Tensor, writeSafetensors } from '../../src/index.ts';
import { checkParity } from './parity-folder.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/sd1');

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The fixture with another `reference.safetensors`. */
async function folderWith(change: (reference: Map<string, Tensor>) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dpo-diff-parity-'));
  folders.push(folder);
  for (const { name } of await readdir(FOLDER, { withFileTypes: true })) {
    if (name === 'reference.json') await cp(join(FOLDER, name), join(folder, name));
    else if (name !== 'reference.safetensors') await symlink(join(FOLDER, name), join(folder, name));
  }
  const reference = await readSafetensors(join(FOLDER, 'reference.safetensors'));
  change(reference);
  await writeSafetensors(join(folder, 'reference.safetensors'), reference);
  return folder;
}

describe('parity with PyTorch', () => {
  it('holds for every tensor of the reference', async () => {
    const { rows, values } = await checkParity(FOLDER, { threads: 1 });
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    const reference = await readSafetensors(join(FOLDER, 'reference.safetensors'));
    expect(rows.map(({ name }) => name)).toEqual([...reference.keys()]);
    for (const [name, { shape, dtype }] of reference)
      expect(values.get(name), name).toMatchObject({ shape, dtype });
    const gradients = rows.filter(({ name }) => /^grad.*slot/.test(name));
    expect(gradients.length).toBeGreaterThan(0);
    expect(gradients.every(({ tolerance }) => tolerance === 2e-3)).toBe(true);
  });

  it('fails where a number is wrong, a shape is, or nobody recomputes a tensor', async () => {
    const folder = await folderWith((reference) => {
      const at = (name: string) => reference.get(name)!;
      at('context.prompt').data[5] += 0.05;
      at('ids.prompt').data[1] += 1;
      at('latents.initial').data[0] += 1e-5;
      at('image').data[3] = Number.NaN;
      at('grad.i5.k2.slot1').data[0] *= 1.1;
      reference.set('loss', floatTensor([1, 1], [...at('loss').data]));
      reference.set('made.up', floatTensor([2]));
    });
    const { rows } = await checkParity(folder, { threads: 1 });
    const failed = rows.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(failed.sort()).toEqual([
      'context.prompt',
      'grad.i5.k2.slot1',
      'ids.prompt',
      'image',
      'latents.initial',
      'loss',
      'made.up',
    ]);
    expect(rows.find(({ name }) => name === 'made.up')?.error).toBe(Number.POSITIVE_INFINITY);
  });
});
