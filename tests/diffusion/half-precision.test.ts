/** @file The UNet in half precision: its output against PyTorch's in float32, its gradients against ours in float32. The processor runs it, slowly. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import { Denoiser, type DifferentiableInput } from '../../src/diffusion/denoiser.ts';
import { ProgramTable } from '../../src/diffusion/program-table.ts';
import { graphOf } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { cosineSimilarity } from '../../src/tensor/cosine-similarity.ts';
import { float16ToFloat32, float32ToFloat16 } from '../../src/tensor/half-float.ts';
import { type FloatTensor, floatTensor } from '../../src/tensor/tensor.ts';
import { relativeError } from '../models/run-graph.ts';
import { halfDevice, toHalf } from './half-device.ts';

/** Measured: at most 2.2e-3. */
const OUTPUT_TOLERANCE = 5e-3;
/** Measured: at least 0.99999. */
const LEAST_COSINE = 0.9999;

const processor = createOrtExecutor({ threads: 1, precision: 'float16', memory: 'fast' });
const EXECUTORS: Readonly<Record<string, Executor>> = {
  'on the processor': processor,
  'with every value a half': halfDevice(createOrtExecutor({ threads: 1, memory: 'balanced' })),
};
const FIXTURES = join(import.meta.dirname, '../fixtures');
const CASES = ['sd1', 'sd2'].flatMap((name) =>
  Object.entries(EXECUTORS).map(([how, executor]) => ({ name, how, executor })),
);
/** Compiling the longest of these programs takes ten seconds; what it would show the other fixture shows. */
const isLong = (name: string, executor: Executor) => name === 'sd2' && executor !== processor;

describe.each(CASES)('the UNet of $name in half precision $how', async ({ name, executor }) => {
  const { unet } = await openDiffusersFolder(join(FIXTURES, name));
  const reference = await readSafetensors(join(FIXTURES, name, 'reference.safetensors'));
  const inputs = {
    sample: reference.get('latents.initial') as FloatTensor,
    timestep: 500,
    context: reference.get('context.prompt') as FloatTensor,
  };
  const half = new Denoiser(unet, new ProgramTable(executor, executor.precision));
  const full = new Denoiser(unet, new ProgramTable(processor));
  const cotangent = Float32Array.from(inputs.sample.data, (_, i) => Math.sin(1.3 * i));
  const wrt: DifferentiableInput[] = ['context', 'sample'];

  it('predicts what PyTorch predicts in float32, as far as halves go', async () => {
    const output = await half.output(inputs);
    const error = relativeError(output, reference.get('unet.t500') as FloatTensor);
    expect(error).toBeLessThan(OUTPUT_TOLERANCE);
    // It is not float32 under another name.
    expect(error).toBeGreaterThan(1e-5);
  });

  it.skipIf(isLong(name, executor)).each([1, 1e-7, 1e4])(
    'has the gradients of float32, with cotangents of size %s',
    async (size) => {
      const sized = cotangent.map((value) => value * size);
      const actual = await half.transpose(inputs, sized, wrt);
      const expected = await full.transpose(inputs, sized, wrt);
      for (const input of wrt) {
        const [a, b] = [actual[input]!, expected[input]!];
        if (process.env.SHOW)
          console.log(name, executor.device, input, cosineSimilarity(a.data, b.data), relativeError(a, b));
        expect(cosineSimilarity(a.data, b.data), input).toBeGreaterThan(LEAST_COSINE);
        expect(relativeError(a, b), input).toBeLessThan(0.01);
      }
      expect(half.rescaledGradients).toBe(0);
    },
  );
});

describe('the rounding to halves', () => {
  it('is that of halves, for numbers of any size', async () => {
    const values = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i) * 10 ** ((i % 14) - 8));
    values.set([65504, 65519, 65521, -1e30, 0, 2 ** -24, 2 ** -26]);
    const g = new GraphBuilder();
    const program = await processor.compile(graphOf({ y: toHalf(g, g.input('x', [values.length])) }));
    const { y } = await program.run({ x: floatTensor([values.length], values) });
    const expected = float16ToFloat32(float32ToFloat16(values));
    // Below 2^-14 halves are far apart, and rounding twice may take the neighbour.
    const wrong = expected.filter((value, i) => {
      if (!Number.isFinite(value)) return !Number.isNaN(y.data[i]);
      return Math.abs(y.data[i] - value) > (Math.abs(value) < 2 ** -14 ? 2 ** -24 : 0);
    });
    expect(wrong).toHaveLength(0);
  });
});
