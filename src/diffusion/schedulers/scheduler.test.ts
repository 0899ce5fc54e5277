/** @file One suite for all samplers: what must hold whatever the formulas are. Their agreement with diffusers is in `tests/parity`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyticModel } from '../../../tests/parity/scheduler-parity.ts';
import { parseSchedulerConfig, type SchedulerConfig } from '../../checkpoint/scheduler-config.ts';
import { TorchGenerator } from '../../tensor/torch-noise.ts';
import { makeScheduler } from './make-scheduler.ts';
import { ReverseSweep, type VisitedStep } from './reverse-sweep.ts';
import type { Scheduler } from './scheduler.ts';
import { SAMPLERS, SCHEDULER_NAMES, type SchedulerName } from './scheduler-names.ts';
import type { SchedulerOptions } from './scheduler-settings.ts';

const STABLE_DIFFUSION = {
  _class_name: 'PNDMScheduler',
  skip_prk_steps: true,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  steps_offset: 1,
  set_alpha_to_one: true,
  clip_sample: false,
};

function configOf(changes: Record<string, unknown> = {}): SchedulerConfig {
  return parseSchedulerConfig({ ...STABLE_DIFFUSION, ...changes }, 'test');
}

/** Settings that every sampler must cope with; combinations that one cannot honour are left out by `optionsFor`. */
const settings = fc.record({
  prediction: fc.constantFrom('epsilon', 'v_prediction'),
  spacing: fc.constantFrom('leading', 'linspace', 'trailing' as const),
  zeroSnr: fc.boolean(),
  karras: fc.boolean(),
  eta: fc.constantFrom(0, 0.4, 1),
  steps: fc.integer({ min: 2, max: 30 }),
});
type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

function schedulerFor(
  name: SchedulerName,
  given: Settings,
  changes: Record<string, unknown> = {},
): Scheduler {
  const { hasSigmas, spacing } = SAMPLERS[name];
  // Pure noise says nothing to a model that predicts the noise; PNDM cannot leave it at all.
  const zeroSnr = given.zeroSnr && given.prediction === 'v_prediction' && name !== 'pndm';
  const options: SchedulerOptions = {
    scheduler: name,
    steps: given.steps,
    eta: name === 'ddim' ? given.eta : 0,
    karrasSigmas: hasSigmas && given.karras,
    timestepSpacing: spacing === null ? null : given.spacing,
  };
  const config = configOf({ prediction_type: given.prediction, rescale_betas_zero_snr: zeroSnr, ...changes });
  return makeScheduler(config, options);
}

/**
 * DDIM and PNDM step by a fixed stride, which only leading spacing has; and PNDM takes the mean of velocities of different levels. Both are
 * so in their reference implementations.
 */
function exactFor(name: SchedulerName, given: Settings): Settings {
  if (name !== 'ddim' && name !== 'pndm') return given;
  const prediction = name === 'pndm' ? 'epsilon' : given.prediction;
  return { ...given, prediction, spacing: 'leading' };
}

/** What a model that knows the picture says of a sample. */
function knowingOutput(
  scheduler: Scheduler,
  index: number,
  sample: Float32Array,
  picture: Float32Array,
  prediction: string,
) {
  const { signal, deviation } = scheduler.steps[index].level;
  const norm = Math.hypot(signal, deviation);
  return sample.map((x, i) => {
    if (prediction === 'epsilon') return (x - signal * picture[i]) / deviation;
    // The velocity, written without dividing by the signal, which may be 0.
    return ((x * signal) / norm - picture[i] * norm) / deviation;
  });
}

describe.each(SCHEDULER_NAMES)('%s', (name) => {
  it('estimates the picture that was noised', () => {
    fc.assert(
      fc.property(settings, fc.nat(29), (given, place) => {
        const scheduler = schedulerFor(name, given);
        const index = place % scheduler.steps.length;
        const { signal, deviation } = scheduler.steps[index].level;
        const picture = Float32Array.of(0.3, -0.9, 0.5);
        const noise = [-1, 0.4, 2];
        const sample = picture.map((value, i) => signal * value + deviation * noise[i]);
        const output = knowingOutput(scheduler, index, sample, picture, given.prediction);
        const estimate = scheduler.original(index, sample, output);
        // Float32 latents of deviation 14 over a picture of 1 have five digits of it.
        const digits = 2e-6 * Math.max(1, deviation / signal || 1);
        for (const [i, value] of estimate.entries())
          expect(Math.abs(value - picture[i])).toBeLessThan(signal === 0 ? 1e-5 : digits);
      }),
      { numRuns: 60 },
    );
  });

  // The latents' coordinates: the picture, the noise that sampling starts from, the noise of each step. All enter linearly.
  it('leads picture and noise from each level exactly to the next, and to the picture in the end', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const scheduler = schedulerFor(name, exactFor(name, given));
        const count = scheduler.steps.length;
        const unit = (place: number) =>
          Float32Array.from({ length: count + 2 }, (_, i) => (i === place ? 1 : 0));
        const first = scheduler.steps[0].level;
        const start = unit(0).map((_, i) => [first.signal, first.deviation][i] ?? 0);
        const run = scheduler.start(start);
        while (run.index < count) {
          const { index } = run;
          const output = knowingOutput(
            scheduler,
            index,
            run.sample,
            unit(0),
            exactFor(name, given).prediction,
          );
          const [picture, ...noise] = run.advance(output, unit(index + 2));
          const { signal, deviation } = scheduler.steps[index + 1]?.level ?? { signal: 1, deviation: 0 };
          const tolerance = 1e-4 * Math.max(1, deviation);
          expect(Math.abs(picture - signal)).toBeLessThan(tolerance);
          expect(Math.abs(Math.hypot(...noise) - deviation)).toBeLessThan(tolerance);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the transpose that finite differences have, through any part of the sampling', () => {
    const clipping = fc.constantFrom({}, { clip_sample: true, clip_sample_range: CLIP });
    fc.assert(
      fc.property(
        settings,
        clipping,
        fc.nat(100),
        fc.nat(100),
        fc.nat(1000),
        (given, clip, place, reach, seed) => {
          const scheduler = schedulerFor(name, { ...given, steps: 2 + (given.steps % 8) }, clip);
          const first = place % scheduler.steps.length;
          const last = first + (reach % (scheduler.steps.length - first));
          const generator = new TorchGenerator(seed);
          const [start, push, weights] = [0, 1, 2].map(() => generator.randn([SIZE]).data);
          const window = { scheduler, first, last, start, noiseSeed: seed };
          const [near, far] = [STEP, 2 * STEP].map((by) => differenceQuotient(window, push, by, weights));
          // Not across the edge of a clip, where both sides differ.
          const edges = [-2, -1, 0, 1, 2].map((by) => clippedAt(window, push, by * STEP));
          fc.pre(edges.every((edge) => edge === edges[0]));
          const slope = (4 * near - far) / 3;
          const actual = slopeByTranspose(window, push, weights);
          expect(Math.abs(actual - slope)).toBeLessThan(1e-2 * (1 + Math.abs(slope)));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('remembers no more than its formula reads, however many steps there are', () => {
    const scheduler = makeScheduler(configOf(), { scheduler: name, steps: 40 });
    const run = scheduler.start(new Float32Array(4));
    const memories = scheduler.steps.map(() => {
      run.advance(new Float32Array(4), new Float32Array(4));
      return run.memory;
    });
    expect(Math.max(...memories)).toBeLessThanOrEqual(MEMORY[name] ?? 0);
    expect(memories.at(-1)).toBe(0);
  });

  it('has as many model evaluations as it should', () => {
    const evaluations = (steps: number) => makeScheduler(configOf(), { scheduler: name, steps }).steps.length;
    const expected = (steps: number) => {
      if (name === 'heun') return 2 * steps - 1;
      return name === 'pndm' && steps > 1 ? steps + 1 : steps;
    };
    for (const steps of [1, 2, 3, 20, 50]) expect(evaluations(steps)).toBe(expected(steps));
  });
});

/** Arrays that outlive a step, where any do. */
const MEMORY: Partial<Record<SchedulerName, number>> = {
  pndm: 4,
  heun: 2,
  'dpm++2m': 1,
  'dpm++2m-sde': 1,
  unipc: 2,
};

const SIZE = 5;
const CLIP = 2;
const STEP = 2 ** -6;

interface Window {
  readonly scheduler: Scheduler;
  readonly first: number;
  readonly last: number;
  readonly start: Float32Array;
  readonly noiseSeed: number;
}

/** Samples to the window, and through it with `push` added to each of its outputs: what a change of the prompt does. */
function visit({ scheduler, first, last, start, noiseSeed }: Window, push: Float32Array, size: number) {
  const generator = new TorchGenerator(noiseSeed + 1);
  const run = scheduler.start(start.map((x) => x * scheduler.initNoiseSigma));
  const visited: VisitedStep[] = [];
  for (;;) {
    const { index, sample, input } = run;
    const plain = analyticModel(input, scheduler.steps[index].timestep);
    const output = index < first ? plain : plain.map((value, i) => value + size * push[i]);
    if (index >= first) visited.push({ index, sample, output });
    if (index === last) return visited;
    run.advance(output, scheduler.noiseScale(index) > 0 ? generator.randn([SIZE]).data : undefined);
  }
}

function differenceQuotient(window: Window, push: Float32Array, by: number, weights: Float32Array): number {
  return (valueAt(window, push, by, weights) - valueAt(window, push, -by, weights)) / (2 * by);
}

function valueAt(window: Window, push: Float32Array, size: number, weights: Float32Array): number {
  const { index, sample, output } = visit(window, push, size).at(-1)!;
  return dot(window.scheduler.original(index, sample, output), weights);
}

/** Which elements of the estimates lie on the clip. */
function clippedAt(window: Window, push: Float32Array, size: number): string {
  const estimates = visit(window, push, size).flatMap(({ index, sample, output }) => [
    ...window.scheduler.original(index, sample, output),
  ]);
  return estimates.map((value) => Math.abs(value) >= CLIP).join();
}

function slopeByTranspose(window: Window, push: Float32Array, weights: Float32Array): number {
  const { scheduler } = window;
  const visited = visit(window, push, 0);
  const sweep = new ReverseSweep(scheduler, visited, weights);
  let slope = 0;
  for (const { index, sample } of [...visited].reverse()) {
    const toOutput = sweep.toOutput(index);
    slope += dot(toOutput, push);
    if (index === window.first) return slope;
    const output = analyticModel(scheduler.scaleInput(index, sample), scheduler.steps[index].timestep);
    sweep.passInput(
      index,
      toOutput.map((ct, i) => ct * 0.8 * 0.3 * (1 - (output[i] / 0.8) ** 2)),
    );
  }
  return slope;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
