/** @file The two interfaces through which a search sees the world. Both minimise; an attack negates its loss before it gets here. */
import type { Candidate, SlotProbabilities } from './search-space.ts';

/**
 * What became of one candidate. An invalid one (a black image) counts but is never the best. A pruned one was stopped at an early look,
 * whose loss it has: it is never the best and never a parent.
 */
export type Score =
  | { readonly kind: 'valid'; readonly loss: number }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'pruned'; readonly loss: number };

export interface EvaluateOptions {
  /** Aborting makes `evaluate` reject soon with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Looks at candidates before they are done, so that the hopeless can be stopped (successive halving). */
export interface CandidateRace {
  /** What a candidate has cost by each look, in evaluations: ascending, above 0 and below what it costs whole. At least one. */
  readonly looks: readonly number[];
  /** The share that goes on after each look, in (0, 1]; rounded up, so that one always does. At 1, `glimpse` alone decides who is stopped. */
  readonly keep: number;
  /** How many race at once. @default a generation */
  readonly heat?: number;
  /**
   * Preliminary scores of `candidates`, in their order, at look `look` (its index). A `pruned` one is stopped whatever the share that
   * goes on, because the objective knows it to be hopeless. Candidates come to each look in
   * turn, at most `batchSize` at a time; those that passed the last one are given to `Objective.evaluate`.
   */
  glimpse(
    candidates: readonly Candidate[],
    look: number,
    options?: EvaluateOptions,
  ): Promise<readonly Score[]>;
}

/** What one evaluation costs, in full evaluations; above 0. */
export interface EvaluationCosts {
  readonly original: number;
  /** Of every other candidate. */
  readonly candidate: number;
}

/** Scores candidates; lower is better. */
export interface Objective {
  /**
   * Scores of `candidates`, in their order.
   * The search asks for at most `batchSize` at a time and never for the same candidate twice.
   */
  evaluate(candidates: readonly Candidate[], options?: EvaluateOptions): Promise<readonly Score[]>;
  /**
   * Why a candidate may not be evaluated at all, as a clause; null where it may. Asked before `evaluate`, once for each candidate but the
   * original. What is rejected costs no evaluation, and another is drawn in its place.
   */
  screen?(candidate: Candidate): Promise<string | null>;
  /** How many candidates are worth asking for at once; at least 1. */
  readonly batchSize: number;
  /** Absent where every candidate is evaluated whole. The original always is. */
  readonly race?: CandidateRace;
  /** @default 1 each */
  readonly costs?: EvaluationCosts;
}

export interface TextGradientRequest {
  /** The relaxed prompt, `[slot][choice]`. */
  readonly probabilities: SlotProbabilities;
  /** The sampling step whose gradient is taken, 0-based from the noisiest. */
  readonly stepIndex: number;
  readonly signal?: AbortSignal;
}

export interface TextGradientResult {
  /** The loss of the relaxed prompt, in the objective's sign. */
  readonly loss: number;
  /** d loss / d probabilities, in the shape of the request's probabilities. */
  readonly gradient: SlotProbabilities;
}

/** Differentiates the loss with respect to the words of a relaxed prompt (paper, section 6.1). */
export interface TextGradient {
  gradient(request: TextGradientRequest): Promise<TextGradientResult>;
  /** What the next call costs if it is at `stepIndex`, in evaluations (one full sampling each); the paper counts `t / T`. */
  cost(stepIndex: number): number;
  /** Number of sampling steps T; step indices are below it. */
  readonly steps: number;
}
