/** @file Rejection in searches: what is drawn again, what it costs, and that every search ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  separableLoss,
  spaceOf,
  ToyObjective,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { candidateKey, countCandidates } from './candidate.ts';
import { REJECTIONS_IN_A_ROW, ScreenedProposals } from './screened-proposals.ts';
import { runSearch, SEARCH_METHODS, type SearchMethod } from './search.ts';
import type { RejectionEvent, SearchEvent } from './search-event.ts';
import type { SearchOptions } from './search-options.ts';
import type { Candidate } from './search-space.ts';

const SIZES = [5, 5, 5, 5, 5, 5];
const changes = (candidate: Candidate) => candidate.filter((choice) => choice !== 0).length;
/** As a constraint on meaning does: what changes more than `most` words is rejected. */
const atMost = (most: number) => (candidate: Candidate) =>
  changes(candidate) > most ? `it changes more than ${most} words` : null;

interface Trial {
  readonly sizes?: readonly number[];
  readonly screen: (candidate: Candidate) => string | null;
  readonly batchSize?: number;
  readonly seed?: number;
  readonly options?: SearchOptions;
}

async function run(method: SearchMethod, { sizes = SIZES, screen, batchSize, seed = 0, options }: Trial) {
  const toy = separableLoss(sizes, 1);
  const objective = new ToyObjective(toy, { screen, ...(batchSize && { batchSize }) });
  const events = await collect(runSearch(method, toyProblem(toy, seed, objective), options));
  return { events, objective };
}

const rejectionsOf = (events: readonly SearchEvent[]): RejectionEvent[] =>
  events.filter((event) => event.type === 'rejection');

describe('a search whose objective rejects', () => {
  it('spends its budget on what is not rejected, in any space, and ends', async () => {
    const trials = fc.record({
      method: fc.constantFrom(...SEARCH_METHODS),
      sizes: fc
        .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })
        .filter((sizes) => sizes.some((size) => size > 1)),
      most: fc.nat(6),
      batchSize: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat(),
      evaluations: fc.constantFrom(1, 5, 30, Number.POSITIVE_INFINITY),
      generations: fc.constantFrom(0, 2, Number.POSITIVE_INFINITY),
    });
    await fc.assert(
      fc.asyncProperty(trials, async ({ method, most, evaluations, generations, ...trial }) => {
        const options = { budget: { evaluations }, evolution: { generations } };
        const { events, objective } = await run(method, { ...trial, screen: atMost(most), options });
        const evaluated = evaluationsOf(events).map(({ candidate }) => candidate);
        const rejected = rejectionsOf(events);
        expect(evaluated).toEqual(objective.batches.flat());
        expect(evaluated.every((candidate) => changes(candidate) <= most)).toBe(true);
        expect(rejected.every(({ candidate }) => changes(candidate) > most)).toBe(true);
        expect(rejected.map(({ index }) => index)).toEqual(rejected.map((_, i) => i));
        const seen = [...evaluated, ...rejected.map(({ candidate }) => candidate)];
        expect(new Set(seen.map(candidateKey)).size).toBe(seen.length);
        const finish = finishOf(events);
        expect(finish).toMatchObject({ evaluations: evaluated.length, rejections: rejected.length });
        if (finish.stoppedBy === 'exhausted')
          expect(seen).toHaveLength(countCandidates(spaceOf(trial.sizes)));
        if (finish.stoppedBy === 'budget') expect(finish.spent).toBeGreaterThan(evaluations - 1);
      }),
      { numRuns: 300 },
    );
  });

  it.each(SEARCH_METHODS)('%s: has the same course with any batch size', async (method) => {
    const options = { budget: { evaluations: 40 } };
    const one = await run(method, { screen: atMost(3), options });
    expect(rejectionsOf(one.events).length).toBeGreaterThan(10);
    for (const batchSize of [4, 100])
      expect((await run(method, { screen: atMost(3), batchSize, options })).events).toEqual(one.events);
  });

  it('goes on to mutants of the original where nearly every first draw is rejected', async () => {
    const sizes = Array.from({ length: 30 }, () => 5);
    const options = { budget: { evaluations: 30 }, evolution: { generations: Number.POSITIVE_INFINITY } };
    const { events } = await run('evolution', { sizes, screen: atMost(2), options });
    expect(rejectionsOf(events).filter(({ generation }) => generation === 0)).toHaveLength(
      REJECTIONS_IN_A_ROW,
    );
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'budget', evaluations: 30 });
  });

  it.each(SEARCH_METHODS)('%s: ends, and says why, where everything is rejected', async (method) => {
    const unlimited = { evaluations: Number.POSITIVE_INFINITY };
    const options = { budget: unlimited, evolution: { generations: Number.POSITIVE_INFINITY } };
    const { events } = await run(method, { screen: () => 'no', options });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'rejected', evaluations: 1 });
    expect(evaluationsOf(events)[0].candidate).toEqual(SIZES.map(() => 0));
  });

  it('is exhausted where all of a small space is evaluated or rejected', async () => {
    const { events } = await run('random', { sizes: [2, 3], screen: atMost(1) });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'exhausted', evaluations: 4, rejections: 2 });
  });

  it('stops within a row of rejections when it is aborted', async () => {
    const abort = new AbortController();
    let asked = 0;
    const screen = () => {
      asked += 1;
      if (asked === 5) abort.abort();
      return 'no';
    };
    const { events } = await run('random', { screen, options: { budget: { signal: abort.signal } } });
    expect(asked).toBe(5);
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'aborted', evaluations: 1, rejections: 5 });
  });
});

describe('ScreenedProposals', () => {
  it('takes no more from a source than is wanted, and draws nothing that is not needed', async () => {
    let drawn = 0;
    const count = (function* () {
      for (;;) yield [drawn++];
    })();
    const objective = new ToyObjective(separableLoss([9], 1), {
      screen: ([choice]) => (choice % 2 === 0 ? 'even' : null),
    });
    const proposals = new ScreenedProposals([{ draws: count, count: 2 }], objective);
    const never = () => false;
    expect(await proposals.next(never)).toEqual({
      candidate: [1],
      rejected: [{ candidate: [0], reason: 'even' }],
    });
    expect(drawn).toBe(2);
    await proposals.next(never);
    expect(await proposals.next(never)).toEqual({ candidate: null, rejected: [] });
    expect(drawn).toBe(4);
    expect(proposals.gaveUp).toBe(false);
  });
});
