import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  eventsOf,
  finishedBy,
  ofType,
  QUICK_STUDY,
  SMALL_SPACE,
  STUDY_PROMPT,
} from '../../tests/study/quick-study.ts';
import { improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { StudyEvent } from './study-event.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => pipeline.release());

describe('how a study ends', () => {
  const evolution = { ...QUICK_STUDY, method: 'evolution', budget: 30, heldOutSeeds: [] } as const;

  it('with result() alone, when nobody iterates', async () => {
    const result = await improve(pipeline, STUDY_PROMPT, { ...evolution, budget: 2 }).result();
    expect(result).toMatchObject({ evaluations: 2, stoppedBy: 'budget', heldOutDifference: null });
    expect(result.best.heldOutLoss).toBeNull();
  });

  it('when every candidate was evaluated', async () => {
    const result = await improve(pipeline, STUDY_PROMPT, { ...evolution, space: SMALL_SPACE }).result();
    expect(result).toMatchObject({ evaluations: 4, stoppedBy: 'exhausted' });
  });

  it('when it is aborted, with the best so far', async () => {
    const controller = new AbortController();
    const events: StudyEvent[] = [];
    const options = { ...evolution, heldOutSeeds: [3], signal: controller.signal };
    for await (const event of improve(pipeline, STUDY_PROMPT, options)) {
      events.push(event);
      if (event.type === 'candidate') controller.abort();
    }
    const result = finishedBy(events);
    expect(result).toMatchObject({ stoppedBy: 'aborted', heldOutDifference: null });
    expect(result.evaluations).toBe(ofType(events, 'candidate').length);
    expect(result.evaluations).toBeLessThan(30);
    expect(result.best.loss).toBeLessThanOrEqual(result.original.loss!);
    expect(ofType(events, 'picture').map(({ which }) => which)).toEqual(['original', 'best']);
  });

  it('when it is aborted before it begins, with nothing', async () => {
    const options = { ...evolution, signal: AbortSignal.abort('no time') };
    const callsBefore = pipeline.denoiser.calls;
    const result = await improve(pipeline, STUDY_PROMPT, options).result();
    expect(result).toMatchObject({
      stoppedBy: 'aborted',
      evaluations: 0,
      unetCalls: 0,
      best: { loss: null },
      summary: 'The study was stopped before the first evaluation, so there is no result.',
    });
    expect(pipeline.denoiser.calls).toBe(callsBefore);
  });

  it('when it is aborted among the held-out seeds, with what the search found', async () => {
    const controller = new AbortController();
    const options = { ...QUICK_STUDY, budget: 2, method: 'random', signal: controller.signal } as const;
    const events: StudyEvent[] = [];
    for await (const event of improve(pipeline, STUDY_PROMPT, options)) {
      events.push(event);
      if (event.type === 'sampling' && event.phase === 'held-out') controller.abort();
    }
    const result = finishedBy(events);
    expect(result).toMatchObject({ stoppedBy: 'aborted', evaluations: 2, heldOutDifference: null });
    const heldOutSteps = ofType(events, 'sampling').filter(({ phase }) => phase === 'held-out');
    expect(heldOutSteps.length).toBeLessThan(4);
  });

  it('when the reader leaves', async () => {
    const study = improve(pipeline, STUDY_PROMPT, evolution);
    for await (const event of study) if (event.type === 'candidate') break;
    const result = await study.result();
    expect(result.stoppedBy).toBe('aborted');
    expect(result.evaluations).toBeLessThan(30);
    const calls = pipeline.denoiser.calls;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pipeline.denoiser.calls).toBe(calls);
  });

  it('when its time is over', async () => {
    const result = await improve(pipeline, STUDY_PROMPT, {
      ...evolution,
      budget: 5000,
      maxSeconds: 0.4,
    }).result();
    expect(result.stoppedBy).toBe('time');
    expect(result.seconds).toBeLessThan(10);
    expect(result.evaluations).toBeLessThan(5000);
  });

  it('when its time is over at once, with the original', async () => {
    const result = await improve(pipeline, STUDY_PROMPT, { ...evolution, maxSeconds: 0.001 }).result();
    expect(result).toMatchObject({ stoppedBy: 'time', evaluations: 1 });
    expect(result.original.loss).toBeGreaterThan(0);
    expect(result.summary).toMatch(/only the original was tried/);
  });

  it('when nothing better comes any more', async () => {
    const result = await improve(pipeline, STUDY_PROMPT, { ...evolution, plateau: 1 }).result();
    expect(result.stoppedBy).toBe('plateau');
  });
});

describe('a failure inside a study', () => {
  it('reaches the reader after the events before it, and whoever awaits the result', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const failure = new Error('the disk is gone');
    const decode = pipeline.decoder.decode.bind(pipeline.decoder);
    let pictures = 0;
    vi.spyOn(pipeline.decoder, 'decode').mockImplementation((latents) => {
      if (++pictures > 2) throw failure;
      return decode(latents);
    });
    const study = improve(pipeline, STUDY_PROMPT, { ...QUICK_STUDY, method: 'random', seeds: [0, 1] });
    const events: StudyEvent[] = [];
    const reading = (async () => {
      for await (const event of study) events.push(event);
    })();
    await expect(reading).rejects.toBe(failure);
    expect(events.map(({ type }) => type)).toContain('candidate');
    await expect(study.result()).rejects.toBe(failure);
    await expect(eventsOf(study)).rejects.toBe(failure);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
