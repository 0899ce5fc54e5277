import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  isUnetBackward,
  isUnetForward,
  openRecordedPipeline,
} from '../../tests/diffusion/recorded-pipeline.ts';
import { DpoError } from '../errors.ts';
import { concatRows, repeatRows } from '../tensor/stack.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import {
  addConditioning,
  type Branch,
  type Conditioning,
  conditioningDot as dot,
  mapConditioning,
  scaledConditioning as scaled,
} from './conditioning.ts';
import type { SamplingSettings } from './pipeline.ts';
import { type ShortcutGradientRequest, shortcutGradient } from './shortcut-gradient.ts';
import { stepNoise } from './step-noise.ts';

const { pipeline, runs } = await openRecordedPipeline();
const graphs = () => runs.map(({ graph }) => graph);
beforeEach(() => {
  runs.length = 0;
});
afterAll(() => pipeline.release());

const PROMPT = 'a truck in front of a house';
const positive = await pipeline.text.encode(PROMPT);
const negative = await pipeline.text.encode('empty, car');

function settingsOf(options: Partial<SamplingSettings> = {}): SamplingSettings {
  return pipeline.settings({ steps: 5, ...options });
}

interface Case {
  readonly searched: readonly Branch[];
  readonly gradientSteps?: number;
  readonly stepIndex?: number;
  readonly seeds?: readonly number[];
  readonly settings?: Partial<SamplingSettings>;
}

/** The request of a case, with `shift` added to the prompts' conditionings. */
function requestOf(
  { searched, gradientSteps = 1, stepIndex = 0, seeds = [3], settings }: Case,
  shift: Partial<Record<Branch, Conditioning>> = {},
): ShortcutGradientRequest {
  const resolved = settingsOf(settings);
  const starts = seeds.map((seed) => pipeline.initialLatents(seed, resolved));
  return {
    state: {
      latents: concatRows(starts.map(({ latents }) => latents)),
      positive: repeated(sum(positive, shift.positive), seeds.length),
      negative: repeated(sum(negative, shift.negative), seeds.length),
    },
    settings: resolved,
    stepIndex,
    gradientSteps,
    searched,
    target: PROMPT,
    generators: starts.map(({ generator }) => generator),
  };
}

function repeated(conditioning: Conditioning, count: number): Conditioning {
  return mapConditioning(conditioning, (tensor) => repeatRows(tensor, count));
}

function sum(conditioning: Conditioning, shift: Conditioning | undefined): Conditioning {
  return shift ? addConditioning(conditioning, shift) : conditioning;
}

/** A direction of norm 1 that is half the gradient's and half random, so that the slope along it is well above rounding. */
function directionBeside(gradient: Conditioning, seed: number): Conditioning {
  const generator = new TorchGenerator(seed);
  const random = mapConditioning(gradient, ({ shape }) => generator.randn(shape));
  const mixed = sum(
    scaled(gradient, 1 / Math.sqrt(dot(gradient, gradient))),
    scaled(random, 1 / Math.sqrt(dot(random, random))),
  );
  return scaled(mixed, 1 / Math.sqrt(dot(mixed, mixed)));
}

/** The loss of a request from step 0 on, with no gradient in sight. */
async function plainLoss({
  state,
  settings,
  gradientSteps = 1,
  target,
  generators = [],
}: ShortcutGradientRequest) {
  const { denoiser, decoder, scorer } = pipeline;
  const scheduler = pipeline.scheduler(settings);
  const { shape, data } = state.latents;
  const run = scheduler.start(data);
  const output = () => {
    const inputs = {
      ...state,
      sample: floatTensor(shape, run.input),
      timestep: scheduler.steps[run.index].timestep,
    };
    return denoiser.guided(inputs, settings.guidanceScale);
  };
  while (run.index < gradientSteps - 1)
    run.advance(await output(), stepNoise(scheduler, run.index, shape, generators));
  const latents = floatTensor(shape, scheduler.original(run.index, run.sample, await output()));
  const { losses } = await scorer.losses(await decoder.decode(latents), target);
  return losses.reduce((total, loss) => total + loss, 0) / losses.length;
}

const CASES: readonly (readonly [string, Case])[] = [
  ['the negative branch', { searched: ['negative'] }],
  ['the positive branch', { searched: ['positive'] }],
  ['both branches', { searched: ['positive', 'negative'] }],
  ['the negative branch through two steps', { searched: ['negative'], gradientSteps: 2 }],
  ['the positive branch through two steps', { searched: ['positive'], gradientSteps: 2 }],
  ['both branches through all steps', { searched: ['positive', 'negative'], gradientSteps: 5 }],
  ['no guidance', { searched: ['positive'], settings: { guidanceScale: 1 } }],
  [
    'no guidance through two steps',
    { searched: ['positive'], gradientSteps: 2, settings: { guidanceScale: 1 } },
  ],
  [
    'stochastic steps',
    { searched: ['positive', 'negative'], gradientSteps: 3, settings: { eta: 0.8 }, seeds: [3, 4] },
  ],
  ...(
    [
      ['pndm', 4],
      ['euler', 3],
      ['heun', 4],
      ['dpm++2m', 5],
      ['unipc', 4],
      ['euler-ancestral', 2],
    ] as const
  ).map(([scheduler, gradientSteps]): [string, Case] => [
    `${scheduler} through ${gradientSteps} steps`,
    { searched: ['positive', 'negative'], gradientSteps, settings: { scheduler, steps: 5 } },
  ]),
  [
    "Karras' sigmas",
    { searched: ['negative'], gradientSteps: 3, settings: { scheduler: 'dpm++2m', karrasSigmas: true } },
  ],
];

describe('the shortcut gradient', () => {
  // From step 0, since the sampling before a later step is a constant by definition.
  it.each(CASES)('is what finite differences say: %s', async (_, given) => {
    const { gradients, loss } = await shortcutGradient(pipeline, requestOf(given));
    expect(Object.keys(gradients).sort()).toEqual([...given.searched].sort());
    for (const branch of given.searched) {
      const gradient = gradients[branch]!;
      const direction = directionBeside(gradient, 9);
      const lossAt = (distance: number) =>
        plainLoss(requestOf(given, { [branch]: scaled(direction, distance) }));
      const step = 0.02;
      expect(await lossAt(0)).toBeCloseTo(loss, 5);
      const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
      expect(Math.abs(dot(gradient, direction) / slope - 1)).toBeLessThan(0.01);
    }
  });

  it('of two seeds is the mean of those of each', async () => {
    for (const gradientSteps of [1, 2]) {
      const searched = ['positive', 'negative'] as const;
      const of = (seeds: readonly number[]) =>
        shortcutGradient(pipeline, requestOf({ searched, gradientSteps, stepIndex: 2, seeds }));
      const [both, one, other] = [await of([3, 8]), await of([3]), await of([8])];
      expect(both.loss).toBeCloseTo((one.loss + other.loss) / 2, 5);
      expect(both.original.shape).toEqual([2, ...one.original.shape.slice(1)]);
      for (const branch of searched) {
        const mean = scaled(sum(one.gradients[branch]!, other.gradients[branch]), 0.5);
        const difference = sum(both.gradients[branch]!, scaled(mean, -1));
        expect(Math.sqrt(dot(difference, difference) / dot(mean, mean))).toBeLessThan(1e-3);
      }
    }
  });

  it('of the negative prompt is zero without guidance, where that prompt has no effect', async () => {
    const request = requestOf({ searched: ['negative'], settings: { guidanceScale: 1 } });
    const { gradients } = await shortcutGradient(pipeline, request);
    expect(gradients.negative).toEqual({ context: floatTensor(negative.context.shape) });
  });
});

describe('what the shortcut gradient costs', () => {
  const wrtOf = () =>
    graphs()
      .filter(isUnetBackward)
      .map(({ outputs }) => Object.keys(outputs).sort());

  it('is one backward pass of the searched branch alone', async () => {
    const callsBefore = pipeline.denoiser.calls;
    const calls: number[] = [];
    await shortcutGradient(pipeline, {
      ...requestOf({ searched: ['negative'], stepIndex: 3, seeds: [3, 4] }),
      onUnetCall: (pictures) => calls.push(pictures),
    });
    expect(wrtOf()).toEqual([['d context']]);
    expect(graphs().filter(isUnetForward)).toHaveLength(3 + 1);
    // Two pictures: three guided steps, the guided step of the gradient, and one backward pass.
    expect(pipeline.denoiser.calls - callsBefore).toBe(2 * (3 + 1 + 1));
    expect(calls).toEqual([2, 2, 2, 2, 2]);
  });

  it.each(['positive', 'negative'] as const)(
    'goes back through the %s branch with its own context',
    async (branch) => {
      const request = requestOf({ searched: [branch] });
      await shortcutGradient(pipeline, request);
      expect(wrtOf()).toEqual([['d context']]);
      const { inputs } = runs.find(({ graph }) => isUnetBackward(graph))!;
      expect(inputs.context).toBe(request.state[branch].context);
    },
  );

  it('is two backward passes where both are searched', async () => {
    await shortcutGradient(pipeline, requestOf({ searched: ['positive', 'negative'] }));
    expect(wrtOf()).toEqual([['d context'], ['d context']]);
  });

  it('goes back through the latents only between steps', async () => {
    await shortcutGradient(pipeline, requestOf({ searched: ['negative'], gradientSteps: 2 }));
    expect(wrtOf()).toEqual([['d sample'], ['d context', 'd sample'], ['d context']]);
  });

  it('is one branch in all without guidance', async () => {
    await shortcutGradient(pipeline, requestOf({ searched: ['positive'], settings: { guidanceScale: 1 } }));
    expect(graphs().filter(isUnetForward)).toHaveLength(1);
    expect(wrtOf()).toEqual([['d context']]);
  });
});

describe('a shortcut gradient that cannot be', () => {
  it.each([
    [
      5,
      1,
      'The gradient cannot go through 1 step from step index 5: there are 5 steps, with indices 0 to 4.',
    ],
    [
      4,
      2,
      'The gradient cannot go through 2 steps from step index 4: there are 5 steps, with indices 0 to 4.',
    ],
    [-1, 1, 'from step index -1'],
    [1.5, 1, 'from step index 1.5'],
    [0, 0, 'The number of gradient steps must be a whole number of at least 1, got 0.'],
    [0, 6, 'through 6 steps from step index 0'],
  ])('from step %s through %s steps is refused', async (stepIndex, gradientSteps, message) => {
    const request = requestOf({ searched: ['negative'], stepIndex, gradientSteps });
    const failure = shortcutGradient(pipeline, request);
    await expect(failure).rejects.toThrow(DpoError);
    await expect(failure).rejects.toThrow(message);
    expect(runs).toHaveLength(0);
  });

  it('is stopped on its way', async () => {
    for (const stopAt of [0, 1]) {
      const controller = new AbortController();
      const request = requestOf({ searched: ['negative'], stepIndex: 3 });
      const onStep = (index: number) => {
        if (index === stopAt) controller.abort(new Error('enough'));
      };
      const promise = shortcutGradient(pipeline, { ...request, signal: controller.signal, onStep });
      await expect(promise).rejects.toThrow('enough');
    }
    expect(graphs().filter(isUnetBackward)).toHaveLength(0);
  });

  it('is one without the noise that stochastic steps need', async () => {
    const request = requestOf({ searched: ['negative'], settings: { eta: 1 }, gradientSteps: 2 });
    await expect(shortcutGradient(pipeline, { ...request, generators: [] })).rejects.toThrow(/generator/);
  });
});
