/** Studies whose pictures are judged by several scorers, by scorers of one's own, and by one that the search never sees. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  eventsOf,
  finishedBy,
  ofType,
  QUICK_STUDY,
  SMALL_SPACE,
  STUDY_PROMPT,
} from '../../tests/study/quick-study.ts';
import type { Pipeline } from '../diffusion/pipeline.ts';
import type { Scorer } from '../diffusion/scorer.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import { attack, improve } from './improve.ts';
import type { LoadPipelineOptions } from './load-pipeline.ts';
import { EMBEDDED_MODEL, loadPipeline } from './load-pipeline.ts';

const CLIP = join(EMBEDDED_MODEL, 'scorer');
const OPTIONS = { ...QUICK_STUDY, method: 'random', space: SMALL_SPACE, budget: 3 } as const;

const pipelines: Pipeline[] = [];
afterAll(() => Promise.all(pipelines.map((pipeline) => pipeline.release())));

async function load(options: LoadPipelineOptions): Promise<Pipeline> {
  const pipeline = await loadPipeline({ ...options, threads: 1 });
  pipelines.push(pipeline);
  return pipeline;
}

/** A scorer of the mean value of each picture. */
function byMean(name: string, loss: (mean: number) => number): Scorer & { asked: number } {
  return {
    name,
    asked: 0,
    async losses(images) {
      this.asked++;
      return means(images).map(loss);
    },
  };
}

function means({ shape, data }: FloatTensor): number[] {
  const size = data.length / shape[0];
  return Array.from(
    { length: shape[0] },
    (_, i) => data.subarray(i * size, (i + 1) * size).reduce((sum, value) => sum + value, 0) / size,
  );
}

describe('several scorers', () => {
  it('are told apart in events and result, and summed in the loss', async () => {
    const dark = byMean('darkness', (mean) => mean);
    const pipeline = await load({ scorer: [CLIP, { scorer: dark, weight: 0.5 }], loss: 'cosine' });
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, OPTIONS));
    const [started] = ofType(events, 'started');
    expect(started.settings).toMatchObject({ scorer: 'scorer + 0.5 × darkness', loss: 'cosine' });
    expect(started.namedScorers).toEqual({ scorers: [{ source: CLIP, weight: 1 }] });
    for (const { loss, scorers } of ofType(events, 'candidate')) {
      const [clip, own] = scorers!;
      expect([clip, own]).toMatchObject([
        { scorer: 'scorer', weight: 1 },
        { scorer: 'darkness', weight: 0.5 },
      ]);
      expect(clip.loss + 0.5 * own.loss).toBeCloseTo(loss!, 6);
    }
    const { original, heldOutScorer } = finishedBy(events);
    expect(heldOutScorer).toBeUndefined();
    const heldOut = original.scorers!.map((part) => part.weight * part.heldOutLoss!);
    expect(heldOut[0] + heldOut[1]).toBeCloseTo(original.heldOutLoss!, 6);
  });

  it('that read less than the text encoder say so', async () => {
    const tokenizer = { maxLength: 4, tokenize: () => ({ truncatedText: 'blue car' }) };
    const pipeline = await load({ scorer: [CLIP, { ...byMean('short', (mean) => mean), tokenizer }] });
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...OPTIONS, budget: 1 }));
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      'The scorer short reads 2 tokens; these words of the prompt fall off: "blue car".',
    ]);
  });

  it('of one kind leave no trace of their parts', async () => {
    const events = await eventsOf(improve(await load({}), STUDY_PROMPT, { ...OPTIONS, budget: 1 }));
    expect(ofType(events, 'candidate')[0].scorers).toBeUndefined();
    expect(finishedBy(events).original.scorers).toBeUndefined();
    expect(ofType(events, 'started')[0]).not.toHaveProperty('namedScorers');
  });
});

describe('a scorer without a gradient', () => {
  it('is refused for the methods that follow one, before anything is sampled', async () => {
    const dark = byMean('darkness', (mean) => mean);
    const pipeline = await load({ scorer: dark });
    for (const method of ['hybrid', 'gradient'] as const) {
      expect(() => improve(pipeline, STUDY_PROMPT, { ...OPTIONS, method })).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTION',
          message: expect.stringMatching(/darkness has no gradient/),
        }),
      );
    }
    expect([pipeline.denoiser.calls, dark.asked]).toEqual([0, 0]);
    const result = await improve(pipeline, STUDY_PROMPT, { ...OPTIONS, method: 'evolution' }).result();
    expect(result.best.loss).toBeLessThanOrEqual(result.original.loss!);
  });

  it('that gives no number makes an invalid evaluation', async () => {
    const pipeline = await load({ scorer: byMean('broken', () => Number.NaN) });
    const result = await improve(pipeline, STUDY_PROMPT, OPTIONS).result();
    expect(result.summary).toContain('the scorer gave no number');
  });

  it('cannot hold an attack to the meaning of the prompt itself, but MiniLM can', async () => {
    const pipeline = await load({ scorer: byMean('darkness', (mean) => mean) });
    const options = { ...OPTIONS, space: { ...SMALL_SPACE, task: 'attack' } } as const;
    const byClip = { ...options, similarityModel: 'clip' } as const;
    expect(() => attack(pipeline, STUDY_PROMPT, byClip)).toThrow(/darkness offers none. Add a CLIP scorer/);
    const result = await attack(pipeline, STUDY_PROMPT, { ...byClip, minSimilarity: -1 }).result();
    expect(result.best.similarity).toBeUndefined();
    const byDefault = await attack(pipeline, STUDY_PROMPT, { ...options, minSimilarity: -1 }).result();
    expect(byDefault).toMatchObject({ similarityModel: 'all-MiniLM-L6-v2', rejected: 0 });
    expect(result.best.loss).toBeGreaterThanOrEqual(result.original.loss!);
  });
});

describe('a held-out scorer', () => {
  it('that agrees is quoted, and was asked for four groups of pictures only', async () => {
    const judge = byMean('judge', (mean) => 2 - 2 * mean);
    const pipeline = await load({ scorer: byMean('light', (mean) => 1 - mean), heldOutScorer: judge });
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, OPTIONS));
    const result = finishedBy(events);
    expect(result.best.negativePrompt).not.toBe('');
    expect(judge.asked).toBe(4);
    expect(result.heldOutScorer).toMatchObject({ name: 'judge', verdict: 'agrees' });
    expect(result.heldOutScorer?.searchedDifference?.mean).toBeCloseTo(
      2 * (result.best.loss! - result.original.loss!),
    );
    expect(result.best.heldOutScorer?.heldOutLoss).toBeCloseTo(2 * result.best.heldOutLoss!, 6);
    expect(result.summary).toMatch(
      /The held-out scorer judge agrees \(mean loss .* on the searched seeds, .* on the held-out seeds\)/,
    );
    expect(ofType(events, 'started')[0].settings.heldOutScorer).toBe('judge');
    expect(ofType(events, 'warning')).toEqual([]);
  });

  it('that judges the other way warns of a gamed scorer', async () => {
    const judge = byMean('judge', (mean) => mean);
    const pipeline = await load({ scorer: byMean('light', (mean) => 1 - mean), heldOutScorer: judge });
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, OPTIONS));
    expect(finishedBy(events)).toMatchObject({
      heldOutScorer: { verdict: 'disagrees' },
      summary: expect.stringMatching(
        /The held-out scorer judge disagrees \(.*\): the search may have gamed its scorer\.$/,
      ),
    });
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      'The held-out scorer judge, which the search never saw, judges the other way: the search may have gamed its scorer.',
    ]);
  });

  it('that fails costs its opinion, not the study', async () => {
    const judge: Scorer = {
      name: 'judge',
      losses: async () => {
        throw new Error('no network');
      },
    };
    const pipeline = await load({ heldOutScorer: judge });
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, OPTIONS));
    expect(finishedBy(events)).toMatchObject({
      stoppedBy: expect.any(String),
      heldOutScorer: { verdict: null, searchedDifference: null },
      best: { heldOutScorer: { loss: null, heldOutLoss: null } },
    });
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      'The held-out scorer judge failed (no network), so nothing more is said of it.',
    ]);
  });

  it('is refused where the search follows it too', async () => {
    const dark = byMean('darkness', (mean) => mean);
    await expect(load({ scorer: [CLIP, dark], heldOutScorer: dark })).rejects.toThrow(
      /darkness is also one that the search/,
    );
    await expect(load({ heldOutScorer: CLIP })).rejects.toThrow(/The held-out scorer scorer is also one/);
    await expect(load({ scorer: [CLIP, join(CLIP, '.')] })).rejects.toThrow(/scorer is given twice/);
  });
});

describe('loadPipeline()', () => {
  it.each([
    [{ loss: 'l2' }, 'The loss must be spherical or cosine, got l2.'],
    [{ scorer: [] }, 'At least one scorer is needed.'],
    [{ scorer: { scorer: CLIP, weight: -1 } }, 'weight'],
    [{ scorer: { name: 'half' } }, 'an object with a name and a function "losses"'],
    [{ scorer: [null] }, 'A scorer must be the path of a CLIP model'],
    [{ scorer: [{ scorer: CLIP, weight: -1 }] }, 'must be a number above 0, got -1'],
  ])('refuses %j', async (options, message) => {
    await expect(load(options as unknown as LoadPipelineOptions)).rejects.toThrow(message);
  });
});
