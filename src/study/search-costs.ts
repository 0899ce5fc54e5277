/** @file What the pictures of a search cost in UNet calls, from the options alone. */
import type { EvaluationCosts } from '../search/objective.ts';
import type { Acceleration } from './acceleration-options.ts';

export interface StepCounts {
  /** Guided steps of a picture of the search. */
  readonly search: number;
  /** Guided steps of an exact picture: one evaluation. */
  readonly exact: number;
}

type Shared = Pick<Acceleration, 'prefix' | 'positiveFrom'>;

/** UNet calls of one picture of a candidate from step `from` to step `to`: none in the shared prefix, half calls where the positive branch is shared. */
export function candidateCalls(from: number, to: number, { prefix, positiveFrom }: Shared): number {
  const start = Math.max(from, prefix);
  if (to <= start) return 0;
  const halves = Math.max(0, Math.min(to, positiveFrom) - start);
  return to - start - halves / 2;
}

/** What an evaluation of the search costs, in evaluations of exact pictures. */
export function evaluationCosts(steps: StepCounts, shared: Shared): EvaluationCosts {
  return {
    original: steps.search / steps.exact,
    candidate: candidateCalls(0, steps.search, shared) / steps.exact,
  };
}

/** What a candidate has cost by each look, in evaluations of exact pictures. */
export function lookCosts(steps: StepCounts, acceleration: Shared & Pick<Acceleration, 'looks'>): number[] {
  return acceleration.looks.map((look) => candidateCalls(0, look, acceleration) / steps.exact);
}
