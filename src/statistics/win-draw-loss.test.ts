import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { winDrawLoss } from './win-draw-loss.ts';

describe('winDrawLoss()', () => {
  it('counts outcomes and gives each prompt the same weight', () => {
    const table = winDrawLoss([['win'], ['win', 'draw', 'loss', 'loss'], [], ['draw']]);
    expect(table).toMatchObject({ prompts: 3, comparisons: 6, wins: 2, draws: 2, losses: 2 });
    expect(table.winRate.mean).toBeCloseTo((1 + 1 / 4) / 3, 12);
    expect(table.drawRate.mean).toBeCloseTo((1 / 4 + 1) / 3, 12);
    expect(table.lossRate.mean).toBeCloseTo(1 / 2 / 3, 12);
  });

  it('gives a rate the interval of resampled prompts', () => {
    const byPrompt = [...Array(44).fill(['win']), ...Array(56).fill(['loss'])] as Outcome[][];
    const { winRate } = winDrawLoss(byPrompt);
    expect(winRate.mean).toBeCloseTo(0.44, 12);
    // The binomial's 2.5 and 97.5 % quantiles for n = 100, p = .44 (scipy.stats.binom.ppf): 34 and 54
    expect(winRate.interval![0]).toBeCloseTo(0.34, 1.8);
    expect(winRate.interval![1]).toBeCloseTo(0.54, 1.8);
  });

  it('knows nothing of no prompt', () => {
    const table = winDrawLoss([[], []]);
    expect(table).toMatchObject({ prompts: 0, comparisons: 0, wins: 0 });
    expect(table.winRate).toEqual({ count: 0, mean: Number.NaN, interval: null });
  });

  it('adds up', () => {
    const outcome = fc.constantFrom<Outcome>('win', 'draw', 'loss');
    fc.assert(
      fc.property(
        fc.array(fc.array(outcome, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        (byPrompt) => {
          const { wins, draws, losses, comparisons, winRate, drawRate, lossRate } = winDrawLoss(byPrompt);
          expect(wins + draws + losses).toBe(comparisons);
          expect(winRate.mean + drawRate.mean + lossRate.mean).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 25 },
    );
  });
});
