import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  gradientsOf,
  oneHot,
  separableLoss,
  toyGradient,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { gradientSearch } from './gradient-search.ts';
import type { TextGradientRequest } from './objective.ts';
import { randomSearch } from './random-search.ts';
import type { SearchEvent } from './search-event.ts';

const SIZES = [5, 5, 5, 5, 5, 5];
const TOY = separableLoss(SIZES, 1);

/** What had been spent when the optimum was first evaluated; Infinity if it never was. */
function costOfOptimum(events: readonly SearchEvent[], optimum: readonly number[]): number {
  const hit = evaluationsOf(events).find((event) => event.candidate.join() === optimum.join());
  return hit?.spent ?? Number.POSITIVE_INFINITY;
}

describe('gradientSearch()', () => {
  it("by default takes 20 iterations at the paper's steps, then 32 evaluations", async () => {
    const events = await collect(gradientSearch(toyProblem(TOY)));
    expect(gradientsOf(events).map((event) => event.stepIndex)).toEqual(
      Array.from({ length: 20 }, (_, i) => 15 + Math.floor(i / 2)),
    );
    expect(gradientsOf(events).at(-1)?.spent).toBeCloseTo(1 + 7.8, 9);
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'budget', evaluations: 32, gradientIterations: 20 });
    expect(finishOf(events).spent).toBeCloseTo(39.8, 9);
  });

  it('evaluates the original, learns, then the arg max of the last probabilities, then draws', async () => {
    const events = await collect(gradientSearch(toyProblem(TOY)));
    expect(events.slice(0, 22).map((event) => event.type)).toEqual([
      'evaluation',
      ...new Array(20).fill('gradient'),
      'evaluation',
    ]);
    const learned = gradientsOf(events).at(-1)!.probabilities;
    const argMax = learned.map((row) => row.indexOf(Math.max(...row)));
    expect(evaluationsOf(events)[1]).toMatchObject({ candidate: argMax, phase: 'gradient' });
  });

  it('finds the optimum of a separable loss far sooner than random search', async () => {
    const found = { gradient: 0, random: 0 };
    for (let seed = 0; seed < 40; seed++) {
      const toy = separableLoss(SIZES, seed);
      const gradient = await collect(gradientSearch(toyProblem(toy, seed)));
      const random = await collect(randomSearch(toyProblem(toy, seed), { budget: { evaluations: 400 } }));
      if (costOfOptimum(gradient, toy.optimum) <= 40) found.gradient += 1;
      if (costOfOptimum(random, toy.optimum) <= 400) found.random += 1;
    }
    // 15,625 candidates: ten times the budget finds the optimum once in 39 tries.
    expect(found.gradient).toBeGreaterThanOrEqual(25);
    expect(found.random).toBeLessThanOrEqual(5);
  });

  it('learns: probability moves to the better words, and the relaxed loss falls', async () => {
    const gradients = gradientsOf(await collect(gradientSearch(toyProblem(TOY))));
    const massAt = (index: number) =>
      TOY.optimum.reduce((sum, choice, slot) => sum + gradients[index].probabilities[slot][choice], 0);
    expect(massAt(19)).toBeGreaterThan(massAt(0) + 0.5);
    const meanLoss = (part: typeof gradients) =>
      part.reduce((sum, event) => sum + event.loss!, 0) / part.length;
    expect(meanLoss(gradients.slice(10))).toBeLessThan(meanLoss(gradients.slice(0, 5)));
  });

  it('a small budget leaves at least half, and one more evaluation, for candidates', async () => {
    for (let evaluations = 1; evaluations <= 40; evaluations++) {
      const events = await collect(gradientSearch(toyProblem(TOY), { budget: { evaluations } }));
      const finish = finishOf(events);
      const gradientCost = finish.spent - finish.evaluations;
      expect(gradientCost).toBeLessThanOrEqual(evaluations / 2 + 1e-9);
      expect(finish.evaluations).toBeGreaterThanOrEqual(Math.min(2, evaluations));
      expect(finish.stoppedBy).toBe('budget');
    }
    const tiny = await collect(gradientSearch(toyProblem(TOY), { budget: { evaluations: 4 } }));
    expect(finishOf(tiny)).toMatchObject({ gradientIterations: 6, evaluations: 2 });
  });

  it('hands the text gradient relaxed words and the step, one Gumbel sample an iteration', async () => {
    const requests: TextGradientRequest[] = [];
    const inner = toyGradient(TOY, 10);
    const textGradient = {
      ...inner,
      gradient: (request: TextGradientRequest) => {
        requests.push(request);
        return inner.gradient(request);
      },
    };
    await collect(gradientSearch({ ...toyProblem(TOY), textGradient }, { gradient: { iterations: 4 } }));
    expect(requests.map((request) => request.stepIndex)).toEqual([3, 3, 3, 3]);
    for (const { probabilities, signal } of requests) {
      expect(probabilities.map((row) => row.length)).toEqual(SIZES);
      for (const row of probabilities) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(signal).toBeInstanceOf(AbortSignal);
    }
    expect(new Set(requests.map((request) => request.probabilities[0].join())).size).toBe(4);
  });

  it('learns nothing from a gradient that is not finite, says so, and goes on', async () => {
    let calls = 0;
    const inner = toyGradient(TOY);
    const textGradient = {
      ...inner,
      gradient: async (request: TextGradientRequest) => {
        calls += 1;
        const result = await inner.gradient(request);
        if (calls !== 2) return result;
        return { loss: Number.NaN, gradient: result.gradient.map((row) => row.fill(Number.NaN)) };
      },
    };
    const gradients = gradientsOf(await collect(gradientSearch({ ...toyProblem(TOY), textGradient })));
    expect(gradients[1]).toMatchObject({ loss: null, gradientNorm: null });
    expect(gradients[1].probabilities).toEqual(gradients[0].probabilities);
    expect(gradients[2].gradientNorm).toBeGreaterThan(0);
    expect(gradients[19].probabilities.flat().every(Number.isFinite)).toBe(true);
  });

  it('refuses a gradient of another shape, and a step beyond the steps before anything is evaluated', async () => {
    const textGradient = {
      ...toyGradient(TOY),
      gradient: async () => ({ loss: 1, gradient: oneHot(TOY.space, []).slice(1) }),
    };
    const misshapen = collect(gradientSearch({ ...toyProblem(TOY), textGradient }));
    await expect(misshapen).rejects.toThrow(
      /rows of \[5, 5, 5, 5, 5, 5\], but it has rows of \[5, 5, 5, 5, 5\]/,
    );
    const search = gradientSearch(toyProblem(TOY), {
      gradient: { schedule: { kind: 'fixed', stepIndex: 50 } },
    });
    await expect(search.next()).rejects.toThrow(/it is 50/);
  });

  it('without iterations draws from the starting distribution', async () => {
    const events = await collect(gradientSearch(toyProblem(TOY), { gradient: { iterations: 0 } }));
    expect(finishOf(events)).toMatchObject({ evaluations: 40, gradientIterations: 0, spent: 40 });
  });
});
