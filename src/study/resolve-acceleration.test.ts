import { describe, expect, it } from 'vitest';
import type { AccelerationOptions } from './acceleration-options.ts';
import {
  type AccelerationSituation,
  confirmationCost,
  NO_ACCELERATION,
  resolveAcceleration,
} from './resolve-acceleration.ts';
import { candidateCalls, evaluationCosts, lookCosts } from './search-costs.ts';

const SITUATION: AccelerationSituation = { steps: 20, isSameSampling: true, search: 'negative', budget: 40 };
const resolve = (options: AccelerationOptions, situation: Partial<AccelerationSituation> = {}) =>
  resolveAcceleration(options, { ...SITUATION, ...situation });

describe('resolveAcceleration()', () => {
  it('is the paper’s procedure where nothing is asked', () => {
    expect(resolve({})).toEqual(NO_ACCELERATION);
    expect(confirmationCost(NO_ACCELERATION)).toBe(0);
  });

  it('reads places as shares below 1 and as indices from 1 on', () => {
    expect(resolve({ raceAt: [0.3, 12], sharePrefix: 0.1, sharePositive: 5 })).toMatchObject({
      looks: [6, 12],
      prefix: 2,
      positiveFrom: 5,
    });
    expect(resolve({ raceAt: 0.001 }).looks).toEqual([1]);
  });

  it('confirms where the pictures of the search are not exact, and races need no confirmation', () => {
    expect(resolve({ raceAt: 0.5, gradientRefresh: Number.POSITIVE_INFINITY, confirm: 5 }).confirm).toBe(0);
    expect(resolve({ sharePrefix: 2 }).confirm).toBe(3);
    expect(resolve({ sharePositive: 2, confirm: 5 }).confirm).toBe(5);
    const inFewSteps = resolve({}, { isSameSampling: false });
    expect([inFewSteps.confirm, confirmationCost(inFewSteps)]).toEqual([3, 4]);
  });

  it.each<[AccelerationOptions, Partial<AccelerationSituation>, string]>([
    [{ gradientRefresh: 0 }, {}, 'The option gradientRefresh must be a whole number of at least 1, got 0.'],
    [{ raceKeep: 1 }, {}, 'The option raceKeep must be above 0 and below 1, got 1.'],
    [
      { raceAt: 20 },
      {},
      'The option raceAt must be a share of the steps, above 0 and below 1, or a step index from 1 to 19',
    ],
    [
      { raceAt: 1.5 },
      {},
      'or a step index from 1 to 19, because the search samples in 20 guided steps, got 1.5.',
    ],
    [{ raceAt: -0.5 }, {}, 'got -0.5.'],
    [{ raceAt: Number.NaN }, {}, 'got NaN.'],
    [{ raceAt: 0.99 }, { steps: 10 }, 'got 0.99.'],
    [{ raceAt: [8, 4] }, {}, 'must name each look once, the earlier before the later, got steps 8,4.'],
    [{ raceAt: 4, sharePrefix: 4 }, {}, 'The option raceAt must lie behind sharePrefix, which is step 4'],
    [
      { sharePositive: 4 },
      { search: 'both' },
      'The option sharePositive needs a search of the negative prompt alone',
    ],
    [{ sharePrefix: 4, confirm: 0 }, {}, 'The option confirm must be a whole number of at least 1, got 0.'],
    [{ sharePrefix: 4 }, { budget: 3 }, 'so the budget must be at least 4, got a budget of 3.'],
  ])('refuses %j with %j', (options, situation, message) => {
    expect(() => resolve(options, situation)).toThrow(message);
  });
});

describe('costs of a search', () => {
  it('are counted in evaluations of exact pictures', () => {
    const steps = { search: 20, exact: 50 };
    expect(evaluationCosts(steps, NO_ACCELERATION)).toEqual({ original: 0.4, candidate: 0.4 });
    const shared = resolve({ sharePrefix: 4, sharePositive: 10, raceAt: [8, 16] });
    // 6 half calls and 10 whole ones.
    expect(evaluationCosts(steps, shared)).toEqual({ original: 0.4, candidate: 13 / 50 });
    expect(lookCosts(steps, shared)).toEqual([2 / 50, 9 / 50]);
    expect(
      candidateCalls(8, 16, shared) + candidateCalls(0, 8, shared) + candidateCalls(16, 20, shared),
    ).toBe(13);
    expect(candidateCalls(0, 3, shared)).toBe(0);
  });
});
