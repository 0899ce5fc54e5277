import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  gradientsOf,
  pairedLoss,
  separableLoss,
  type ToyLoss,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { evolutionSearch } from './evolution-search.ts';
import { gradientSearch } from './gradient-search.ts';
import { hybridSearch } from './hybrid-search.ts';
import { randomSearch } from './random-search.ts';
import type { SearchOptions } from './search-options.ts';

const TOY = separableLoss(new Array(8).fill(5), 1);

async function meanBest(
  search: typeof hybridSearch,
  toyFor: (seed: number) => ToyLoss,
  options: SearchOptions = {},
) {
  let total = 0;
  for (let seed = 0; seed < 30; seed++) {
    total += finishOf(await collect(search(toyProblem(toyFor(seed), seed), options))).best!.loss;
  }
  return total / 30;
}

describe('hybridSearch()', () => {
  it("by default is the reference's 20 gradient iterations (7.8 evaluations) and 32 evaluations", async () => {
    const events = await collect(hybridSearch(toyProblem(TOY)));
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'budget', gradientIterations: 20, evaluations: 32 });
    expect(finishOf(events).spent).toBeCloseTo(39.8, 9);
    const generations = evaluationsOf(events).map((event) => event.generation);
    expect(generations).toEqual([undefined, ...new Array(19).fill(0), ...new Array(12).fill(1)]);
  });

  it('its first population is the arg max and draws of the learned distribution', async () => {
    const agreement = { learned: 0, expected: 0 };
    for (let seed = 0; seed < 20; seed++) {
      const events = await collect(hybridSearch(toyProblem(TOY, seed)));
      const learned = gradientsOf(events).at(-1)!.probabilities;
      const argMax = learned.map((row) => row.indexOf(Math.max(...row)));
      const founders = evaluationsOf(events).slice(1, 20);
      expect(founders[0].candidate).toEqual(argMax);
      for (const { candidate } of founders.slice(1)) {
        agreement.learned +=
          candidate.filter((choice, slot) => choice === argMax[slot]).length / 8 / (18 * 20);
      }
      agreement.expected += learned.reduce((sum, row) => sum + Math.max(...row) / 8, 0) / 20;
    }
    // Uniform draws would agree with the arg max in a fifth of the slots.
    expect(agreement.learned).toBeGreaterThan(0.4);
    expect(Math.abs(agreement.learned - agreement.expected)).toBeLessThan(0.1);
  });

  it('its founders are better on average than those of evolution alone', async () => {
    const meanFounder = async (search: typeof hybridSearch) => {
      const founders = evaluationsOf(await collect(search(toyProblem(TOY)))).slice(1, 20);
      return (
        founders.reduce((sum, { score }) => sum + (score.kind === 'valid' ? score.loss : 0), 0) /
        founders.length
      );
    };
    expect(await meanFounder(hybridSearch)).toBeLessThan((await meanFounder(evolutionSearch)) - 0.5);
  });

  it.each<[string, (seed: number) => ToyLoss]>([
    ['a separable loss', (seed) => separableLoss(new Array(8).fill(5), seed)],
    ['paired words', () => pairedLoss(4, 5)],
  ])('on %s is ahead of each of its parts and of random search', async (_, toyFor) => {
    const options = { budget: { evaluations: 80 }, evolution: { generations: Number.POSITIVE_INFINITY } };
    const hybrid = await meanBest(hybridSearch, toyFor, options);
    expect(hybrid).toBeLessThanOrEqual(await meanBest(gradientSearch, toyFor, options));
    expect(hybrid).toBeLessThan(await meanBest(evolutionSearch, toyFor, options));
    expect(hybrid).toBeLessThan(await meanBest(randomSearch, toyFor, options));
  });

  it('leaves an evaluation after the gradients, however small the budget', async () => {
    for (const evaluations of [2, 3, 5, 10]) {
      const finish = finishOf(await collect(hybridSearch(toyProblem(TOY), { budget: { evaluations } })));
      expect(finish.evaluations).toBeGreaterThanOrEqual(Math.max(2, Math.floor(evaluations / 2)));
      expect(finish.spent).toBeLessThanOrEqual(evaluations);
    }
  });
});
