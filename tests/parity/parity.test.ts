/** @file Our numbers against PyTorch's on a tiny pipeline of each family; and that a wrong number would be seen. */
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  floatTensor,
  loadPipeline,
  readSafetensors,
  type Tensor,
  writeSafetensors,
} from '../../src/index.ts';
import { checkParity } from './parity-folder.ts';
import { runParity } from './run-parity.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const FOLDER = join(FIXTURES, 'sd1');

const OTHER_REFERENCES = /^(reference|single_file|tokenizer_cases|lora)\b/;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The fixture's model alone with another `reference.safetensors`. */
async function folderWith(change: (reference: Map<string, Tensor>) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dpo-diff-parity-'));
  folders.push(folder);
  for (const { name } of await readdir(FOLDER, { withFileTypes: true })) {
    if (name === 'reference.json') await cp(join(FOLDER, name), join(folder, name));
    else if (!OTHER_REFERENCES.test(name)) await symlink(join(FOLDER, name), join(folder, name));
  }
  const reference = await readSafetensors(join(FOLDER, 'reference.safetensors'));
  change(reference);
  await writeSafetensors(join(folder, 'reference.safetensors'), reference);
  return folder;
}

describe('parity with PyTorch', () => {
  it.each(['sd1', 'sd2', 'sdxl'])('holds for every tensor of the reference of %s', async (family) => {
    const folder = join(FIXTURES, family);
    const { rows, values } = await checkParity(folder, { threads: 1 });
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    const reference = await readSafetensors(join(folder, 'reference.safetensors'));
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

/** What the command prints and its exit code. */
async function run(...args: string[]) {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await runParity(
    args,
    { out: (line) => out.push(line), error: (line) => error.push(line) },
    { threads: 1 },
  );
  return { code, out, error: error.join('\n') };
}

/** Few tensors, so that the command is fast: the gradients are left out. */
const withoutGradients = (reference: Map<string, Tensor>) => {
  for (const name of reference.keys()) if (name.startsWith('grad.')) reference.delete(name);
};

describe('the parity command', () => {
  it('does not count what the reference gives as agreeing, and writes what it computed', async () => {
    const folder = await folderWith(withoutGradients);
    const dump = join(folder, 'ours.safetensors');
    const { code, out, error } = await run(folder, '--dump', dump);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const given = out.filter((line) => line.endsWith('  given'));
    expect(given).toHaveLength(6);
    // A title, six that are given, the sum.
    expect(out.at(-1)).toBe(`${out.length - 8} of ${out.length - 8} tensors agree.`);
    expect([...(await readSafetensors(dump)).keys()]).toContain('image');
    expect((await run(folder, '--dump', join(folder, 'nowhere', 'x'))).error).toContain('nowhere');
  });

  it('exits with 1 for a number that differs', async () => {
    const folder = await folderWith((reference) => {
      withoutGradients(reference);
      reference.get('scorer.text')!.data[0] += 1;
    });
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out.filter((line) => line.endsWith('FAILED'))).toHaveLength(1);
  });

  it('continues the generator of the latents for the noise of stochastic steps', async () => {
    const probe = await loadPipeline({ model: FOLDER, threads: 1 });
    const { prompt, negative_prompt, steps, latent_seed } = JSON.parse(
      await readFile(join(FOLDER, 'reference.json'), 'utf8'),
    );
    const request = { prompt, negativePrompt: negative_prompt, seed: latent_seed };
    const size = 16 * probe.scaleFactor;
    const image = await probe.generate([request], { steps, eta: 0.7, height: size, width: size });
    await probe.release();
    const folder = await folderWith((reference) => {
      withoutGradients(reference);
      reference.set('image', image);
    });
    const file = join(folder, 'reference.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"eta": 0.0', '"eta": 0.7'));
    const { rows } = await checkParity(folder, { threads: 1 });
    expect(rows.find(({ name }) => name === 'image')).toMatchObject({ ok: true });
    expect(rows.find(({ name }) => name === 'latents.trajectory')).toMatchObject({ ok: false });
  });

  it.each([
    ['no folder', [], 'Expected one folder, got 0.'],
    ['two folders', [FOLDER, FOLDER], 'Expected one folder, got 2.'],
    ['an unknown option', [FOLDER, '--frob'], "Unknown option '--frob'"],
    ['--dump without a value', [FOLDER, '--dump'], "'--dump <value>' argument missing"],
    ['a folder that is not there', ['/nope'], '/nope'],
    ['a file', [join(FOLDER, 'reference.json')], 'reference.json'],
  ])('says what is wrong with %s and exits with 2', async (_, args, sentence) => {
    const { code, error } = await run(...args);
    expect(error).toContain(sentence);
    expect(error).not.toContain('    at ');
    expect(code).toBe(2);
  });

  it.each<[string, (reference: Map<string, Tensor>) => void, string]>([
    ['that is empty', (reference) => reference.clear(), 'names a slot whose "slot0.logits" is missing'],
    ['without a slot', (reference) => reference.delete('slot1.gumbel'), '"slot1.gumbel" is missing'],
    [
      'with a slot of another size',
      (reference) => reference.set('slot1.gumbel', floatTensor([9])),
      'expected [4]',
    ],
    [
      'that only gives',
      (reference) => {
        for (const name of reference.keys()) if (!name.startsWith('slot')) reference.delete(name);
      },
      'no tensor to compare',
    ],
  ])('refuses a reference %s', async (_, change, sentence) => {
    const { code, error } = await run(await folderWith(change));
    expect(error).toContain(sentence);
    expect(code).toBe(2);
  });
});
