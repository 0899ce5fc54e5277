import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  eventsOf,
  finishedBy,
  ofType,
  QUICK_STUDY,
  STUDY_PROMPT,
  toldBy,
} from '../../tests/study/quick-study.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { StudyEvent } from './study-event.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

describe('a study that improves', async () => {
  const study = improve(pipeline, STUDY_PROMPT, QUICK_STUDY);
  const events = await eventsOf(study);
  const result = finishedBy(events);
  const candidates = ofType(events, 'candidate');

  it('begins with its settings and ends with its result, the one that result() gives', async () => {
    expect(await study.result()).toBe(result);
    expect(events.filter(({ type }) => type === 'finished')).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'started',
      seeds: [2],
      heldOutSeeds: [3, 5],
      searchSeed: 0,
      method: 'hybrid',
      budget: 7,
      settings: {
        model: 'pocket',
        sampler: 'DDIM',
        steps: 4,
        guidanceScale: 5,
        width: 64,
        height: 64,
        device: 'cpu',
        precision: 'float32',
      },
    });
  });

  it('tells of the original first, of gradients, then of candidates, and last shows the pictures', () => {
    const kinds = events.map(({ type }) => type).filter((type) => type !== 'sampling');
    const order = kinds.filter((type, i) => type !== kinds[i - 1]);
    expect(order).toEqual(['started', 'candidate', 'gradient', 'candidate', 'picture', 'finished']);
    expect(candidates[0]).toMatchObject({
      index: 0,
      prompt: STUDY_PROMPT,
      negativePrompt: '',
      phase: 'original',
      improved: true,
    });
    expect(candidates[0].candidate.every((choice) => choice === 0)).toBe(true);
    expect(candidates.map(({ index }) => index)).toEqual(candidates.map((_, i) => i));
    expect(new Set(candidates.map(({ candidate }) => candidate.join())).size).toBe(candidates.length);
  });

  it('is never worse than the original, and its best is the least of all losses', () => {
    let best = Number.POSITIVE_INFINITY;
    for (const { loss, losses, bestLoss, improved, negativePrompt } of candidates) {
      expect(losses).toHaveLength(1);
      expect(loss).toBeCloseTo(losses[0], 10);
      expect(improved).toBe(loss! < best);
      best = Math.min(best, loss!);
      expect(bestLoss).toBe(best);
      if (loss === best) expect(negativePrompt).toMatch(/^(\S|$)/);
    }
    expect(result.best.loss).toBe(best);
    expect(result.best.loss).toBeLessThanOrEqual(result.original.loss!);
    const winner = candidates.find(({ loss }) => loss === best)!;
    expect(result.best).toMatchObject({ prompt: STUDY_PROMPT, negativePrompt: winner.negativePrompt });
  });

  it('counts what it spends, within its budget', () => {
    const gradients = ofType(events, 'gradient');
    expect(gradients.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ evaluations: candidates.length, gradientIterations: gradients.length });
    const spent = gradients.reduce((sum, { stepIndex }) => sum + stepIndex / 4, candidates.length);
    expect(candidates[candidates.length - 1].spent).toBeCloseTo(spent, 6);
    expect(spent).toBeLessThanOrEqual(7);
    const gradientCalls = gradients.reduce((sum, { stepIndex }) => sum + stepIndex + 2, 0);
    const shown = result.best.negativePrompt === '' ? 1 : 2;
    expect(result.unetCalls).toBe(4 * candidates.length + gradientCalls + 4 * 2 * shown);
    const steps = ofType(events, 'sampling').reduce((sum, { guidedSteps }) => sum + guidedSteps, 0);
    expect(steps).toBe(result.unetCalls - 2 * gradients.length);
  });

  it('shows the pictures that it scored, and those of seeds that it never saw', async () => {
    const pictures = ofType(events, 'picture');
    const shown = (which: string, heldOut: boolean) =>
      pictures.filter((picture) => picture.which === which && picture.heldOut === heldOut);
    expect(shown('original', false).map(({ seed }) => seed)).toEqual([2]);
    expect(shown('best', false).map(({ seed, loss }) => [seed, loss])).toEqual([[2, result.best.loss]]);
    expect(shown('original', true).map(({ seed }) => seed)).toEqual([3, 5]);
    const [first] = shown('best', false);
    expect(first.image.shape).toEqual([3, 64, 64]);
    const { prompt, negativePrompt } = result.best;
    const again = await pipeline.generate([{ prompt, negativePrompt, seed: 2 }], QUICK_STUDY);
    const difference = again.data.reduce(
      (most, v, i) => Math.max(most, Math.abs(v - first.image.data[i])),
      0,
    );
    expect(difference).toBeLessThan(1e-3);
    const heldOut = shown('original', true).map(({ loss }) => loss);
    expect(result.original.heldOutLoss).toBeCloseTo((heldOut[0]! + heldOut[1]!) / 2, 10);
    expect(result.heldOutDifference?.mean).toBeCloseTo(
      result.best.heldOutLoss! - result.original.heldOutLoss!,
      10,
    );
  });

  it('tells the same again, here and in another process', async () => {
    const told = await toldBy(improve(pipeline, STUDY_PROMPT, QUICK_STUDY));
    const script = join(import.meta.dirname, '../../tests/study/print-study.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      maxBuffer: 2 ** 26,
    });
    expect(JSON.parse(stdout)).toEqual(told);
  });

  it('goes another way with another search seed', async () => {
    const other = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...QUICK_STUDY, searchSeed: 1 }));
    const texts = (list: readonly StudyEvent[]) =>
      ofType(list, 'candidate').map(({ negativePrompt }) => negativePrompt);
    expect(texts(other)).not.toEqual(texts(events));
  });
});

describe('studies at the same time on one pipeline', () => {
  it('count their own UNet calls', async () => {
    const alone = await improve(pipeline, STUDY_PROMPT, QUICK_STUDY).result();
    const small = { ...QUICK_STUDY, method: 'random', budget: 2 } as const;
    const [first, second] = await Promise.all([
      improve(pipeline, STUDY_PROMPT, QUICK_STUDY).result(),
      improve(pipeline, STUDY_PROMPT, { ...small, heldOutSeeds: [] }).result(),
    ]);
    expect(first.unetCalls).toBe(alone.unetCalls);
    expect(second.unetCalls).toBe(2 * 4);
  });
});

describe('a prompt that is too long for the text encoder', () => {
  const slots = Array.from({ length: 31 }, (_, i) => ({
    text: 'cat',
    start: i,
    choices: [{ text: 'dog', source: 'test', relation: 'contrast', score: 1 }],
  }));
  const space = { prompt: STUDY_PROMPT, task: 'improve', slots } as const;
  const options = { ...QUICK_STUDY, steps: 1, method: 'random', budget: 2, heldOutSeeds: [] } as const;

  it('leaves words out that would find no room in the negative prompt, and names them', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...options, space }));
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Not searched, because their substitutes would not fit .*: "cat", .* more\.$/),
    ]);
    const [started] = ofType(events, 'started');
    expect(started.space.slots).toHaveLength(15);
    expect(started.space.leftOut).toHaveLength(16);
    for (const { negativePrompt } of ofType(events, 'candidate'))
      expect(pipeline.model.tokenizer.tokenize(negativePrompt).truncatedText).toBeUndefined();
  });

  it('is said of the best prompt of an attack, and before it of what may happen', async () => {
    const score = vi.spyOn(pipeline.scorer, 'losses');
    let loss = 1;
    score.mockImplementation(async () => ({ losses: [loss], byScorer: [[loss++]] }));
    const prompt = `a cat ${'and a dog '.repeat(9)}`;
    const choices = [{ text: 'on the left', source: 'test', relation: 'synonym', score: 1 }];
    const grown = { prompt, task: 'attack', slots: [{ text: 'cat', start: 2, choices }] } as const;
    const events = await eventsOf(attack(pipeline, prompt, { ...options, space: grown, minSimilarity: -1 }));
    score.mockRestore();
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^With its longest substitutes the prompt takes about 31 tokens/),
      expect.stringMatching(
        /^The text encoder reads 30 tokens; these words of the best prompt fall off: "dog"/,
      ),
    ]);
  });

  it('is said of the negative prompt of an attack', async () => {
    const negativePrompt = 'dog, '.repeat(16).concat('blue car');
    const events = await eventsOf(attack(pipeline, STUDY_PROMPT, { ...options, budget: 1, negativePrompt }));
    expect(ofType(events, 'warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/these words of the negative prompt fall off: ".*blue car"/),
    ]);
  });
});

describe('a study that attacks', async () => {
  const options = { ...QUICK_STUDY, budget: 9, negativePrompt: 'dark', minSimilarity: 0.996 };
  const events = await eventsOf(attack(pipeline, STUDY_PROMPT, options));
  const rejected = ofType(events, 'rejected');
  const result = finishedBy(events);
  const candidates = ofType(events, 'candidate');

  it('starts from the prompt itself and looks for a higher loss', () => {
    expect(candidates[0]).toMatchObject({ prompt: STUDY_PROMPT, negativePrompt: 'dark', invalid: null });
    const losses = candidates.flatMap(({ loss }) => (loss === null ? [] : [loss]));
    expect(result.best.loss).toBe(Math.max(...losses));
    expect(candidates.every(({ negativePrompt }) => negativePrompt === 'dark')).toBe(true);
    expect(result.original).toMatchObject({ prompt: STUDY_PROMPT, negativePrompt: 'dark', similarity: 1 });
  });

  it('rejects unlike prompts before they are sampled, and never takes one as its best', async () => {
    expect(rejected.length).toBeGreaterThan(0);
    expect(candidates.length).toBeGreaterThan(1);
    for (const { prompt, similarity } of rejected) {
      expect(similarity).toBe(await pipeline.scorer.textSimilarity(prompt, STUDY_PROMPT));
      expect(similarity).toBeLessThan(0.996);
    }
    for (const { prompt, similarity, invalid } of candidates) {
      expect(similarity).toBe(await pipeline.scorer.textSimilarity(prompt, STUDY_PROMPT));
      expect(similarity).toBeGreaterThanOrEqual(0.996);
      expect(invalid).toBeNull();
    }
    expect(result.best.similarity).toBeGreaterThanOrEqual(0.996);
    const gradients = ofType(events, 'gradient').reduce((sum, { stepIndex }) => sum + stepIndex + 2, 0);
    expect(result.unetCalls).toBe(
      4 * (candidates.length + 2 * (result.best.prompt === STUDY_PROMPT ? 1 : 2)) + gradients,
    );
  });

  it('counts what it rejects, apart from the budget, and says by what', () => {
    expect(rejected.map(({ index }) => index)).toEqual(rejected.map((_, i) => i));
    expect(result).toMatchObject({
      evaluations: candidates.length,
      rejected: rejected.length,
      similarityModel: 'the text tower of scorer',
      minSimilarity: 0.996,
    });
    expect(result.summary).toMatch(
      /\d+ candidates? (was|were) rejected as too unlike the prompt \(below 0.996 by the text tower of scorer\)\./,
    );
    expect(ofType(events, 'started')[0].constraint).toEqual({
      similarityModel: 'the text tower of scorer',
      source: 'clip',
      minSimilarity: 0.996,
    });
  });

  it('asks MiniLM where that is wanted, and any object that compares texts', async () => {
    const minilm = { ...QUICK_STUDY, budget: 9, similarityModel: 'minilm' } as const;
    const asked = await eventsOf(attack(pipeline, STUDY_PROMPT, { ...minilm, method: 'random', budget: 3 }));
    expect(finishedBy(asked)).toMatchObject({ similarityModel: 'all-MiniLM-L6-v2', minSimilarity: 0.88 });
    for (const { similarity } of ofType(asked, 'candidate')) expect(similarity).toBeGreaterThanOrEqual(0.88);
    for (const { similarity } of ofType(asked, 'rejected')) expect(similarity).toBeLessThan(0.88);
    const judge = { name: 'a judge', threshold: undefined, similarity: async () => 0.89 };
    const none = await eventsOf(attack(pipeline, STUDY_PROMPT, { ...minilm, similarityModel: judge }));
    expect(finishedBy(none)).toMatchObject({
      evaluations: 1,
      minSimilarity: 0.9,
      best: { prompt: STUDY_PROMPT },
    });
    expect(finishedBy(none).summary).toMatch(
      /only the original was tried\. \d+ candidates were rejected .* A lower/,
    );
    expect(ofType(none, 'warning').map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Nobody has measured which similarity by a judge stands for the same meaning/),
    );
  });

  it('refuses what cannot compare texts', () => {
    const start = () => attack(pipeline, STUDY_PROMPT, { similarityModel: 'bert' as 'clip' });
    expect(start).toThrow(/must be "minilm", "clip" or an object .* got "bert"/);
  });

  it('works without guidance', async () => {
    const plain = await attack(pipeline, STUDY_PROMPT, { ...options, guidanceScale: 1, budget: 3 }).result();
    expect(plain.evaluations).toBeGreaterThan(1);
    expect(plain.original.loss).not.toBeNull();
  });
});
