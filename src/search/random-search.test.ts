import { describe, expect, it } from 'vitest';
import {
  collect,
  evaluationsOf,
  finishOf,
  separableLoss,
  ToyObjective,
  toyProblem,
} from '../../tests/search/toy-problems.ts';
import { randomSearch } from './random-search.ts';

const TOY = separableLoss([6, 6, 6], 2);

describe('randomSearch()', () => {
  it('evaluates the original, then random candidates, to the end of the budget', async () => {
    const events = await collect(randomSearch(toyProblem(TOY)));
    expect(evaluationsOf(events).map((event) => event.phase)).toEqual([
      'original',
      ...new Array(39).fill('random'),
    ]);
    expect(finishOf(events)).toMatchObject({ stoppedBy: 'budget', evaluations: 40, spent: 40 });
  });

  it('asks for full batches after the original, and for what is left at the end', async () => {
    const objective = new ToyObjective(TOY, { batchSize: 16 });
    await collect(randomSearch(toyProblem(TOY, 0, objective)));
    expect(objective.batches.map((batch) => batch.length)).toEqual([1, 16, 16, 7]);
  });

  it('draws every candidate about equally often', async () => {
    const toy = separableLoss([2, 3], 1);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 1000; seed++) {
      const [, second] = evaluationsOf(
        await collect(randomSearch(toyProblem(toy, seed), { budget: { evaluations: 2 } })),
      );
      counts.set(second.candidate.join(), (counts.get(second.candidate.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(5);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
  });
});
