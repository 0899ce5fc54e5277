import { afterAll, describe, expect, it } from 'vitest';
import { SD1_FOLDER, SDXL_FOLDER } from '../../tests/diffusion/recorded-pipeline.ts';
import { STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import type { SlotProbabilities } from '../search/search-space.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { limitedTo, searchedSlots } from '../words/searched-slots.ts';
import { loadPipeline } from './load-pipeline.ts';
import { PromptGradient, type PromptGradientOptions } from './prompt-gradient.ts';
import { promptVariants } from './prompt-variants.ts';

const PIPELINES = {
  'SD 1': await loadPipeline({ model: SD1_FOLDER, threads: 1 }),
  SDXL: await loadPipeline({ model: SDXL_FOLDER, threads: 1 }),
};
const pipeline = PIPELINES['SD 1'];
afterAll(() => Promise.all(Object.values(PIPELINES).map((each) => each.release())));

const choices = (...texts: readonly string[]) =>
  texts.map((text) => ({ text, source: 'test', relation: 'contrast', score: 1 }));

function spaceFor(task: Task): PromptSpace {
  const slots = [
    { text: 'cat', start: 6, choices: choices('dog', 'big truck') },
    { text: 'car', start: 21, choices: choices('bed') },
  ];
  return { prompt: STUDY_PROMPT, task, slots };
}

const VARIANTS = {
  improve: promptVariants(spaceFor('improve')),
  attack: promptVariants(spaceFor('attack'), 'empty'),
};

function gradientOf(options: Partial<PromptGradientOptions> = {}, of = pipeline): PromptGradient {
  return new PromptGradient(of, {
    target: STUDY_PROMPT,
    variants: VARIANTS.improve,
    seeds: [1, 2],
    settings: pipeline.settings({ steps: 3 }),
    gradientSteps: 1,
    sign: 1,
    ...options,
  });
}

const PROBABILITIES = [Float64Array.of(0.5, 0.2, 0.3), Float64Array.of(0.4, 0.6)];

/** Weight leaves choice 0 of a slot and goes to another, so that they still add up to 1. */
function movedToChoice(slot: number, to: number, by: number): SlotProbabilities {
  return JOINT_PROBABILITIES.map((row, i) => {
    const moved = row.slice();
    if (i !== slot) return moved;
    moved[0] -= by;
    moved[to] += by;
    return moved;
  });
}

function dot(a: SlotProbabilities, b: SlotProbabilities): number {
  return a.flatMap((row, i) => [...row].map((value, k) => value * b[i][k])).reduce((x, y) => x + y, 0);
}

/** Slots of both prompts and of the library, choices of one to several tokens, in no tidy order. */
const JOINT: PromptSpace = {
  prompt: STUDY_PROMPT,
  task: 'improve',
  slots: [
    { text: 'car', start: 21, part: 'positive', choices: choices('bed', 'little big truck') },
    { text: 'cat', start: 6, part: 'negative', choices: choices('dog', 'big truck') },
    { text: 'cat', start: 6, part: 'positive', choices: choices('zebrafish', 'red hat') },
  ],
  library: [{ theme: 'quality', choices: choices('blurry', 'out of focus') }],
};
const JOINT_VARIANTS = promptVariants(JOINT, 'ugly');
const JOINT_PROBABILITIES = [
  Float64Array.of(0.5, 0.2, 0.3),
  Float64Array.of(0.4, 0.35, 0.25),
  Float64Array.of(0.3, 0.3, 0.4),
  Float64Array.of(0.6, 0.1, 0.3),
];

describe('the text gradient of a prompt', () => {
  it.each([
    ['SD 1', 'ugly', 2, 4e-3],
    ['SDXL', 'ugly', 2, 4e-3],
    // Its empty negative prompt is zeros, which the mixture is blended with.
    ['SDXL', '', 2, 2e-3],
  ] as const)(
    'of both prompts at once, of %s after "%s", is what finite differences of the loss say, along the simplex of every slot',
    async (family, given, guidanceScale, step) => {
      const of = PIPELINES[family];
      const settings = of.settings({ steps: 3, guidanceScale });
      const text = gradientOf({ variants: promptVariants(JOINT, given), settings, seeds: [1] }, of);
      const at = (probabilities: SlotProbabilities) => text.gradient({ probabilities, stepIndex: 0 });
      const { gradient } = await at(JOINT_PROBABILITIES);
      // From one choice to another, of other length: the direction that a search moves along. Weight leaves one and goes to the other.
      const slopes: { expected: number; found: number }[] = [];
      for (const [slot, row] of JOINT_PROBABILITIES.entries()) {
        for (let to = 1; to < row.length; to++) {
          const lossAt = async (by: number) => (await at(movedToChoice(slot, to, by))).loss;
          const found = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
          slopes.push({ expected: gradient[slot][to] - gradient[slot][0], found });
        }
      }
      const largest = Math.max(...slopes.map(({ found }) => Math.abs(found)));
      for (const { expected, found } of slopes)
        expect(Math.abs(expected - found) / largest).toBeLessThan(0.03);
    },
  );

  it.each(['negative', 'positive'] as const)(
    'of both prompts has, in the slots of the %s one, the gradient of that prompt alone',
    async (part) => {
      const at = async (variants: typeof JOINT_VARIANTS, probabilities: SlotProbabilities) =>
        (await gradientOf({ variants }).gradient({ probabilities, stepIndex: 1 })).gradient;
      // The other prompt is certain, so that alone it is the same constant.
      const certain = JOINT_PROBABILITIES.map((row, slot) =>
        JOINT_VARIANTS.slotsOf(part).includes(slot) ? row : row.map((_, k) => (k === 0 ? 1 : 0)),
      );
      const joint = await at(JOINT_VARIANTS, certain);
      const alone = promptVariants(limitedTo(JOINT, part), 'ugly');
      const kept = searchedSlots(JOINT).flatMap((slot, i) => (slot.part === part ? [i] : []));
      const own = await at(
        alone,
        kept.map((i) => JOINT_PROBABILITIES[i]),
      );
      const scale = Math.sqrt(dot(own, own));
      for (const [i, row] of own.entries())
        for (const [k, value] of row.entries())
          expect(Math.abs(joint[kept[i]][k] - value) / scale).toBeLessThan(1e-3);
    },
  );

  it.each([
    ['SD 1', 'improve', 1, 2, 5e-3],
    ['SD 1', 'attack', -1, 2, 5e-3],
    // Its empty negative prompt is zeros, which the mixture is blended with.
    ['SDXL', 'improve', 1, 7.5, 1e-3],
    ['SDXL', 'attack', -1, 2, 5e-3],
  ] as const)(
    'of %s is what finite differences of the loss say, to %s',
    async (family, task, sign, guidanceScale, step) => {
      const of = PIPELINES[family];
      const settings = of.settings({ steps: 3, guidanceScale });
      const text = gradientOf({ variants: VARIANTS[task], sign, gradientSteps: 2, settings }, of);
      const at = (probabilities: SlotProbabilities) => text.gradient({ probabilities, stepIndex: 0 });
      const { gradient, loss } = await at(PROBABILITIES);
      expect(Math.sign(loss)).toBe(sign);
      const norm = Math.sqrt(dot(gradient, gradient));
      const moved = (distance: number) =>
        PROBABILITIES.map((row, i) => row.map((value, k) => value + (distance * gradient[i][k]) / norm));
      // The steps are not larger, because pixels are cut to [0, 1], which bends the loss; not smaller, for the rounding of float32.
      const slope = ((await at(moved(step))).loss - (await at(moved(-step))).loss) / (2 * step);
      expect(Math.abs(slope / norm - 1)).toBeLessThan(0.02);
    },
  );

  it('of more seeds than fit a batch is the mean over all of them', async () => {
    const seeds = Array.from({ length: 9 }, (_, seed) => seed);
    const at = (of: readonly number[]) =>
      gradientOf({ seeds: of }).gradient({ probabilities: PROBABILITIES, stepIndex: 2 });
    const [all, first, last] = [await at(seeds), await at(seeds.slice(0, 5)), await at(seeds.slice(5))];
    expect(all.loss).toBeCloseTo((5 * first.loss + 4 * last.loss) / 9, 5);
    const mean = first.gradient.map((row, i) =>
      Float64Array.from(row, (value, k) => (5 * value + 4 * last.gradient[i][k]) / 9),
    );
    const difference = all.gradient.map((row, i) => Float64Array.from(row, (value, k) => value - mean[i][k]));
    expect(Math.sqrt(dot(difference, difference) / dot(mean, mean))).toBeLessThan(1e-3);
  });

  it('costs what the paper counts, and reports the steps before it', async () => {
    const steps: number[] = [];
    const text = gradientOf({ onStep: (pictures) => steps.push(pictures) });
    expect([text.steps, text.cost(0), text.cost(2)]).toEqual([3, 0, 2 / 3]);
    await text.gradient({ probabilities: PROBABILITIES, stepIndex: 2 });
    expect(steps).toEqual([2, 2]);
  });

  it('counts the guided steps that a sampler takes: Heun has five of three steps', () => {
    const text = gradientOf({ settings: pipeline.settings({ steps: 3, scheduler: 'heun' }) });
    expect([text.steps, text.cost(2)]).toEqual([5, 2 / 5]);
  });

  it('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const request = { probabilities: PROBABILITIES, stepIndex: 1, signal };
    await expect(gradientOf().gradient(request)).rejects.toThrow('enough');
  });
});
