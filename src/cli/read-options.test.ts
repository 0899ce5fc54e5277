import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

const dir = await mkdtemp(join(tmpdir(), 'options-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('readOptions()', () => {
  test('types what the command line says', async () => {
    const options = await readOptions('improve', {
      steps: '20',
      seeds: '4,5',
      json: true,
      learningRate: '1e-2',
    });
    expect(options).toEqual({ steps: 20, seeds: [4, 5], json: true, learningRate: 0.01 });
  });

  test('joins what is given several times', async () => {
    expect(await readOptions('score', { scorer: ['a', 'b:0.5'] })).toEqual({ scorer: ['a', 'b:0.5'] });
    await expect(readOptions('score', { scorer: ['a', ''] })).rejects.toThrow('--scorer must be a path');
  });

  test('lets the command line win over the file, and leaves out what the command does not take', async () => {
    const config = join(dir, 'config.json');
    await writeFile(config, JSON.stringify({ steps: 10, guidance: 3, population: 8 }));
    const options = await readOptions('generate', { config, steps: '20' });
    expect(options).toEqual({ steps: 20, guidance: 3 });
  });

  test.each([
    [{ steps: '1e' }, '--steps must be a whole number of at least 1, but it is "1e".'],
    [{ steps: '' }, '--steps must be a whole number of at least 1, but it is nothing.'],
    [{ method: 'hybird' }, 'but it is "hybird". Did you mean "hybrid"?'],
    [{ heldOutSeeds: '1,1' }, '--held-out-seeds must be different whole numbers'],
    [{ minSimilarity: '2' }, '--min-similarity must be a number from -1 to 1, but it is "2".'],
  ])('refuses %j in a sentence', async (texts, message) => {
    await expect(readOptions('attack', texts)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining(message),
    });
  });
});
