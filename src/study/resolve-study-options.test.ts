import { afterAll, describe, expect, it } from 'vitest';
import { eventsOf, ofType, SMALL_SPACE, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { DpoError } from '../errors.ts';
import type { PromptSpace } from '../words/prompt-space.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { StudyOptions } from './study-options.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

describe('what a study is asked', () => {
  it('seeds 0 and 1, and the four smallest others to see whether it carries over', async () => {
    const seedsOf = async (options: StudyOptions) => {
      for await (const event of improve(pipeline, STUDY_PROMPT, { steps: 1, method: 'random', ...options }))
        if (event.type === 'started') return [event.seeds, event.heldOutSeeds];
    };
    expect(await seedsOf({})).toEqual([
      [0, 1],
      [2, 3, 4, 5],
    ]);
    expect(await seedsOf({ seeds: [1, 3] })).toEqual([
      [1, 3],
      [0, 2, 4, 5],
    ]);
    expect(await seedsOf({ heldOutSeeds: [] })).toEqual([[0, 1], []]);
  });

  const attackSpace = (start: number): PromptSpace => ({
    prompt: STUDY_PROMPT,
    task: 'attack',
    slots: [{ ...SMALL_SPACE.slots[0], start }],
  });

  it.each<[string, StudyOptions, string]>([
    ['no seed', { seeds: [] }, 'At least one seed is needed.'],
    ['half a seed', { seeds: [0.5] }, 'A seed must be a whole number from 0 to 2^32 − 1, got 0.5.'],
    [
      'a seed beyond 32 bits',
      { seeds: [2 ** 32] },
      'A seed must be a whole number from 0 to 2^32 − 1, got 4294967296.',
    ],
    [
      'a held-out seed beyond 32 bits',
      { heldOutSeeds: [2 ** 32] },
      'A seed must be a whole number from 0 to 2^32 − 1, got 4294967296.',
    ],
    [
      'a search seed beyond 32 bits',
      { searchSeed: 2 ** 32 },
      'A seed must be a whole number from 0 to 2^32 − 1, got 4294967296.',
    ],
    ['a number for seeds', { seeds: 0 as never }, 'Seeds must be a list of numbers, such as [0, 1], got 0.'],
    ['a number for a text', { negativePrompt: 5 as never }, 'The negative prompt must be a text, got 5.'],
    ['a seed twice', { seeds: [3, 3] }, 'Each seed may be given once, got 3.'],
    [
      'a negative search seed',
      { searchSeed: -1 },
      'A seed must be a whole number from 0 to 2^32 − 1, got -1.',
    ],
    [
      'a seed that is searched and held out',
      { seeds: [0, 4], heldOutSeeds: [3, 4] },
      'A held-out seed must not be one that the search sees, got 4.',
    ],
    [
      'no guidance',
      { guidanceScale: 1 },
      'The guidance scale must be above 1 to search a negative prompt, which has no effect without guidance, got 1.',
    ],
    ['no steps', { steps: 0 }, 'The number of steps must be a whole number from 1 to 1000, got 0.'],
    [
      'no budget',
      { budget: 0 },
      'budget.evaluations must be a whole number of at least 1, or Infinity, but it is 0.',
    ],
    ['no time', { maxSeconds: 0 }, 'budget.seconds must be a number above 0, but it is 0.'],
    [
      'an unknown method',
      { method: 'annealing' as never },
      'The search method must be one of hybrid, gradient, evolution, random, got annealing.',
    ],
    [
      'a gradient beyond the steps',
      { steps: 10, gradient: { schedule: { kind: 'fixed', stepIndex: 10 } } },
      'must be a step index from 0 to 9, because there are 10 sampling steps, but it is 10.',
    ],
    [
      'a gradient that leads beyond the steps',
      { steps: 10, gradientSteps: 8 },
      'The gradient steps must be at most 7, because the gradient begins at step index 3 and there are 10 steps, got 8.',
    ],
    [
      'a gradient that may lead beyond the steps',
      { steps: 10, gradientSteps: 3, gradient: { schedule: { kind: 'random', min: 1, max: 8 } } },
      'The gradient steps must be at most 2, because the gradient begins at step index 8 and there are 10 steps, got 3.',
    ],
    [
      "a gradient that leads beyond Heun's guided steps",
      { steps: 10, gradientSteps: 14, scheduler: 'heun' },
      'The gradient steps must be at most 13, because the gradient begins at step index 6 and there are 19 steps, got 14.',
    ],
    [
      'a sampler that nobody knows',
      { scheduler: 'lms' as never },
      'The scheduler must be one of ddim, ddpm, ',
    ],
    [
      'eta with another sampler',
      { scheduler: 'unipc', eta: 1 },
      "eta is DDIM's alone and must be 0 with UniPC, got 1.",
    ],
    [
      'no gradient step',
      { gradientSteps: 0 },
      'The gradient steps must be a whole number of at least 1, got 0.',
    ],
    ['likeness beyond 1', { minSimilarity: 1.5 }, 'The least similarity must lie between −1 and 1, got 1.5.'],
    [
      'no choices',
      { maxChoices: 0 },
      'The number of choices in a slot must be a whole number of at least 1, got 0.',
    ],
    [
      'the space of another task',
      { space: attackSpace(6) },
      'expected "a red cat and a blue car" and improve.',
    ],
    ['a file that is none', { space: '/nowhere.json' }, 'The search space /nowhere.json cannot be read'],
  ])('%s is refused at once, in a sentence', (_, options, message) => {
    const callsBefore = pipeline.denoiser.calls;
    const start = () => improve(pipeline, STUDY_PROMPT, { steps: 4, ...options });
    expect(start).toThrow(DpoError);
    expect(start).toThrow(message);
    expect(pipeline.denoiser.calls).toBe(callsBefore);
  });

  it('the largest seed is taken', () => {
    const largest = 2 ** 32 - 1;
    expect(() => improve(pipeline, STUDY_PROMPT, { seeds: [largest], searchSeed: largest })).not.toThrow();
  });

  it.each([undefined, null, 7])('a prompt that is %s is refused', (prompt) => {
    expect(() => improve(pipeline, prompt as never)).toThrow(DpoError);
    expect(() => improve(pipeline, prompt as never)).toThrow(`The prompt must be a text, such as`);
  });

  it('a gradient too long is no matter where there is none', () => {
    const options = { steps: 4, gradientSteps: 4, method: 'evolution' } as const;
    expect(() => improve(pipeline, STUDY_PROMPT, options)).not.toThrow();
  });

  it.each([
    ['', 'The prompt is empty.'],
    ['  ', 'The prompt is empty.'],
    ['of the and', 'No word of the prompt "of the and" has an opposite or a contrast'],
  ])('about the prompt "%s" is refused', (prompt, message) => {
    expect(() => improve(pipeline, prompt)).toThrow(message);
  });

  it('a slot that is not where it says is refused', () => {
    expect(() => attack(pipeline, STUDY_PROMPT, { space: attackSpace(5) })).toThrow(
      'The search space has a slot for "cat" at 5; expected a word of the prompt',
    );
    expect(() => attack(pipeline, STUDY_PROMPT, { space: attackSpace(6) })).not.toThrow();
  });

  it('a prompt too long is said, and only what the model reads is substituted', async () => {
    const prompt = `a cat ${'and a bird '.repeat(10)}near a blue house`;
    const study = attack(pipeline, prompt, {
      steps: 1,
      budget: 1,
      method: 'random',
      seeds: [0],
      heldOutSeeds: [],
    });
    const events = await eventsOf(study);
    const [warning] = ofType(events, 'warning');
    expect(warning.message).toMatch(
      /reads 30 tokens; these words of the prompt fall off: ".*near a blue house"/,
    );
    const [{ space }] = ofType(events, 'started');
    expect(space.slots.length).toBeGreaterThan(0);
    expect(space.slots.map(({ text }) => text)).not.toContain('house');
  });
});
