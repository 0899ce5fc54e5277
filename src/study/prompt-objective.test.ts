import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  eventsOf,
  finishedBy,
  ofType,
  QUICK_STUDY,
  SMALL_SPACE,
  STUDY_PROMPT,
} from '../../tests/study/quick-study.ts';
import { floatTensor } from '../tensor/tensor.ts';
import type { PromptSpace } from '../words/prompt-space.ts';
import { improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import { PictureEvaluator } from './picture-evaluator.ts';
import { PromptObjective } from './prompt-objective.ts';
import { promptVariants } from './prompt-variants.ts';
import type { StudyEvent } from './study-event.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => pipeline.release());

describe('candidates that read the same', () => {
  const space: PromptSpace = {
    ...SMALL_SPACE,
    slots: SMALL_SPACE.slots.map((slot) => ({ ...slot, choices: [{ ...slot.choices[0], text: 'pink' }] })),
  };
  const objectiveOf = (words: PromptSpace) => {
    const sampled: number[] = [];
    const settings = pipeline.settings({ steps: 2 });
    const evaluator = new PictureEvaluator(pipeline, {
      target: STUDY_PROMPT,
      settings,
      onStep: (pictures) => sampled.push(pictures),
    });
    const objective = new PromptObjective(evaluator, {
      target: STUDY_PROMPT,
      variants: promptVariants(words),
      seeds: [2],
      pictures: pipeline.batchSize(settings),
      sign: 1,
    });
    return { objective, sampled };
  };

  it.each(['one batch', 'two'])('are sampled once, in %s', async (batches) => {
    const { objective, sampled } = objectiveOf(space);
    const scores =
      batches === 'two'
        ? [...(await objective.evaluate([[1, 0]])), ...(await objective.evaluate([[0, 1]]))]
        : await objective.evaluate([
            [1, 0],
            [0, 1],
          ]);
    expect(sampled).toEqual([1, 1]);
    expect(scores[1]).toEqual(scores[0]);
    expect(objective.outcomeOf([0, 1])).toMatchObject({ negativePrompt: 'pink', invalid: null });
    expect(objective.picturesOf([0, 1])).toBe(objective.picturesOf([1, 0]));
    expect(objective.picturesOf([0, 1])).toMatchObject([{ request: { seed: 2 }, fault: null }]);
  });

  it('count as evaluations all the same', async () => {
    const options = { ...QUICK_STUDY, method: 'random', budget: 30, heldOutSeeds: [], space } as const;
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, options));
    const candidates = ofType(events, 'candidate');
    const pinks = candidates.filter(({ negativePrompt }) => negativePrompt === 'pink');
    expect(new Set(pinks.map(({ loss }) => loss)).size).toBe(1);
    const texts = new Set(candidates.map(({ negativePrompt }) => negativePrompt)).size;
    expect([candidates.length, pinks.length, texts]).toEqual([4, 2, 3]);
    expect(finishedBy(events)).toMatchObject({
      evaluations: 4,
      unetCalls: 4 * texts,
      stoppedBy: 'exhausted',
    });
  });
});

describe('a picture that is no picture', () => {
  it('is an invalid evaluation and never the best', async () => {
    const decode = pipeline.decoder.decode.bind(pipeline.decoder);
    let pictures = 0;
    vi.spyOn(pipeline.decoder, 'decode').mockImplementation(async (latents) => {
      const image = await decode(latents);
      pictures++;
      if (pictures === 1) return image;
      return floatTensor(
        image.shape,
        new Float32Array(image.data.length).fill(pictures === 2 ? 0 : Number.NaN),
      );
    });
    // The scorer itself would be delighted.
    vi.spyOn(pipeline.scorer.scorers[0].scorer, 'losses').mockImplementation(async (images) =>
      Array.from({ length: images.shape[0] }, (_, i) => (images.data[i * 3 * 64 * 64 + 5] > 0 ? 0.5 : 0.1)),
    );
    const options = { ...QUICK_STUDY, method: 'random', budget: 3, heldOutSeeds: [] } as const;
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, options));
    const [original, ...others] = ofType(events, 'candidate');
    expect(original).toMatchObject({ loss: 0.5, invalid: null });
    expect(
      others.map(({ loss, losses, invalid, improved }) => ({ loss, losses, invalid, improved })),
    ).toEqual([
      { loss: null, losses: [], invalid: 'a picture is all black', improved: false },
      { loss: null, losses: [], invalid: 'a picture holds values that are not numbers', improved: false },
    ]);
    expect(finishedBy(events).best).toMatchObject({ negativePrompt: '', loss: 0.5 });
  });

  it('leaves no result where all are so, and says nothing of held-out seeds where those are', async () => {
    vi.spyOn(pipeline.decoder, 'decode').mockResolvedValue(floatTensor([1, 3, 64, 64]));
    const options = { ...QUICK_STUDY, method: 'random', budget: 2 } as const;
    const told = await eventsOf(improve(pipeline, STUDY_PROMPT, options));
    const nothing = finishedBy(told);
    expect(nothing).toMatchObject({ evaluations: 2, best: { loss: null, heldOutLoss: null } });
    expect(nothing.summary).toBe(
      'Nothing could be scored, so there is no result. The first reason: a picture is all black.',
    );
    expect(ofType(told, 'picture').map(({ which, loss }) => [which, loss])).toEqual([
      ['original', null],
      ['best', null],
    ]);
    vi.restoreAllMocks();

    const study = improve(pipeline, STUDY_PROMPT, options);
    const events: StudyEvent[] = [];
    for await (const event of study) {
      events.push(event);
      if (event.type === 'sampling' && event.phase === 'held-out')
        vi.spyOn(pipeline.decoder, 'decode').mockResolvedValue(floatTensor([1, 3, 64, 64]));
    }
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      'On the held-out seeds a picture is all black, so nothing is said of them.',
    ]);
    expect(finishedBy(events)).toMatchObject({ stoppedBy: 'budget', heldOutDifference: null });
  });
});
