/** @file How often an attack succeeds, by the paper's protocol (appendix G.2): wins and losses are reversed, a draw fails, and so does a success that only came of another meaning. */
import type { Outcome } from './outcome.ts';
import { type BootstrapInterval, pairedBootstrap } from './paired-bootstrap.ts';
import { shareOf } from './win-draw-loss.ts';

/** One attack as it was judged. */
export interface AttackAttempt {
  /** The adversarial prompt's pictures against the original's, by faithfulness to the user's prompt: `loss` is what the attack wants. */
  readonly faithfulness: Outcome;
  /** Whether the adversarial prompt says something else than the user's. */
  readonly altersMeaning: boolean;
}

/** Plain data; `attempts` is the sum of `successes`, `draws`, `faithful` and `altered`. */
export interface AttackSuccess {
  /** Prompts that were attacked at least once. */
  readonly prompts: number;
  readonly attempts: number;
  readonly successes: number;
  /** Failures because neither picture was better. */
  readonly draws: number;
  /** Failures because the adversarial prompt's pictures were the more faithful ones. */
  readonly faithful: number;
  /** What would be successes, had the prompt kept its meaning. */
  readonly altered: number;
  /** Successes among all attempts, 0 to 1: the mean of the prompts' own rates. */
  readonly successRate: BootstrapInterval;
}

/** Whether an attempt counts as a success. */
export function isSuccess({ faithfulness, altersMeaning }: AttackAttempt): boolean {
  return faithfulness === 'loss' && !altersMeaning;
}

/** Counts the attempts on each prompt; prompts are resampled for the interval, and one without attempts is left out. */
export function attackSuccess(byPrompt: readonly (readonly AttackAttempt[])[], seed = 0): AttackSuccess {
  const attacked = byPrompt.filter((attempts) => attempts.length > 0);
  const all = attacked.flat();
  const count = (isCounted: (attempt: AttackAttempt) => boolean) => all.filter(isCounted).length;
  return {
    prompts: attacked.length,
    attempts: all.length,
    successes: count(isSuccess),
    draws: count(({ faithfulness }) => faithfulness === 'draw'),
    faithful: count(({ faithfulness }) => faithfulness === 'win'),
    altered: count(({ faithfulness, altersMeaning }) => faithfulness === 'loss' && altersMeaning),
    successRate: pairedBootstrap(
      attacked.map((attempts) => shareOf(attempts, isSuccess)),
      seed,
    ),
  };
}
