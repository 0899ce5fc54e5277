/** @file The UNet in half precision: its output against PyTorch's in float32, its gradients against ours in float32. The processor runs it, slowly. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import { Denoiser, type DifferentiableInput } from '../../src/diffusion/denoiser.ts';
import { ProgramTable } from '../../src/diffusion/program-table.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { cosineSimilarity } from '../../src/tensor/cosine-similarity.ts';
import type { FloatTensor } from '../../src/tensor/tensor.ts';
import { relativeError } from '../models/run-graph.ts';

/** Measured: 9e-4 with random weights of this size. */
const OUTPUT_TOLERANCE = 3e-3;
/** Measured: 0.9999 and above. */
const LEAST_COSINE = 0.999;

const executor = createOrtExecutor({ threads: 1, precision: 'float16' });
const FIXTURES = join(import.meta.dirname, '../fixtures');

describe.each(['sd1', 'sd2'])('the UNet of %s in half precision', async (name) => {
  const { unet } = await openDiffusersFolder(join(FIXTURES, name));
  const reference = await readSafetensors(join(FIXTURES, name, 'reference.safetensors'));
  const inputs = {
    sample: reference.get('latents.initial') as FloatTensor,
    timestep: 500,
    context: reference.get('context.prompt') as FloatTensor,
  };
  const half = new Denoiser(unet, new ProgramTable(executor, executor.precision));
  const full = new Denoiser(unet, new ProgramTable(executor));
  const cotangent = Float32Array.from(inputs.sample.data, (_, i) => Math.sin(1.3 * i));
  const wrt: DifferentiableInput[] = ['context', 'sample'];

  it('predicts what PyTorch predicts in float32, as far as halves go', async () => {
    const output = await half.output(inputs);
    const error = relativeError(output, reference.get('unet.t500') as FloatTensor);
    expect(error).toBeLessThan(OUTPUT_TOLERANCE);
    // It is not float32 under another name.
    expect(error).toBeGreaterThan(1e-5);
  });

  it.each([1, 1e-7, 1e4])('has the gradients of float32, with cotangents of size %s', async (size) => {
    const sized = cotangent.map((value) => value * size);
    const [actual, expected] = [
      await half.transpose(inputs, sized, wrt),
      await full.transpose(inputs, sized, wrt),
    ];
    for (const input of wrt) {
      const [a, b] = [actual[input]!, expected[input]!];
      expect(cosineSimilarity(a.data, b.data), input).toBeGreaterThan(LEAST_COSINE);
      expect(relativeError(a, b), input).toBeLessThan(0.03);
    }
    expect(half.rescaledGradients).toBe(0);
  });
});
