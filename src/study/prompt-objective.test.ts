import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { eventsOf, finishedBy, ofType, QUICK_STUDY, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { StudyEvent } from './study-event.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => pipeline.release());

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
    vi.spyOn(pipeline, 'score').mockImplementation(async (images) => [images.data[5] > 0 ? 0.5 : 0.1]);
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
    const nothing = await improve(pipeline, STUDY_PROMPT, options).result();
    expect(nothing).toMatchObject({ evaluations: 2, best: { loss: null, heldOutLoss: null } });
    expect(nothing.summary).toBe('Nothing could be scored, so there is no result.');
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
