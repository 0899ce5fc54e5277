import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  pairedLoss,
  separableLoss,
  ToyObjective,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { evolutionSearch } from './evolution-search.ts';
import type { Score } from './objective.ts';
import { randomSearch } from './random-search.ts';
import type { EvaluationEvent } from './search-event.ts';

const TOY = separableLoss(new Array(10).fill(5), 3);
const UNLIMITED = { evaluations: Number.POSITIVE_INFINITY };

function countsByGeneration(evaluations: readonly EvaluationEvent[]): number[] {
  const counts: number[] = [];
  for (const { generation = 0 } of evaluations) counts[generation] = (counts[generation] ?? 0) + 1;
  return counts;
}

describe('evolutionSearch()', () => {
  it("by default is the paper's: a population of 20, the original among them, and a generation of 20", async () => {
    const events = await collect(evolutionSearch(toyProblem(TOY)));
    expect(countsByGeneration(evaluationsOf(events))).toEqual([20, 20]);
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'budget', evaluations: 40 });
  });

  it('completes its generations when the budget allows', async () => {
    const events = await collect(evolutionSearch(toyProblem(TOY), { budget: UNLIMITED }));
    expect(countsByGeneration(evaluationsOf(events))).toEqual([20, 20, 20]);
    expect(finishOf(events).stoppedBy).toBe('completed');
  });

  it('with endless generations goes on until the space is exhausted', async () => {
    const toy = separableLoss([3, 3, 3, 3], 1);
    const options = { budget: UNLIMITED, evolution: { generations: Number.POSITIVE_INFINITY } };
    const finish = finishOf(await collect(evolutionSearch(toyProblem(toy), options)));
    expect(finish).toMatchObject({ stoppedBy: 'exhausted', evaluations: 81 });
    expect(finish.best?.candidate).toEqual(toy.optimum);
  });

  it('breeds mutants near the parents and children between them', async () => {
    const options = { evolution: { parents: 4, mutants: 3, children: 5, generations: 1 } };
    const evaluations = evaluationsOf(await collect(evolutionSearch(toyProblem(TOY, 7), options)));
    const lossOf = ({ score }: EvaluationEvent) => (score.kind === 'valid' ? score.loss : Number.NaN);
    const parents = evaluations
      .slice(0, 20)
      .toSorted((a, b) => lossOf(a) - lossOf(b))
      .slice(0, 4)
      .map((event) => event.candidate);
    const bred = evaluations.slice(20).map((event) => event.candidate);
    expect(bred).toHaveLength(8);
    for (const mutant of bred.slice(0, 3)) {
      const changes = parents.map(
        (parent) => parent.filter((choice, slot) => choice !== mutant[slot]).length,
      );
      expect(Math.min(...changes)).toBeLessThanOrEqual(5);
    }
    for (const child of bred.slice(3)) {
      expect(child.every((choice, slot) => parents.some((parent) => parent[slot] === choice))).toBe(true);
    }
  });

  it('goes on at random where no candidate is valid, and with a single valid parent', async () => {
    const budget = { evaluations: 60 };
    for (const validKey of ['none', new Array(10).fill(0).join()]) {
      const score = (candidate: readonly number[]): Score =>
        candidate.join() === validKey
          ? { kind: 'valid', loss: 1 }
          : { kind: 'invalid', reason: 'black image' };
      const problem = toyProblem(TOY, 0, new ToyObjective(TOY, { score }));
      const finish = finishOf(await collect(evolutionSearch(problem, { budget })));
      expect(finish.evaluations).toBe(60);
      expect(finish.best === null).toBe(validKey === 'none');
    }
  });

  it.each([
    ['a separable loss', TOY],
    ['paired words', pairedLoss(3, 4)],
  ])('finds better candidates than random search of %s', async (_, toy) => {
    const options = { budget: { evaluations: 200 }, evolution: { generations: Number.POSITIVE_INFINITY } };
    const mean = async (search: typeof randomSearch) => {
      let total = 0;
      for (let seed = 0; seed < 20; seed++)
        total += finishOf(await collect(search(toyProblem(toy, seed), options))).best!.loss;
      return total / 20;
    };
    expect(await mean(evolutionSearch)).toBeLessThan((await mean(randomSearch)) - 0.1);
  });
});
