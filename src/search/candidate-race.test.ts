/** @file Races: nobody is stopped who should not be, nothing costs more than it should, and the course is the same whatever the batches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  separableLoss,
  ToyObjective,
  type ToyObjectiveOptions,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { candidateKey } from './candidate.ts';
import { largestRace, raceCost } from './candidate-race.ts';
import type { Score } from './objective.ts';
import { runSearch, SEARCH_METHODS, type SearchMethod } from './search.ts';
import type { SearchOptions } from './search-options.ts';

interface Trial extends ToyObjectiveOptions {
  readonly sizes?: readonly number[];
  readonly seed?: number;
  readonly options?: SearchOptions;
}

async function run(method: SearchMethod, { sizes = [5, 5, 5, 5, 5], seed = 0, options, ...toy }: Trial) {
  const loss = separableLoss(sizes, 1);
  const objective = new ToyObjective(loss, toy);
  const events = await collect(runSearch(method, toyProblem(loss, seed, objective), options));
  return { events, objective, evaluations: evaluationsOf(events), finish: finishOf(events) };
}

const HALVING = { looks: [0.3], keep: 0.5 };

const races = fc
  .record({
    looks: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 3 }),
    keep: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  })
  .map(({ looks, keep }) => ({ looks: looks.sort((a, b) => a - b).map((look) => look / 100), keep }));

const trials = fc.record({
  method: fc.constantFrom(...SEARCH_METHODS),
  seed: fc.nat(),
  race: races,
  batchSize: fc.integer({ min: 1, max: 30 }),
  evaluations: fc.integer({ min: 1, max: 60 }),
  plateau: fc.option(fc.integer({ min: 1, max: 20 }), { nil: Number.POSITIVE_INFINITY }),
  generations: fc.constantFrom(0, 2, Number.POSITIVE_INFINITY),
  sizes: fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
    .filter((sizes) => Math.max(...sizes) > 1),
});

const hashOf = (candidate: readonly number[], salt: number) =>
  candidate.reduce((hash, choice) => (hash * 31 + choice + 7 + salt) % 101, salt);
/** Early looks that say little of the end, some of them invalid. */
const misleading = (candidate: readonly number[], look: number): Score =>
  hashOf(candidate, look) % 7 === 0
    ? { kind: 'invalid', reason: 'not a number' }
    : { kind: 'valid', loss: hashOf(candidate, look) };

describe('a search whose candidates race', () => {
  it('keeps every rule, however misleading the early looks are', async () => {
    await fc.assert(
      fc.asyncProperty(trials, async ({ method, race, evaluations, plateau, generations, ...rest }) => {
        const options = { budget: { evaluations, plateau }, evolution: { generations } };
        const {
          events,
          objective,
          evaluations: done,
          finish,
        } = await run(method, {
          ...rest,
          options,
          race: { ...race, early: misleading },
        });
        expect(finish.spent).toBeLessThanOrEqual(evaluations + 1e-6);
        expect(new Set(done.map(({ candidate }) => candidateKey(candidate))).size).toBe(done.length);
        expect(done[0]).toMatchObject({ phase: 'original', score: { kind: 'valid' } });
        const pruned = done.filter(({ score }) => score.kind === 'pruned');
        expect(finish).toMatchObject({ evaluations: done.length, pruned: pruned.length });
        expect(pruned.every(({ improved, best }) => !improved && best !== null)).toBe(true);
        const whole = new Set(objective.batches.flat().map(candidateKey));
        for (const { candidate, score } of done)
          expect(whole.has(candidateKey(candidate))).toBe(score.kind === 'valid');
        const batches = [...objective.batches, ...objective.glimpsed.map(({ batch }) => batch)];
        expect(batches.every(({ length }) => length >= 1 && length <= rest.batchSize)).toBe(true);
        const sinceBest = done.length - 1 - done.findLastIndex(({ improved }) => improved);
        expect(sinceBest).toBeLessThanOrEqual(plateau);
        expect(JSON.parse(JSON.stringify(events))).toEqual(events);
      }),
      { numRuns: 300 },
    );
  });

  it('never stops the best of a generation where the early score is the final one', async () => {
    await fc.assert(
      fc.asyncProperty(trials, async ({ method, race, evaluations, plateau, ...rest }) => {
        const { evaluations: done, finish } = await run(method, {
          sizes: rest.sizes,
          seed: rest.seed,
          batchSize: rest.batchSize,
          race,
          options: { budget: { evaluations, plateau } },
        });
        const losses = done.map(({ score }) => (score.kind === 'invalid' ? Number.NaN : score.loss));
        expect(finish.best?.loss).toBe(Math.min(...losses));
      }),
      { numRuns: 200 },
    );
  });

  it.each(SEARCH_METHODS)(
    '%s: has the same course whatever the batch size, and for the same seed',
    async (method) => {
      const trial = { race: { looks: [0.2, 0.5], keep: 0.6, early: misleading }, seed: 3 };
      const one = await run(method, trial);
      expect(one.finish.pruned).toBeGreaterThan(0);
      for (const batchSize of [1, 3, 8, 100])
        expect((await run(method, { ...trial, batchSize })).events).toEqual(one.events);
    },
  );

  it.each(SEARCH_METHODS)('%s: sees more candidates for the same budget', async (method) => {
    const options = { budget: { evaluations: 30 }, evolution: { generations: Number.POSITIVE_INFINITY } };
    const plain = await run(method, { options });
    const raced = await run(method, { options, race: HALVING });
    expect(raced.finish.evaluations).toBeGreaterThan(1.25 * plain.finish.evaluations);
    expect(raced.finish.spent).toBeGreaterThan(28);
  });

  it('pays for each candidate what it came to: looks, and the whole of those that passed', async () => {
    const { evaluations } = await run('random', { race: HALVING, options: { budget: { evaluations: 14 } } });
    const costs = evaluations.map(({ spent }, i) => spent - (evaluations[i - 1]?.spent ?? 0));
    for (const [i, { score }] of evaluations.entries())
      expect(costs[i]).toBeCloseTo(score.kind === 'pruned' ? 0.3 : 1, 9);
    // A generation of 20: 10 × 0.3 + 10.
    expect(evaluations.filter(({ score }) => score.kind === 'pruned')).toHaveLength(10);
    expect(evaluations.at(-1)!.spent).toBeCloseTo(14, 9);
  });

  it('does not breed from those that were stopped, however good they looked', async () => {
    const { evaluations, finish } = await run('evolution', {
      race: { looks: [0.5], keep: 0.5, early: () => ({ kind: 'valid', loss: -100 }) },
      options: { budget: { evaluations: 40 } },
    });
    expect(evaluations.some(({ score }) => score.kind === 'pruned' && score.loss === -100)).toBe(true);
    expect(finish.best!.loss).toBeGreaterThan(-100);
  });

  it('stops whom the objective calls hopeless, whatever the share that goes on, and nobody else', async () => {
    const race = {
      ...{ looks: [0.25, 0.5], keep: 1, heat: 1 },
      early: (candidate: readonly number[], look: number): Score => {
        const loss = hashOf(candidate, look);
        return loss % 3 === 0 ? { kind: 'pruned', loss } : { kind: 'valid', loss };
      },
    };
    const options = { budget: { evaluations: 12 } };
    const { evaluations, objective, finish } = await run('random', { race, options });
    const isHopeless = (candidate: readonly number[], look: number) => hashOf(candidate, look) % 3 === 0;
    for (const [i, { candidate, score, spent }] of evaluations.slice(1).entries()) {
      const cost = isHopeless(candidate, 0) ? 0.25 : isHopeless(candidate, 1) ? 0.5 : 1;
      expect(score.kind).toBe(cost === 1 ? 'valid' : 'pruned');
      expect(spent - evaluations[i].spent).toBeCloseTo(cost, 9);
    }
    expect(finish.pruned).toBeGreaterThan(3);
    expect(
      [...objective.batches, ...objective.glimpsed.map(({ batch }) => batch)].every(
        ({ length }) => length === 1,
      ),
    ).toBe(true);
    const batched = await run('random', { race, options, batchSize: 8 });
    expect(batched.evaluations).toEqual(evaluations);
  });

  it('ends in the middle of a race when it is aborted, with what was settled', async () => {
    const stop = new AbortController();
    let asked = 0;
    const { evaluations, finish } = await run('random', {
      race: HALVING,
      options: { budget: { evaluations: 40, signal: stop.signal } },
      before: (_, { signal }) => {
        asked += 1;
        // One original, 20 looks, then 10 of them whole.
        if (asked === 24) stop.abort();
        signal?.throwIfAborted();
      },
    });
    expect(finish.stoppedBy).toBe('aborted');
    expect(evaluations.map(({ score }) => score.kind)).toEqual([
      'valid',
      ...Array.from({ length: 10 }, () => 'pruned'),
      'valid',
      'valid',
    ]);
  });
});

describe('an objective with costs of its own', () => {
  it.each(SEARCH_METHODS)('%s: spends the budget by them', async (method) => {
    const options = { budget: { evaluations: 10 }, evolution: { generations: Number.POSITIVE_INFINITY } };
    const costs = { original: 1, candidate: 0.25 };
    const { finish } = await run(method, { costs, options, batchSize: 4 });
    expect(finish.spent).toBeGreaterThan(9.5);
    expect(finish.spent).toBeLessThanOrEqual(10 + 1e-9);
    expect(finish.evaluations).toBeGreaterThan(method === 'hybrid' || method === 'gradient' ? 17 : 36);
  });
});

describe('the objective is refused', () => {
  it.each([
    [{ race: { looks: [], keep: 0.5 } }, 'race.looks'],
    [{ race: { looks: [0.5, 0.2], keep: 0.5 } }, 'race.looks'],
    [{ race: { looks: [1], keep: 0.5 } }, 'race.looks'],
    [{ race: { looks: [0.5], keep: 1.1 } }, 'race.keep'],
    [{ race: { looks: [0.5], keep: 1, heat: 0 } }, 'race.heat'],
    [{ costs: { original: 1, candidate: 0 } }, 'costs.candidate'],
  ] as const)('for %j', async (toy, option) => {
    await expect(run('random', toy)).rejects.toThrow(`The objective's ${option} must be`);
  });
});

describe('raceCost()', () => {
  it('adds up looks and what is left', () => {
    const terms = { race: { looks: [0.25, 0.5], keep: 0.5 }, whole: 1 };
    expect(raceCost(8, terms)).toBeCloseTo(8 * 0.25 + 4 * 0.25 + 2 * 0.5, 9);
    expect(raceCost(1, terms)).toBe(1);
    expect(largestRace(4, 20, terms)).toBe(8);
    expect(largestRace(0.9, 20, terms)).toBe(0);
  });
});
