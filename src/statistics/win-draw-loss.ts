/** @file Wins, draws and losses over prompts, with the intervals of their rates. */
import type { Outcome } from './outcome.ts';
import { type BootstrapInterval, pairedBootstrap } from './paired-bootstrap.ts';

/** Plain data. */
export interface WinDrawLoss {
  /** Prompts that were compared at least once. */
  readonly prompts: number;
  readonly comparisons: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
  /** Shares, 0 to 1: the mean of the prompts' own shares, so that each prompt weighs the same however often it was compared. */
  readonly winRate: BootstrapInterval;
  readonly drawRate: BootstrapInterval;
  readonly lossRate: BootstrapInterval;
}

/**
 * Counts the outcomes of each prompt: one, or several where there were several judges or searches. Prompts are resampled for the
 * intervals; one without outcomes is left out.
 */
export function winDrawLoss(byPrompt: readonly (readonly Outcome[])[], seed = 0): WinDrawLoss {
  const compared = byPrompt.filter((outcomes) => outcomes.length > 0);
  const all = compared.flat();
  const count = (wanted: Outcome) => all.filter((outcome) => outcome === wanted).length;
  const rate = (wanted: Outcome) =>
    pairedBootstrap(
      compared.map((outcomes) => shareOf(outcomes, (outcome) => outcome === wanted)),
      seed,
    );
  return {
    prompts: compared.length,
    comparisons: all.length,
    wins: count('win'),
    draws: count('draw'),
    losses: count('loss'),
    winRate: rate('win'),
    drawRate: rate('draw'),
    lossRate: rate('loss'),
  };
}

/** Share of `items` for which `isCounted` holds, 0 to 1; `items` is not empty. */
export function shareOf<T>(items: readonly T[], isCounted: (item: T) => boolean): number {
  return items.filter(isCounted).length / items.length;
}
