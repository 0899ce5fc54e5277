import { describe, expect, it } from 'vitest';
import { resolveSearchOptions, type SearchOptions } from './search-options.ts';

describe('resolveSearchOptions()', () => {
  it("has the paper's constants as defaults", () => {
    expect(resolveSearchOptions()).toEqual({
      budget: { evaluations: 40, seconds: Infinity, plateau: Infinity },
      gradient: {
        iterations: 20,
        schedule: { kind: 'ramp' },
        maxBudgetShare: 0.5,
        temperature: 1,
        originalLogit: 1,
        minLogit: 0,
        maxLogit: 3,
        learningRate: 0.1,
        momentum: 0.5,
        decay: 0.99,
        epsilon: 1e-8,
        clip: 0.025,
      },
      evolution: {
        population: 20,
        parents: 10,
        mutationProbability: 0.1,
        mutants: 10,
        children: 10,
        generations: 2,
      },
    });
  });

  it('takes what is given and treats undefined as not given', () => {
    const given = { budget: { evaluations: 7, plateau: undefined }, evolution: { generations: Infinity } };
    const { budget, evolution } = resolveSearchOptions(given as unknown as SearchOptions);
    expect(budget).toEqual({ evaluations: 7, seconds: Infinity, plateau: Infinity });
    expect(evolution).toMatchObject({ generations: Infinity, population: 20 });
  });

  it.each<[SearchOptions, string]>([
    [
      { budget: { evaluations: 0 } },
      'budget.evaluations must be a whole number of at least 1, or Infinity, but it is 0.',
    ],
    [{ budget: { evaluations: 2.5 } }, 'budget.evaluations'],
    [{ budget: { evaluations: Number.NaN } }, 'but it is NaN'],
    [{ budget: { evaluations: '40' as unknown as number } }, 'budget.evaluations'],
    [{ budget: { seconds: 0 } }, 'budget.seconds must be a number above 0'],
    [{ budget: { seconds: Number.NaN } }, 'budget.seconds'],
    [{ budget: { plateau: -1 } }, 'budget.plateau'],
    [{ gradient: { iterations: -1 } }, 'gradient.iterations'],
    [{ gradient: { iterations: Number.POSITIVE_INFINITY } }, 'gradient.iterations'],
    [{ gradient: { maxBudgetShare: 0 } }, 'gradient.maxBudgetShare must be above 0 and at most 1'],
    [{ gradient: { temperature: 0 } }, 'gradient.temperature'],
    [
      { gradient: { minLogit: 3, maxLogit: 3 } },
      'gradient.maxLogit must be a finite number above gradient.minLogit (3)',
    ],
    [{ gradient: { momentum: 1 } }, 'gradient.momentum must be at least 0 and below 1'],
    [{ gradient: { decay: -0.1 } }, 'gradient.decay'],
    [{ gradient: { learningRate: -1 } }, 'gradient.learningRate'],
    [{ gradient: { epsilon: 0 } }, 'gradient.epsilon'],
    [{ gradient: { clip: 0 } }, 'gradient.clip'],
    [{ evolution: { population: 0 } }, 'evolution.population'],
    [{ evolution: { parents: 0 } }, 'evolution.parents'],
    [{ evolution: { mutationProbability: 1.1 } }, 'evolution.mutationProbability'],
    [{ evolution: { mutants: -1 } }, 'evolution.mutants'],
    [{ evolution: { children: 0.5 } }, 'evolution.children'],
    [{ evolution: { mutants: 0, children: 0 } }, 'no generation could be bred'],
    [{ evolution: { generations: -1 } }, 'evolution.generations'],
  ])('refuses %o', (options, message) => {
    expect(() => resolveSearchOptions(options)).toThrow(message);
    expect(() => resolveSearchOptions(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
