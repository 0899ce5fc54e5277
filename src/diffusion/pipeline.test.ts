import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { isUnetForward, openRecordedPipeline } from '../../tests/diffusion/recorded-pipeline.ts';
import { DpoError } from '../errors.ts';
import { rowAt, rowsOf, stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { combineConditionings } from './conditioning.ts';
import type { SampleRequest } from './pipeline.ts';
import { SCHEDULER_NAMES } from './schedulers/scheduler-names.ts';

const { pipeline, runs } = await openRecordedPipeline();
beforeEach(() => {
  runs.length = 0;
});
afterAll(() => pipeline.release());

const REQUESTS: readonly SampleRequest[] = [
  { prompt: 'a red car', seed: 1 },
  { prompt: 'a red car', negativePrompt: 'blue', seed: 1 },
  { prompt: 'two trucks', negativePrompt: 'empty', seed: 2 },
];

function largestDifference(a: FloatTensor, b: FloatTensor): number {
  return a.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b.data[i])), 0);
}

const unetBatches = () =>
  runs.filter(({ graph }) => isUnetForward(graph)).map(({ inputs }) => inputs.sample.shape[0]);

describe('generate', () => {
  it('gives pictures in the order of the requests, as if each had been alone', async () => {
    const together = await pipeline.generate(REQUESTS, { steps: 3, eta: 0.5 });
    expect(together.shape).toEqual([3, 3, 32, 32]);
    for (const [i, request] of REQUESTS.entries()) {
      const alone = await pipeline.generate([request], { steps: 3, eta: 0.5 });
      expect(largestDifference(rowsOf(together, i, i + 1), alone)).toBeLessThan(1e-4);
    }
    expect(largestDifference(rowsOf(together, 0, 1), rowsOf(together, 1, 2))).toBeGreaterThan(1e-3);
    expect(together.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('gives the same bits again', async () => {
    const options = { steps: 2, eta: 0.5 };
    expect(await pipeline.generate(REQUESTS, options)).toEqual(await pipeline.generate(REQUESTS, options));
  });

  it('takes a batch at a time, and says after each step how far it is', async () => {
    const size = pipeline.batchSize(pipeline.settings());
    expect(size).toBe(8);
    const steps: unknown[] = [];
    const requests = Array.from({ length: size + 1 }, (_, seed) => ({ prompt: 'a car', seed }));
    const callsBefore = pipeline.denoiser.calls;
    const images = await pipeline.generate(requests, { steps: 2, onStep: (step) => steps.push(step) });
    expect(images.shape[0]).toBe(size + 1);
    expect(unetBatches()).toEqual([16, 16, 2, 2]);
    expect(steps).toEqual([
      { index: 0, steps: 2, pictures: 8 },
      { index: 1, steps: 2, pictures: 8 },
      { index: 0, steps: 2, pictures: 1 },
      { index: 1, steps: 2, pictures: 1 },
    ]);
    expect(pipeline.denoiser.calls - callsBefore).toBe(2 * (size + 1));
  });

  it('refuses a seed of which the generator would see but a part', async () => {
    const requests = [{ prompt: 'a car', seed: 2 ** 32 }];
    await expect(pipeline.generate(requests, { steps: 2 })).rejects.toThrow(
      'A seed must be a whole number from 0 to 2^32 − 1, got 4294967296.',
    );
    expect(unetBatches()).toEqual([]);
  });

  it('makes no picture of no request', async () => {
    expect(await pipeline.generate([], { steps: 2 })).toEqual(floatTensor([0, 3, 32, 32]));
  });

  it('without guidance runs one branch, and the negative prompt has no effect', async () => {
    const options = { steps: 2, guidanceScale: 1 };
    const [plain, negative] = [
      await pipeline.generate(REQUESTS.slice(0, 1), options),
      await pipeline.generate(REQUESTS.slice(1, 2), options),
    ];
    expect(negative).toEqual(plain);
    expect(unetBatches()).toEqual([1, 1, 1, 1]);
  });

  it('makes pictures of another shape', async () => {
    const image = await pipeline.generate(REQUESTS.slice(0, 1), { steps: 1, height: 16, width: 48 });
    expect(image.shape).toEqual([1, 3, 16, 48]);
  });

  it('stops between two steps when it is aborted, with the reason given', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onStep = ({ index }: { index: number }) => {
      if (index === 1) controller.abort(reason);
    };
    const promise = pipeline.generate(REQUESTS, { steps: 6, signal: controller.signal, onStep });
    await expect(promise).rejects.toBe(reason);
    expect(unetBatches()).toHaveLength(2);
    const late = pipeline.generate(REQUESTS, { steps: 6, signal: controller.signal });
    await expect(late).rejects.toBe(reason);
    expect(unetBatches()).toHaveLength(2);
  });
});

describe('stochastic sampling', () => {
  it('draws the noise of its steps where torch draws it: after the latents, step by step', async () => {
    const settings = pipeline.settings({ steps: 3, eta: 1 });
    const { prompt, seed } = REQUESTS[0];
    const generator = new TorchGenerator(seed);
    const shape = [1, 4, 16, 16];
    const scheduler = pipeline.scheduler(settings);
    const run = scheduler.start(generator.randn(shape).data);
    const [positive, negative] = [await pipeline.text.encode(prompt), await pipeline.text.encode('')].map(
      (conditioning) => combineConditionings([conditioning], stack),
    );
    for (const { timestep } of scheduler.steps) {
      const inputs = { sample: floatTensor(shape, run.input), timestep, positive, negative };
      const output = await pipeline.denoiser.guided(inputs, settings.guidanceScale);
      run.advance(output, generator.randn(shape).data);
    }
    const expected = await pipeline.decoder.decode(floatTensor(shape, run.sample));
    const actual = await pipeline.generate([{ prompt, seed }], settings);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-5);
    const plain = await pipeline.generate([{ prompt, seed }], { steps: 3 });
    expect(largestDifference(actual, plain)).toBeGreaterThan(1e-3);
  });
});

describe('every sampler', () => {
  it.each(SCHEDULER_NAMES)(
    '%s makes a picture, the same for the same seed, and tells of each guided step',
    async (scheduler) => {
      const [request] = REQUESTS;
      const told: number[] = [];
      const callsBefore = pipeline.denoiser.calls;
      const options = { scheduler, steps: 4 } as const;
      const onStep = ({ index, steps }: { index: number; steps: number }) => told.push(index, steps);
      const images = await pipeline.generate([request], { ...options, onStep });
      const count = { heun: 7, pndm: 5 }[scheduler as string] ?? 4;
      expect(told).toEqual(Array.from({ length: count }, (_, index) => [index, count]).flat());
      expect(pipeline.denoiser.calls - callsBefore).toBe(count);
      expect(images.data.every(Number.isFinite)).toBe(true);
      // A batch has other last bits than one picture alone.
      const both = await pipeline.generate([request, REQUESTS[1]], options);
      expect(largestDifference(floatTensor(images.shape, rowAt(both, 0).data), images)).toBeLessThan(1e-4);
    },
  );

  it('begins with the noise that its levels begin with', () => {
    const { latents } = pipeline.initialLatents(5, pipeline.settings());
    const settings = pipeline.settings({ scheduler: 'euler', timestepSpacing: 'linspace' });
    const louder = pipeline.initialLatents(5, settings).latents;
    expect(louder.data[0] / latents.data[0]).toBeCloseTo(14.6146, 3);
  });

  it('can be the one that the checkpoint names', () => {
    const settings = pipeline.settings({ scheduler: 'checkpoint' });
    expect(settings).toEqual(pipeline.settings({ scheduler: 'ddim' }));
  });
});

describe('score', () => {
  it('gives each picture its loss against the prompt', async () => {
    const images = await pipeline.generate(REQUESTS, { steps: 1 });
    const losses = await pipeline.score(images, 'a red car');
    expect(losses).toHaveLength(3);
    const second = floatTensor([1, 3, 32, 32], rowAt(images, 1).data);
    expect(await pipeline.score(second, 'a red car')).toEqual([losses[1]]);
    const embedding = await pipeline.scorer.clip!.imageEmbedding(second);
    const text = await pipeline.scorer.clip!.textEmbedding('a red car');
    expect(losses[1]).toBeCloseTo(sphericalDistance(embedding.data, text.data), 4);
  });
});

/** `2 arcsin(‖x̂ − ŷ‖ / 2)²` in float64. */
function sphericalDistance(x: Float32Array, y: Float32Array): number {
  const [normX, normY] = [Math.hypot(...x), Math.hypot(...y)];
  const distance = Math.hypot(...[...x].map((value, i) => value / normX - y[i] / normY));
  return 2 * Math.asin(distance / 2) ** 2;
}

describe('settings', () => {
  it("are the paper's, at the model's own size, unless given", () => {
    const sampler = { scheduler: 'ddim', karrasSigmas: false, timestepSpacing: 'leading' } as const;
    const paper = {
      ...sampler,
      vaeTiling: 'off',
      steps: 50,
      guidanceScale: 7.5,
      eta: 0,
      height: 32,
      width: 32,
    };
    expect(pipeline.settings()).toEqual(paper);
    const given = {
      ...sampler,
      vaeTiling: 'on' as const,
      steps: 7,
      guidanceScale: 1,
      eta: 1,
      height: 16,
      width: 64,
    };
    expect(pipeline.settings(given)).toEqual(given);
  });

  it.each([
    [{ steps: 0 }, 'The number of steps must be a whole number from 1 to 1000, got 0.'],
    [{ steps: Number.NaN }, 'The number of steps must be a whole number from 1 to 1000, got NaN.'],
    [{ scheduler: 'euler', eta: 0.5 } as const, "eta is DDIM's alone"],
    [{ karrasSigmas: true }, 'DDIM has no sigmas'],
    [{ eta: 2 }, 'eta must lie between 0 and 1, got 2.'],
    [{ guidanceScale: 0.5 }, 'The guidance scale must be a number from 1 to 100, got 0.5.'],
    [{ guidanceScale: Number.NaN }, 'The guidance scale must be a number from 1 to 100, got NaN.'],
    [{ height: 30 }, "The picture's height must be a multiple of 4 pixels, got 30."],
    [{ width: 0 }, "The picture's width must be a multiple of 4 pixels, got 0."],
    [{ width: -32 }, "The picture's width must be a multiple of 4 pixels, got -32."],
  ])('%j are refused', (settings, message) => {
    expect(() => pipeline.settings(settings)).toThrow(message);
    try {
      pipeline.settings(settings);
    } catch (error) {
      expect((error as DpoError).code).toBe('INVALID_OPTION');
      expect(error).toBeInstanceOf(DpoError);
    }
  });
});
