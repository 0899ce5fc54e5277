/** @file The rules that every method keeps, over random spaces, batch sizes and budgets. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  gradientsOf,
  pairedLoss,
  separableLoss,
  spaceOf,
  ToyObjective,
  type ToyObjectiveOptions,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { candidateKey, countCandidates } from './candidate.ts';
import type { Score } from './objective.ts';
import { runSearch, SEARCH_METHODS, type SearchMethod } from './search.ts';
import type { SearchEvent } from './search-event.ts';
import type { SearchOptions } from './search-options.ts';

const TOY = separableLoss([5, 5, 5, 5, 5, 5], 1);

interface Trial {
  readonly toy?: typeof TOY;
  readonly seed?: number;
  readonly objective?: ToyObjectiveOptions;
  readonly now?: () => number;
  readonly options?: SearchOptions;
}

function start(method: SearchMethod, { toy = TOY, seed = 0, objective = {}, now, options = {} }: Trial = {}) {
  const toyObjective = new ToyObjective(toy, objective);
  const problem = { ...toyProblem(toy, seed, toyObjective), ...(now && { now }) };
  return { events: runSearch(method, problem, options), objective: toyObjective };
}

async function run(method: SearchMethod, trial: Trial = {}) {
  const { events, objective } = start(method, trial);
  return { events: await collect(events), objective };
}

const wildTrials = fc.record({
  method: fc.constantFrom(...SEARCH_METHODS),
  sizes: fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
    .filter((sizes) => sizes.some((size) => size > 1)),
  seed: fc.nat(),
  batchSize: fc.integer({ min: 1, max: 30 }),
  evaluations: fc.integer({ min: 1, max: 60 }),
  plateau: fc.option(fc.integer({ min: 1, max: 20 }), { nil: Number.POSITIVE_INFINITY }),
  invalidEvery: fc.option(fc.integer({ min: 1, max: 4 }), { nil: Number.POSITIVE_INFINITY }),
  evolution: fc.record({
    population: fc.integer({ min: 1, max: 10 }),
    parents: fc.integer({ min: 1, max: 12 }),
    generations: fc.constantFrom(0, 1, 5, Number.POSITIVE_INFINITY),
    mutants: fc.integer({ min: 1, max: 5 }),
    children: fc.integer({ min: 0, max: 5 }),
  }),
});

function scoreOf(candidate: readonly number[], invalidEvery: number): Score {
  const value = candidate.reduce((hash, choice) => (hash * 31 + choice + 7) % 101, 0);
  if (value % invalidEvery === 0) return { kind: 'invalid', reason: 'black image' };
  return { kind: 'valid', loss: value };
}

describe('runSearch()', () => {
  it('keeps every rule in any space, with any batch size and budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        wildTrials,
        async ({ method, sizes, seed, batchSize, evaluations, plateau, ...rest }) => {
          const { invalidEvery, evolution } = rest;
          const { events, objective } = await run(method, {
            toy: separableLoss(sizes, seed),
            seed,
            objective: { batchSize, score: (candidate) => scoreOf(candidate, invalidEvery) },
            options: { budget: { evaluations, plateau }, evolution },
          });
          const done = evaluationsOf(events);
          const asked = objective.batches.flat();
          expect(done.map((event) => event.candidate)).toEqual(asked);
          expect(new Set(asked.map(candidateKey)).size).toBe(asked.length);
          expect(objective.batches.every((batch) => batch.length >= 1 && batch.length <= batchSize)).toBe(
            true,
          );
          expect(asked[0]).toEqual(sizes.map(() => 0));
          expect(done.map((event) => event.index)).toEqual(done.map((_, i) => i));
          checkBest(events);
          checkEnd(events, { evaluations, plateau, size: countCandidates(spaceOf(sizes)) });
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(SEARCH_METHODS)('%s: the same seed gives the same events, another seed others', async (method) => {
    const first = await run(method, { seed: 5 });
    expect((await run(method, { seed: 5 })).events).toEqual(first.events);
    expect((await run(method, { seed: 6 })).events).not.toEqual(first.events);
  });

  it.each(SEARCH_METHODS)('%s: the course does not depend on the batch size', async (method) => {
    const options = { budget: { evaluations: 60, plateau: 25 } };
    const one = await run(method, { options });
    for (const batchSize of [3, 8, 100]) {
      expect((await run(method, { objective: { batchSize }, options })).events).toEqual(one.events);
    }
  });

  it.each(SEARCH_METHODS)('%s: events survive JSON unchanged', async (method) => {
    const score = (candidate: readonly number[]): Score =>
      candidate[0] === 0 ? { kind: 'valid', loss: Number.NaN } : { kind: 'valid', loss: candidate[1] };
    const { events } = await run(method, { objective: { score } });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it.each(SEARCH_METHODS)('%s: invalid scores count but are never best', async (method) => {
    const score = (): Score => ({ kind: 'invalid', reason: 'black image' });
    const { events } = await run(method, { objective: { score } });
    const finish = finishOf(events);
    expect(finish.best).toBeNull();
    expect(finish.stoppedBy).toBe('budget');
    expect(finish.spent).toBeGreaterThan(39);
  });

  it.each(SEARCH_METHODS)('%s: a budget of 1 evaluates the original alone', async (method) => {
    const { events } = await run(method, { options: { budget: { evaluations: 1 } } });
    expect(events).toHaveLength(2);
    expect(finishOf(events)).toMatchObject({
      stoppedBy: 'budget',
      evaluations: 1,
      gradientIterations: 0,
      spent: 1,
    });
  });

  it.each(SEARCH_METHODS)('%s: an exhausted space ends the search with its optimum', async (method) => {
    const toy = separableLoss([2, 1, 3], 4);
    const options = { budget: { evaluations: 100 } };
    const { events } = await run(method, { toy, objective: { batchSize: 4 }, options });
    const finish = finishOf(events);
    expect(finish).toMatchObject({ stoppedBy: 'exhausted', evaluations: 6 });
    expect(finish.best?.candidate).toEqual(toy.optimum);
  });

  it.each(SEARCH_METHODS)('%s: stops after a plateau, not later', async (method) => {
    const score = (candidate: readonly number[]): Score => ({
      kind: 'valid',
      loss: candidate.some((c) => c > 0) ? 1 : 0,
    });
    const objective = { batchSize: 4, score };
    const { events } = await run(method, { objective, options: { budget: { plateau: 6 } } });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'plateau', evaluations: 7 });
  });
});

describe('runSearch() when it is interrupted', () => {
  it.each(SEARCH_METHODS)('%s: an abort between evaluations ends it cleanly', async (method) => {
    const controller = new AbortController();
    const { events } = start(method, { options: { budget: { signal: controller.signal } } });
    const seen: SearchEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.type === 'evaluation' && event.index === 3) controller.abort();
    }
    expect(finishOf(seen)).toMatchObject({ stoppedBy: 'aborted', evaluations: 4 });
    expect(finishOf(seen).best).toEqual(evaluationsOf(seen)[3].best);
  });

  it('an abort while the events of a finished batch are read loses none of them', async () => {
    const controller = new AbortController();
    const options = { budget: { signal: controller.signal } };
    const { events } = start('random', { objective: { batchSize: 5 }, options });
    const seen: SearchEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.type === 'evaluation' && event.index === 2) controller.abort();
    }
    expect(finishOf(seen)).toMatchObject({ stoppedBy: 'aborted', evaluations: 6 });
  });

  it('a batch under way is cut and counts as not evaluated', async () => {
    const controller = new AbortController();
    let batches = 0;
    const before: ToyObjectiveOptions['before'] = async (_, { signal }) => {
      batches += 1;
      if (batches < 3) return;
      setTimeout(() => controller.abort(new Error('Ctrl-C')), 5);
      await untilAborted(signal);
    };
    const options = { budget: { signal: controller.signal } };
    const { events } = await run('random', { objective: { batchSize: 4, before }, options });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'aborted', evaluations: 5, spent: 5 });
  });

  it('a gradient under way is cut and costs nothing', async () => {
    const controller = new AbortController();
    const problem = toyProblem(TOY);
    const textGradient = {
      ...problem.textGradient!,
      gradient: async ({ signal }: { signal?: AbortSignal }) => {
        controller.abort();
        await untilAborted(signal);
        throw new Error('not reached');
      },
    };
    const options = { budget: { signal: controller.signal } };
    const events = await collect(runSearch('hybrid', { ...problem, textGradient }, options));
    expect(finishOf(events)).toMatchObject({
      stoppedBy: 'aborted',
      evaluations: 1,
      gradientIterations: 0,
      spent: 1,
    });
  });

  it('a signal that was aborted before evaluates nothing', async () => {
    const { events, objective } = await run('evolution', {
      options: { budget: { signal: AbortSignal.abort() } },
    });
    expect(events).toEqual([
      {
        type: 'finished',
        stoppedBy: 'aborted',
        best: null,
        evaluations: 0,
        pruned: 0,
        rejections: 0,
        gradientIterations: 0,
        spent: 0,
      },
    ]);
    expect(objective.batches).toEqual([]);
  });

  it.each(SEARCH_METHODS)('%s: ends when the clock says so, even if no timer could fire', async (method) => {
    let clock = 1000;
    const before = () => {
      clock += 1000;
    };
    const { events } = await run(method, {
      now: () => clock,
      objective: { before },
      options: { budget: { seconds: 7.5 } },
    });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'time', evaluations: 8 });
  });

  it('the time cuts a batch under way', async () => {
    const before: ToyObjectiveOptions['before'] = async (batch, { signal }) => {
      if (batch.length > 1) await untilAborted(signal);
    };
    const options = { budget: { seconds: 0.02 } };
    const { events } = await run('random', {
      now: () => performance.now(),
      objective: { batchSize: 4, before },
      options,
    });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'time', evaluations: 1 });
  });

  it.each(SEARCH_METHODS)('%s: the time does not cut the original, an abort does', async (method) => {
    const controller = new AbortController();
    const before: ToyObjectiveOptions['before'] = async (_, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      signal?.throwIfAborted();
    };
    const slow = { now: () => performance.now(), objective: { before } };
    const budget = { seconds: 0.001 };
    const { events } = await run(method, { ...slow, options: { budget } });
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'time', evaluations: 1 });
    setTimeout(() => controller.abort(), 5);
    const options = { budget: { ...budget, signal: controller.signal } };
    const aborted = await run(method, { ...slow, options });
    expect(finishOf(aborted.events)).toMatchObject({ stoppedBy: 'aborted', evaluations: 0 });
  });

  it("the objective's error comes out as it is, after all that was evaluated", async () => {
    const broken = new Error('out of memory');
    let batches = 0;
    const before = () => {
      batches += 1;
      if (batches === 4) throw broken;
    };
    const { events } = start('evolution', { objective: { batchSize: 3, before } });
    const seen: SearchEvent[] = [];
    const consume = async () => {
      for await (const event of events) seen.push(event);
    };
    await expect(consume()).rejects.toBe(broken);
    expect(evaluationsOf(seen)).toHaveLength(1 + 3 + 3);
  });

  it('an error that has nothing to do with the abort is not taken for it', async () => {
    const controller = new AbortController();
    const before = () => {
      controller.abort();
      throw new TypeError('a bug');
    };
    const options = { budget: { signal: controller.signal } };
    await expect(run('random', { objective: { before }, options })).rejects.toThrow('a bug');
  });

  it('lets go of the timer and the signal, also when its reader leaves early', async () => {
    vi.useFakeTimers();
    try {
      const controller = new AbortController();
      const removed = vi.spyOn(controller.signal, 'removeEventListener');
      const options = { budget: { seconds: 60, signal: controller.signal } };
      for await (const _ of start('random', { now: () => 0, options }).events) {
        expect(vi.getTimerCount()).toBe(1);
        break;
      }
      expect(vi.getTimerCount()).toBe(0);
      expect(removed).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('runSearch() refuses', () => {
  const problem = toyProblem(TOY);
  const { textGradient: _, ...withoutGradient } = problem;

  it.each<[string, () => unknown, string, RegExp]>([
    [
      'an unknown method',
      () => runSearch('genetic' as SearchMethod, problem),
      'INVALID_OPTION',
      /"genetic".*hybrid, gradient, evolution, random/,
    ],
    [
      'an inherited name as a method',
      () => runSearch('toString' as SearchMethod, problem),
      'INVALID_OPTION',
      /"toString"/,
    ],
    [
      'gradients without a text gradient',
      () => runSearch('hybrid', withoutGradient),
      'INVALID_OPTION',
      /need a text gradient.*"evolution" or "random"/,
    ],
    [
      'a space without slots',
      () => runSearch('random', { ...problem, space: spaceOf([]) }),
      'INVALID_SPACE',
      /nothing to search/,
    ],
    [
      'a space with one candidate',
      () => runSearch('random', { ...problem, space: spaceOf([1, 1]) }),
      'INVALID_SPACE',
      /nothing to search/,
    ],
    [
      'a slot without choices',
      () => runSearch('random', { ...problem, space: spaceOf([2, 0]) }),
      'INVALID_SPACE',
      /Slot 1/,
    ],
    [
      'an option out of range',
      () => runSearch('random', problem, { budget: { plateau: 0 } }),
      'INVALID_OPTION',
      /budget.plateau/,
    ],
    [
      'a step beyond the steps',
      () => runSearch('gradient', problem, { gradient: { schedule: { kind: 'fixed', stepIndex: 50 } } }),
      'INVALID_OPTION',
      /it is 50/,
    ],
  ])('%s, at once', (_, search, code, message) => {
    expect(search).toThrow(message);
    expect(search).toThrow(expect.objectContaining({ code }));
  });

  it('a budget in seconds without a clock', async () => {
    const search = collect(runSearch('random', problem, { budget: { seconds: 1 } }));
    await expect(search).rejects.toThrow(/budget.seconds needs a clock/);
  });

  it('an objective with a batch size of 0, or with too few scores', async () => {
    const zero = { batchSize: 0, evaluate: async () => [] };
    await expect(collect(runSearch('random', { ...problem, objective: zero }))).rejects.toThrow(/batchSize/);
    const mute = { batchSize: 2, evaluate: async () => [] };
    await expect(collect(runSearch('random', { ...problem, objective: mute }))).rejects.toThrow(
      /one score for each of 1 .* returned 0/,
    );
  });
});

describe('runSearch() on a problem without a text gradient', () => {
  it.each(['evolution', 'random'] as const)('%s works', async (method) => {
    const { textGradient: _, ...problem } = toyProblem(pairedLoss(2, 3));
    const events = await collect(runSearch(method, problem));
    expect(gradientsOf(events)).toEqual([]);
    expect(finishOf(events).evaluations).toBe(40);
  });
});

/** Best-so-far is right in every event, and what `improved` says agrees. */
function checkBest(events: readonly SearchEvent[]): void {
  let best = Number.POSITIVE_INFINITY;
  for (const event of evaluationsOf(events)) {
    const loss = event.score.kind === 'valid' ? event.score.loss : Number.POSITIVE_INFINITY;
    expect(event.improved).toBe(loss < best);
    best = Math.min(best, loss);
    expect(event.best?.loss ?? Number.POSITIVE_INFINITY).toBe(best);
    if (event.improved) expect(event.best?.candidate).toEqual(event.candidate);
  }
}

/** The bill adds up, nothing goes beyond a limit, and the stop is for a reason that holds. */
function checkEnd(
  events: readonly SearchEvent[],
  limits: { evaluations: number; plateau: number; size: number },
): void {
  const finish = finishOf(events);
  expect(events.filter((event) => event.type === 'finished')).toHaveLength(1);
  const done = evaluationsOf(events);
  const gradientCost = gradientsOf(events).reduce((sum, event) => sum + event.stepIndex / 50, 0);
  expect(finish.best).toEqual(done.at(-1)?.best);
  expect(finish.evaluations).toBe(done.length);
  expect(finish.gradientIterations).toBe(gradientsOf(events).length);
  expect(finish.spent).toBeCloseTo(done.length + gradientCost, 9);
  expect(finish.spent).toBeLessThanOrEqual(limits.evaluations + 1e-9);
  const stale = done.length - 1 - done.findLastIndex((event) => event.improved);
  expect(stale).toBeLessThanOrEqual(limits.plateau);
  if (finish.stoppedBy === 'exhausted') expect(done.length).toBe(limits.size);
  if (finish.stoppedBy === 'plateau') expect(stale).toBe(limits.plateau);
  if (finish.stoppedBy === 'budget') expect(finish.spent + 1).toBeGreaterThan(limits.evaluations);
  expect(['exhausted', 'plateau', 'budget', 'completed']).toContain(finish.stoppedBy);
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}
