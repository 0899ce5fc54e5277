/** @file Studies that take short cuts: what they cost, what they tell, and that their losses are those of exact pictures. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, finishedBy, ofType, STUDY_PROMPT, toldBy } from '../../tests/study/quick-study.ts';
import { StudyStore } from '../store/study-store.ts';
import { attack, improve } from './improve.ts';
import { loadPipeline } from './load-pipeline.ts';
import { candidateState, type StudyEvent } from './study-event.ts';
import type { StudyOptions } from './study-options.ts';
import type { StudyResult } from './study-result.ts';
import { summarize } from './summarize.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const STEPS = 5;
const QUICK = {
  ...{ steps: STEPS, guidanceScale: 5, seeds: [2], heldOutSeeds: [], budget: 9 },
  gradient: { iterations: 3, schedule: { kind: 'fixed', stepIndex: 2 } },
} satisfies StudyOptions;

async function run(options: StudyOptions) {
  const before = pipeline.denoiser.calls;
  const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...QUICK, ...options }));
  const result = finishedBy(events);
  // What is said to have been spent is what was spent.
  expect(pipeline.denoiser.calls - before).toBe(result.unetCalls);
  return { events, result, candidates: ofType(events, 'candidate') };
}

const exactLoss = async (negativePrompt: string) => {
  const images = await pipeline.generate([{ prompt: STUDY_PROMPT, negativePrompt, seed: 2 }], {
    steps: STEPS,
    guidanceScale: 5,
  });
  return (await pipeline.score(images, STUDY_PROMPT))[0];
};

const spentOf = (events: readonly StudyEvent[]) => ofType(events, 'candidate').at(-1)!.spent;

describe('a study with kept latents', () => {
  it("takes every gradient at the original's, for two calls each", async () => {
    const { result, events } = await run({ gradientRefresh: Number.POSITIVE_INFINITY, method: 'gradient' });
    expect(result.gradientIterations).toBe(3);
    expect(result.unetCalls).toBe(result.evaluations * STEPS + 3 * 2);
    expect(spentOf(events)).toBeCloseTo(result.evaluations + (3 * 2) / STEPS, 9);
    expect(result.confirmed).toBeUndefined();
    const [, { negativePrompt, loss }] = ofType(events, 'candidate');
    expect(await exactLoss(negativePrompt)).toBeCloseTo(loss!, 6);
  });

  it('samples every second one anew', async () => {
    const { result } = await run({ gradientRefresh: 2, method: 'gradient' });
    expect(result.unetCalls).toBe(result.evaluations * STEPS + 3 * 2 + 2 * 2);
  });
});

describe('a study whose candidates race', () => {
  it('tells which were stopped, pays for what they took, and shows none of them as best', async () => {
    const { result, candidates, events } = await run({ raceAt: 0.4, method: 'evolution' });
    const pruned = candidates.filter((candidate) => candidateState(candidate) === 'pruned');
    expect(result).toMatchObject({ pruned: pruned.length, evaluations: candidates.length });
    expect(pruned.length).toBeGreaterThan(2);
    const [whole, early] = [candidates.length - pruned.length, pruned.length];
    expect(spentOf(events)).toBeCloseTo(whole + 0.4 * early, 9);
    for (const { loss, losses, invalid, improved, pruned: at } of pruned) {
      expect({ loss, losses, invalid, improved }).toEqual({
        loss: null,
        losses: [],
        invalid: null,
        improved: false,
      });
      expect(at!.loss).toBeGreaterThan(0);
    }
    expect(await exactLoss(result.best.negativePrompt)).toBeCloseTo(result.best.loss!, 6);
  });

  it('has the same course again', async () => {
    const start = () =>
      toldBy(improve(pipeline, STUDY_PROMPT, { ...QUICK, budget: 5, raceAt: [1, 3], raceKeep: 0.6 }));
    expect(await start()).toEqual(await start());
  });

  it('stops those that raise the loss least, in an attack', async () => {
    const events = await eventsOf(
      attack(pipeline, STUDY_PROMPT, { ...QUICK, raceAt: 3, method: 'random', minSimilarity: -1 }),
    );
    const early = ofType(events, 'candidate').flatMap(({ pruned }) => pruned?.loss ?? []);
    expect(early.length).toBeGreaterThan(0);
    expect(early.every((loss) => loss > 0)).toBe(true);
  });
});

describe('a study that searches in fewer steps', () => {
  it('confirms the original and the best with exact pictures, and tells their losses', async () => {
    const { result, events, candidates } = await run({
      ...{ searchSteps: 2, searchScheduler: 'dpm++2m', confirm: 2, method: 'random' },
    });
    // 3 of 9 evaluations are kept; the rest pays for 15 at two of five steps.
    expect([result.evaluations, result.confirmed]).toEqual([15, 3]);
    expect(result.unetCalls).toBe(15 * 2 + 3 * STEPS);
    const told = ofType(events, 'confirmation');
    expect(told.map(({ negativePrompt }) => negativePrompt)[0]).toBe('');
    const cheapest = candidates
      .slice(1)
      .map(({ loss }) => loss!)
      .toSorted((a, b) => a - b);
    expect(told.slice(1).map(({ searchLoss }) => searchLoss)).toEqual(cheapest.slice(0, 2));
    for (const { negativePrompt, loss } of told)
      expect(await exactLoss(negativePrompt)).toBeCloseTo(loss!, 6);
    expect(result.best.loss).toBe(Math.min(...told.map(({ loss }) => loss!)));
    expect(result.original).toMatchObject({ loss: told[0].loss, searchLoss: candidates[0].loss });
    expect(result.settings).toMatchObject({ steps: STEPS, scheduler: 'ddim' });
    const pictures = ofType(events, 'picture');
    expect(pictures.map(({ loss }) => loss)).toEqual([result.original.loss, result.best.loss]);
  });

  it('says so where it was stopped before it could confirm anything', async () => {
    const stop = new AbortController();
    const study = improve(pipeline, STUDY_PROMPT, {
      ...{ ...QUICK, searchSteps: 2, method: 'random', signal: stop.signal },
    });
    const events: StudyEvent[] = [];
    for await (const event of study) {
      events.push(event);
      if (event.type === 'candidate' && event.index === 3) stop.abort();
    }
    const result = finishedBy(events);
    expect(result).toMatchObject({ confirmed: 0, stoppedBy: 'aborted' });
    expect(result.best.loss).not.toBeNull();
    expect(ofType(events, 'picture')).toEqual([]);
    expect(summarize(result)).toContain("These are losses of the search's own pictures");
  });
});

describe('a study with shared latents', () => {
  it('pays for the shared part once, and confirms the best exactly but not the original', async () => {
    const { result, candidates, events } = await run({
      ...{ sharePrefix: 2, sharePositive: 4, confirm: 2, method: 'random' },
    });
    // A candidate takes three steps, two of them by halves.
    const others = candidates.length - 1;
    expect(spentOf(events)).toBeCloseTo(1 + (others * 2) / STEPS, 9);
    expect(result.unetCalls).toBe(STEPS + others * 2 + 2 * STEPS);
    expect(candidates[0].loss).toBeCloseTo(await exactLoss(''), 6);
    const told = ofType(events, 'confirmation');
    expect(told).toHaveLength(3);
    expect(told[0].loss).toBe(told[0].searchLoss);
    for (const { negativePrompt, loss } of told)
      expect(await exactLoss(negativePrompt)).toBeCloseTo(loss!, 6);
  });

  it('refuses to share the positive branch where the prompt is searched', () => {
    expect(() => attack(pipeline, STUDY_PROMPT, { ...QUICK, sharePositive: 2 })).toThrow(
      /sharePositive needs/,
    );
  });
});

describe('a store', () => {
  const options = {
    ...{ ...QUICK, searchSteps: 4, confirm: 1, sharePrefix: 1, raceAt: 2, gradientRefresh: 2 },
    ...{ gradient: { iterations: 3, schedule: { kind: 'fixed', stepIndex: 1 } }, budget: 6 },
  } satisfies StudyOptions;
  let dir: string;
  let store: StudyStore;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dpo-diff-fast-'));
    store = new StudyStore(join(dir, 'studies.db'));
  });
  afterEach(async () => {
    store.close();
    await rm(dir, { recursive: true });
  });
  const course = ({ seconds: _, knownPictures: __, studyId: ___, ...rest }: StudyResult) => rest;
  const study = (more: Partial<StudyOptions> = {}) =>
    improve(pipeline, STUDY_PROMPT, { ...options, ...more });

  it('keeps pictures at looks and with shared latents apart from exact ones, and computes none twice', async () => {
    const plain = whole;
    const exact = { searchSteps: STEPS, sharePrefix: undefined as never, raceAt: [] };
    const plainExact = await study(exact).result();
    const record = { store };
    expect(course(await study({ record }).result())).toEqual(course(plain));
    expect(course(await study({ ...exact, record }).result())).toEqual(course(plainExact));
    const before = pipeline.denoiser.calls;
    expect(course(await study({ record }).result())).toEqual(course(plain));
    expect(pipeline.denoiser.calls).toBe(before);
    const { number } = store.studies.get(store.studies.list()[0].id);
    const states = store.history.evaluations(number).map(({ state }) => state);
    expect(states.filter((state) => state === 'pruned')).toHaveLength(plain.pruned!);
  });

  let whole: StudyResult;
  beforeAll(async () => {
    whole = await study().result();
  });

  it.each([2, 5, 7, 11])('goes on after %i steps as if nothing had happened', async (after) => {
    let id = '';
    let count = 0;
    for await (const event of study({ record: { store } })) {
      if (event.type === 'started') id = event.studyId!;
      if (['candidate', 'gradient', 'confirmation'].includes(event.type)) count += 1;
      if (count === after) break;
    }
    const resumed = await study({ record: { store, resume: id } }).result();
    expect(course(resumed)).toEqual(course(whole));
  });
});

describe('all short cuts together', () => {
  it('count every call, and repeat', async () => {
    const options = {
      ...{ searchSteps: 4, searchScheduler: 'dpm++2m', confirm: 1, sharePrefix: 1, sharePositive: 2 },
      ...{
        raceAt: 2,
        gradientRefresh: 2,
        budget: 6,
        gradient: { iterations: 3, schedule: { kind: 'fixed', stepIndex: 1 } },
      },
    } satisfies StudyOptions;
    const { result } = await run(options);
    expect(result.pruned).toBeGreaterThan(0);
    expect((await run(options)).result.best).toEqual(result.best);
  });

  it('come with a preset, which explicit options overrule', async () => {
    const { events } = await run({ preset: 'quick', budget: 4 });
    expect(ofType(events, 'started')[0]).toMatchObject({
      budget: 4,
      acceleration: { gradientRefresh: 'never' },
    });
  });
});
