/** @file A model in half precision stays so on disk, and gives what the same weights give as float32. */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSafetensors, readSafetensors, writeSafetensors } from '../../src/checkpoint/safetensors.ts';
import { type FloatTensor, loadPipeline, type MemoryMode } from '../../src/index.ts';
import { relativeError } from '../models/run-graph.ts';
import { writeHalfFolder } from './half-folder.ts';

const SD1 = join(import.meta.dirname, '../fixtures/sd1');
const root = await mkdtemp(join(tmpdir(), 'dpo-diff-half-'));
afterAll(() => rm(root, { recursive: true }));

const WEIGHTS = [
  'text_encoder/model',
  'unet/diffusion_pytorch_model',
  'vae/diffusion_pytorch_model',
  'scorer/model',
];

async function picture(model: string, memory: MemoryMode): Promise<FloatTensor> {
  const pipeline = await loadPipeline({ model, memory, threads: 1 });
  try {
    return await pipeline.generate([{ prompt: 'a red cat', seed: 3 }], { steps: 3 });
  } finally {
    await pipeline.release();
  }
}

describe.each(['F16', 'BF16'] as const)('%s', (dtype) => {
  it('is mapped as it lies, and rounds nothing further', async () => {
    const [half, widened] = [join(root, dtype), join(root, `${dtype}-widened`)];
    await writeHalfFolder(SD1, half, { dtype });
    await writeHalfFolder(SD1, widened, { dtype });
    for (const name of WEIGHTS) {
      const path = join(widened, `${name}.safetensors`);
      await writeSafetensors(path, await readSafetensors(path));
    }
    const entries = (await openSafetensors(join(half, `${WEIGHTS[1]}.safetensors`))).entries;
    expect(new Set([...entries.values()].map((entry) => entry.dtype))).toEqual(new Set([dtype]));
    const expected = await picture(widened, 'fast');
    for (const memory of ['fast', 'balanced', 'low'] as const) {
      expect(relativeError(await picture(half, memory), expected), memory).toBeLessThan(1e-5);
    }
    // Rounding is seen: the pictures differ from those of full precision.
    expect(relativeError(expected, await picture(SD1, 'fast'))).toBeGreaterThan(1e-4);
  });
});

it('is preferred where a folder has both and it is asked for', async () => {
  const both = join(root, 'both');
  await writeHalfFolder(SD1, both, { variant: 'fp16' });
  for (const name of WEIGHTS.slice(1)) {
    await mkdir(join(both, name, '..'), { recursive: true });
    await symlink(join(SD1, `${name}.safetensors`), join(both, `${name}.safetensors`));
  }
  const dtypes = async (variant?: 'fp16' | 'bf16') => {
    const { model } = await loadPipeline({ model: both, ...(variant && { variant }) });
    const { unet, textEncoder } = model;
    const position = 'text_model.embeddings.position_embedding.weight';
    return [unet.weights.find('conv_in.weight')?.dtype, textEncoder.weights.find(position)?.dtype];
  };
  // The text encoder has half precision alone.
  expect(await dtypes()).toEqual(['float32', 'float16']);
  expect(await dtypes('fp16')).toEqual(['float16', 'float16']);
  expect(await dtypes('bf16')).toEqual(['float32', 'float16']);
});
