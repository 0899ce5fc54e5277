import { afterAll, describe, expect, it } from 'vitest';
import { openRecordedPipeline } from '../../tests/diffusion/recorded-pipeline.ts';
import { relativeError } from '../../tests/models/run-graph.ts';
import { gradient } from '../autodiff/gradient.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { peakActivationBytes } from '../graph/peak-activations.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { loadPipeline } from '../study/load-pipeline.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { decoderTranspose } from './decoder-transpose.ts';
import type { ImageDecoder } from './image-decoder.ts';
import { ProgramTable } from './program-table.ts';
import { isStaged, stagedTranspose } from './staged-decoder.ts';

const pocket = await loadPipeline({ threads: 1 });
const { pipeline: sd1 } = await openRecordedPipeline();
const executor = createOrtExecutor({ threads: 1 });
const programs = new ProgramTable(executor);
afterAll(() => Promise.all([pocket.release(), sd1.release(), executor.release()]));

const noise = (shape: readonly number[], seed: number) => new TorchGenerator(seed).randn(shape);

/** The way back in one program. */
function wholeGraph(decoder: ImageDecoder, shape: readonly number[], clamp: boolean) {
  const g = new GraphBuilder();
  const latents = g.input('latents', shape);
  const image = decoder.build(g, latents, { clamp });
  const [result] = gradient(g, [{ node: image, cotangent: g.input('cotangent', image.shape) }], [latents]);
  return { graph: graphOf({ gradient: result }), image: image.shape };
}

async function wholeTranspose(
  decoder: ImageDecoder,
  latents: FloatTensor,
  cotangent: FloatTensor,
  clamp: boolean,
) {
  const program = await executor.compile(wholeGraph(decoder, latents.shape, clamp).graph);
  return (await program.run({ latents, cotangent })).gradient;
}

describe('stagedTranspose()', () => {
  it.each([
    ['pocket', pocket, [1, 4, 12, 20], true],
    ['pocket', pocket, [1, 4, 12, 20], false],
    ['sd1', sd1, [2, 4, 10, 6], true],
    ['sd1', sd1, [2, 4, 10, 6], false],
  ] as const)('is the gradient of the whole decoder: %s', async (_, { decoder }, shape, clamp) => {
    const latents = noise(shape, 3);
    const cotangent = noise(wholeGraph(decoder, shape, clamp).image, 4);
    const staged = await stagedTranspose(programs, decoder, latents, cotangent, { clamp });
    const whole = await wholeTranspose(decoder, latents, cotangent, clamp);
    expect(staged.shape).toEqual(shape);
    expect(relativeError(staged, whole)).toBeLessThan(1e-5);
  });

  it('needs less memory at a time than the whole', () => {
    const shape = [1, 4, 32, 32];
    const { decoder } = pocket;
    const whole = peakActivationBytes(wholeGraph(decoder, shape, true).graph);
    let input: readonly number[] = shape;
    let kept = 0;
    let most = 0;
    for (const stage of decoder.stages()) {
      const g = new GraphBuilder();
      const x = g.input('x', input);
      const y = stage(g, x);
      const [result] = gradient(g, [{ node: y, cotangent: g.input('cotangent', y.shape) }], [x]);
      most = Math.max(most, kept + peakActivationBytes(graphOf({ gradient: result })));
      kept += floatTensor(input).data.byteLength;
      input = y.shape;
    }
    expect(most).toBeLessThan(0.7 * whole);
  });
});

describe('decoderTranspose()', () => {
  it('goes in stages from 32 x 32 latents on, with the same gradient', async () => {
    const large = noise([1, 4, 32, 32], 7);
    expect([[1, 4, 16, 16], large.shape].map(isStaged)).toEqual([false, true]);
    const { decoder } = sd1;
    const cotangent = noise((await decoder.decode(large)).shape, 8);
    const result = await decoderTranspose(programs, decoder, large, cotangent);
    expect(relativeError(result, await wholeTranspose(decoder, large, cotangent, true))).toBeLessThan(1e-5);
  });
});
