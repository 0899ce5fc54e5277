/** @file What each of several scorers says by itself, for records: the objective is their weighted sum. */
import type { CombinedScorer } from '../diffusion/combined-scorer.ts';
import type { PromptScorerLoss } from './study-result.ts';

/** One scorer's own loss, unweighted: the mean over some pictures. */
export interface ScorerLoss {
  readonly scorer: string;
  readonly weight: number;
  readonly loss: number;
}

/** Losses on several pictures, as scorers give them: `[scorer][picture]`. */
export type LossesByScorer = readonly (readonly number[])[];

/** What each scorer says of each of some pictures. */
export function byScorerOf(pictures: readonly { readonly byScorer: readonly number[] }[]): LossesByScorer {
  const scorers = pictures[0]?.byScorer ?? [];
  return scorers.map((_, scorer) => pictures.map(({ byScorer }) => byScorer[scorer]));
}

/** Undefined for a single scorer, whose loss is the objective, whatever its weight. */
export function scorerLosses(
  { scorers }: CombinedScorer,
  byScorer: LossesByScorer,
): readonly ScorerLoss[] | undefined {
  if (scorers.length === 1) return undefined;
  return scorers.map(({ label, weight }, i) => ({ scorer: label, weight, loss: meanOf(byScorer[i]) }));
}

/** The same of one prompt on searched and on held-out seeds; undefined where nothing was measured. */
export function promptScorerLosses(
  { scorers }: CombinedScorer,
  searched: LossesByScorer | undefined,
  heldOut: LossesByScorer | undefined,
): readonly PromptScorerLoss[] | undefined {
  if (scorers.length === 1 || !searched) return undefined;
  return scorers.map(({ label, weight }, i) => ({
    scorer: label,
    weight,
    loss: meanOf(searched[i]),
    heldOutLoss: heldOut ? meanOf(heldOut[i]) : null,
  }));
}

export function meanOf(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
