import { afterAll, describe, expect, it } from 'vitest';
import { eventsOf, finishedBy, ofType, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import { resolveStudyOptions } from './resolve-study-options.ts';
import { isHopeless } from './seed-race.ts';
import type { StudyOptions } from './study-options.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const PROMPT_STUDY = {
  for: 'prompt',
  ...{ steps: 4, guidanceScale: 5, seeds: [0, 1, 2, 3, 4, 5], heldOutSeeds: [6, 7, 8] },
  ...{ method: 'random', budget: 6, searchSeed: 1 },
} as const satisfies StudyOptions;

describe('the goal of a study', () => {
  it('is the pictures of two seeds where nobody says otherwise', () => {
    const { goal, seeds, heldOutSeeds, seedLooks, search } = resolveStudyOptions(pipeline, 'improve', {});
    expect({ goal, seeds, heldOutSeeds, seedLooks }).toEqual({
      ...{ goal: 'picture', seeds: [0, 1], heldOutSeeds: [2, 3, 4, 5], seedLooks: [] },
    });
    expect(search.evolution?.generations).toBeUndefined();
  });

  it('for a prompt takes more seeds, raced, holds more of them out, and spends the budget whole', () => {
    const resolved = resolveStudyOptions(pipeline, 'improve', { for: 'prompt' });
    const { seeds, heldOutSeeds, seedLooks, search } = resolved;
    expect([seeds.length, heldOutSeeds.length, seedLooks]).toEqual([16, 16, [2, 4, 8]]);
    expect(seeds.some((seed) => heldOutSeeds.includes(seed))).toBe(false);
    expect(search.evolution?.generations).toBe(Number.POSITIVE_INFINITY);
  });

  it('for a prompt takes the seeds and looks that are given', () => {
    const seedLooksOf = (options: StudyOptions) =>
      resolveStudyOptions(pipeline, 'improve', { for: 'prompt', ...options }).seedLooks;
    expect(seedLooksOf({ seeds: [1, 2, 3] })).toEqual([2]);
    expect(seedLooksOf({ raceSeeds: [3, 5] })).toEqual([3, 5]);
    expect(seedLooksOf({ raceSeeds: [] })).toEqual([]);
    // Candidates that race on their way to pictures do not race over seeds besides.
    expect(seedLooksOf({ raceAt: 0.5 })).toEqual([]);
  });

  it.each<[string, StudyOptions, RegExp]>([
    [
      'an unknown goal',
      { for: 'poster' as 'prompt' },
      /The option for must be one of picture, prompt, got poster/,
    ],
    [
      'looks that do not ascend',
      { for: 'prompt', raceSeeds: [4, 2] },
      /raceSeeds must be ascending whole numbers from 2 to 15/,
    ],
    [
      'a race over one seed',
      { seeds: [0], raceSeeds: [2, 4] },
      /raceSeeds needs at least three seeds, because a candidate is seen on at least 2 before the others, and 1 is searched, got 2,4\./,
    ],
    ['a race over two seeds', { raceSeeds: [2] }, /needs at least three seeds, .* and 2 are searched/],
    ['a look at all seeds', { seeds: [0, 1, 2], raceSeeds: [3] }, /raceSeeds must be .* from 2 to 2/],
    ['a look at one seed', { for: 'prompt', raceSeeds: [1] }, /raceSeeds must be/],
    [
      'two kinds of race',
      { for: 'prompt', raceSeeds: [2], raceAt: 0.5 },
      /cannot be given together with raceAt/,
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => resolveStudyOptions(pipeline, 'improve', options)).toThrow(message);
  });
});

describe('a study for a prompt', () => {
  it('stops whom the rule calls hopeless against the best so far, and pays for the seeds that it saw', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, PROMPT_STUDY));
    const candidates = ofType(events, 'candidate');
    const { seeds } = PROMPT_STUDY;
    let best = candidates[0].losses;
    for (const [i, { pruned, losses, spent, improved }] of candidates.slice(1).entries()) {
      const seen = pruned?.losses ?? losses;
      const differences = seen.map((loss, seed) => loss - best[seed]);
      const stoppedAt = [2, 4].find((count) => isHopeless(differences.slice(0, count), seeds.length));
      expect(seen).toHaveLength(stoppedAt ?? seeds.length);
      expect(pruned === undefined).toBe(stoppedAt === undefined);
      expect(spent - candidates[i].spent).toBeCloseTo(seen.length / seeds.length, 9);
      if (improved) best = losses;
    }
    const result = finishedBy(events);
    const pruned = candidates.filter((candidate) => candidate.pruned).length;
    expect(pruned).toBeGreaterThan(2);
    expect(result).toMatchObject({ for: 'prompt', pruned, evaluations: candidates.length });
    expect(result.evaluations).toBeGreaterThan(PROMPT_STUDY.budget);
    const pictures = candidates.reduce((sum, one) => sum + (one.pruned?.losses ?? one.losses).length, 0);
    const heldOut = result.best.negativePrompt === '' ? 3 : 6;
    expect(result.unetCalls).toBe(4 * (pictures + heldOut));
  });

  it('finds the same whatever the batches', async () => {
    const other = await loadPipeline({ threads: 1 });
    other.batchSize = () => 1;
    const one = await improve(pipeline, STUDY_PROMPT, PROMPT_STUDY).result();
    const two = await improve(other, STUDY_PROMPT, PROMPT_STUDY).result();
    await other.release();
    expect({ ...two, seconds: 0 }).toEqual({ ...one, seconds: 0 });
  });

  it('claims nothing of the seeds that it chose by, and says what the held-out interval says', async () => {
    for (const searchSeed of [0, 1, 2]) {
      const result = await improve(pipeline, STUDY_PROMPT, { ...PROMPT_STUDY, searchSeed }).result();
      const [, high] = result.heldOutDifference!.interval!;
      expect(result.foundBetter).toBe(high < 0);
      if (result.best.negativePrompt === '') continue;
      expect(result.summary).toContain('which flatters it, because it was chosen by them');
      expect(result.summary.includes('Nothing better than the original was found')).toBe(high >= 0);
      expect(result.summary).toMatch(/On 3 other seeds: .*95 % interval/);
    }
  });

  it('says nothing of better or worse where no interval can be had', async () => {
    const options = { ...PROMPT_STUDY, heldOutSeeds: [] };
    expect((await improve(pipeline, STUDY_PROMPT, options).result()).foundBetter).toBeNull();
  });

  it('races attacks the other way round', async () => {
    const options = { ...PROMPT_STUDY, minSimilarity: -1, budget: 10 } as const;
    const events = await eventsOf(attack(pipeline, STUDY_PROMPT, options));
    const candidates = ofType(events, 'candidate');
    let best = candidates[0].losses;
    for (const { pruned, losses, improved } of candidates.slice(1)) {
      if (pruned)
        expect(
          isHopeless(
            pruned.losses!.map((loss, i) => best[i] - loss),
            6,
          ),
        ).toBe(true);
      if (improved) best = losses;
    }
    expect(candidates.some(({ pruned }) => pruned)).toBe(true);
  });

  it('says at its start what it is for', async () => {
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...PROMPT_STUDY, budget: 1 }));
    expect(ofType(events, 'started')[0]).toMatchObject({ for: 'prompt', seedLooks: [2, 4] });
  });
});
