import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import { parseSchedulerConfig, type SchedulerConfig } from '../checkpoint/scheduler-config.ts';
import { DpoError } from '../errors.ts';
import { rowAt } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { Ddim, type DdimStep } from './ddim.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');

interface ReferenceCase {
  readonly config: Record<string, unknown>;
  readonly steps: number;
  readonly eta: number | null;
  readonly noiseSeed: number;
  readonly stepNoiseSeed: number;
}

const CASES = JSON.parse(readFileSync(join(FIXTURES, 'ddim.json'), 'utf8')) as Record<string, ReferenceCase>;
const reference = await readSafetensors(join(FIXTURES, 'ddim.safetensors'));

/** The model that drove the reference: bent, and different at each timestep. */
function model(sample: Float32Array, timestep: number): Float32Array {
  return sample.map((x) => 0.8 * Math.tanh(0.3 * x + timestep / 1000));
}

function configOf(overrides: Record<string, unknown> = {}): SchedulerConfig {
  return parseSchedulerConfig({ ...CASES.ddim.config, ...overrides }, 'test');
}

describe.each(Object.entries(CASES))('%s', (name, { config, steps, eta, noiseSeed, stepNoiseSeed }) => {
  const ddim = new Ddim(parseSchedulerConfig(config, name), { steps, ...(eta !== null && { eta }) });

  it('has the timesteps that diffusers has', () => {
    expect(ddim.steps.map(({ timestep }) => timestep)).toEqual([...reference.get(`${name}.timesteps`)!.data]);
  });

  it('walks the trajectory that diffusers walks', () => {
    const trajectory = reference.get(`${name}.trajectory`) as FloatTensor;
    const generator = new TorchGenerator(stepNoiseSeed);
    let sample = new TorchGenerator(noiseSeed).randn([1, 4, 8, 8]).data;
    expectClose(sample, rowAt(trajectory, 0).data);
    for (const [i, step] of ddim.steps.entries()) {
      const noise = step.sigma > 0 ? generator.randn([1, 4, 8, 8]).data : undefined;
      sample = ddim.next(step, sample, model(sample, step.timestep), noise);
      expectClose(sample, rowAt(trajectory, i + 1).data);
    }
  });
});

function expectClose(actual: Float32Array, expected: Float32Array): void {
  const difference = actual.map((value, i) => value - expected[i]);
  expect(Math.hypot(...difference) / Math.hypot(...expected)).toBeLessThan(1e-5);
}

it('covers stochastic steps, velocity, a schedule that ends in pure noise and every spacing', () => {
  const configs = Object.values(CASES).map(({ config }) => config);
  expect(Object.values(CASES).some(({ eta }) => eta === 1)).toBe(true);
  expect(configs.some((config) => config.prediction_type === 'v_prediction')).toBe(true);
  expect(configs.some((config) => config.rescale_betas_zero_snr)).toBe(true);
  expect(new Set(configs.map((config) => config.timestep_spacing)).size).toBe(3);
});

describe('the closed-form estimate', () => {
  it('is the picture that was noised, for noise and for velocity', () => {
    const picture = Float32Array.of(0.3, -0.9, 0.5);
    const noise = Float32Array.of(-1, 0.4, 2);
    for (const prediction of ['epsilon', 'v_prediction'] as const) {
      const ddim = new Ddim(configOf({ prediction_type: prediction }), { steps: 10 });
      const { alphaBar } = ddim.steps[4];
      const [signal, deviation] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      const sample = picture.map((value, i) => signal * value + deviation * noise[i]);
      const velocity = noise.map((value, i) => signal * value - deviation * picture[i]);
      const output = prediction === 'epsilon' ? noise : velocity;
      const estimate = ddim.original(ddim.steps[4], sample, output);
      for (const [i, value] of estimate.entries()) expect(value).toBeCloseTo(picture[i], 5);
      const next = ddim.next(ddim.steps[4], sample, output);
      const { alphaBarNext } = ddim.steps[4];
      for (const [i, value] of next.entries())
        expect(value).toBeCloseTo(
          Math.sqrt(alphaBarNext) * picture[i] + Math.sqrt(1 - alphaBarNext) * noise[i],
          5,
        );
    }
  });

  it('is clipped where the schedule says so', () => {
    const ddim = new Ddim(configOf({ clip_sample: true, clip_sample_range: 0.5 }), { steps: 10 });
    const estimate = ddim.original(ddim.steps[2], Float32Array.of(9, -9, 0.01), Float32Array.of(0, 0, 0));
    expect([...estimate.subarray(0, 2)]).toEqual([0.5, -0.5]);
    expect(Math.abs(estimate[2])).toBeLessThan(0.5);
  });
});

/** Latents small and large, so that clipping meets some elements and spares others. */
const latents = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 6, maxLength: 6 });
const schedules = fc.record({
  prediction_type: fc.constantFrom('epsilon', 'v_prediction'),
  clip_sample: fc.boolean(),
  clip_sample_range: fc.constantFrom(0.5, 1, 3),
});

describe('the transposes', () => {
  type Forward = (ddim: Ddim, step: DdimStep, sample: Float32Array, output: Float32Array) => Float32Array;
  type Transpose = (
    ...args: [...Parameters<Forward>, Float32Array]
  ) => Record<'sample' | 'output', Float32Array>;

  const maps: readonly (readonly [string, Forward, Transpose])[] = [
    ['original', (d, ...rest) => d.original(...rest), (d, ...rest) => d.originalTranspose(...rest)],
    [
      'next',
      (d, s, x, y) =>
        d.next(
          s,
          x,
          y,
          x.map(() => 0.7),
        ),
      (d, ...rest) => d.nextTranspose(...rest),
    ],
  ];

  it.each(maps)('of %s are what finite differences say', (_, forward, transpose) => {
    fc.assert(
      fc.property(schedules, latents, latents, latents, fc.nat(8), (config, x, y, c, index) => {
        const ddim = new Ddim(configOf(config), { steps: 10, eta: 0.6 });
        const step = ddim.steps[index];
        const [sample, output, cotangent] = [x, y, c].map((values) => Float32Array.from(values));
        fc.pre(isAwayFromClipping(config, step, sample, output));
        const actual = transpose(ddim, step, sample, output, cotangent);
        const moved = (which: 'sample' | 'output', i: number, by: number) => {
          const inputs = { sample: sample.slice(), output: output.slice() };
          inputs[which][i] += by;
          const result = forward(ddim, step, inputs.sample, inputs.output);
          return result.reduce((sum, value, k) => sum + value * cotangent[k], 0);
        };
        for (const which of ['sample', 'output'] as const) {
          for (let i = 0; i < 6; i++) {
            const slope = (moved(which, i, STEP) - moved(which, i, -STEP)) / (2 * STEP);
            expect(Math.abs(actual[which][i] - slope)).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
          }
        }
      }),
    );
  });
});

const STEP = 2 ** -7;

/** Linear on both sides of the clip, but not across it. */
function isAwayFromClipping(
  { clip_sample_range: range, prediction_type }: { clip_sample_range: number; prediction_type: string },
  step: DdimStep,
  sample: Float32Array,
  output: Float32Array,
): boolean {
  const free = new Ddim(configOf({ prediction_type }), { steps: 10 });
  const reach = (2 * STEP) / Math.sqrt(step.alphaBar);
  return free.original(step, sample, output).every((value) => Math.abs(Math.abs(value) - range) > reach);
}

describe('what is refused', () => {
  it.each([0, -1, 1.5, 1001, Number.NaN])('%s steps', (steps) => {
    const make = () => new Ddim(configOf(), { steps });
    expect(make).toThrow(DpoError);
    expect(make).toThrow(`The number of steps must be a whole number from 1 to 1000, got ${steps}.`);
  });

  it.each([-0.1, 1.1, Number.NaN])('eta %s', (eta) => {
    expect(() => new Ddim(configOf(), { steps: 10, eta })).toThrow(
      `eta must lie between 0 and 1, got ${eta}.`,
    );
  });

  it('nothing between: one step and all steps', () => {
    expect(new Ddim(configOf(), { steps: 1 }).steps).toHaveLength(1);
    expect(new Ddim(configOf(), { steps: 1000 }).steps).toHaveLength(1000);
    expect(new Ddim(configOf({ timestep_spacing: 'linspace' }), { steps: 1 }).steps[0].timestep).toBe(0);
  });
});
