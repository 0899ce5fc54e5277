/** @file What a search tells while it runs. Plain data: every event survives JSON unchanged. */
import type { Score } from './objective.ts';
import type { Candidate } from './search-space.ts';

/** Who proposed a candidate: the learned distribution of gradient search is `gradient`, also in its arg max. */
export type SearchPhase = 'original' | 'random' | 'evolution' | 'gradient';

/**
 * Why a search ended: `budget`, `time` and `plateau` are the budget's limits, `exhausted` means that every candidate
 * was evaluated or rejected, `rejected` that nearly everything that was proposed was rejected, `completed` that the method had nothing
 * more to do, `aborted` that its signal was.
 */
export type StopReason = 'budget' | 'time' | 'plateau' | 'exhausted' | 'rejected' | 'completed' | 'aborted';

/** The best valid candidate so far; of equals, the earliest. */
export interface BestCandidate {
  readonly candidate: Candidate;
  readonly loss: number;
}

/** One candidate was scored, or stopped at an early look. */
export interface EvaluationEvent {
  readonly type: 'evaluation';
  /** Counts the evaluations from 0. */
  readonly index: number;
  readonly candidate: Candidate;
  readonly score: Score;
  readonly phase: SearchPhase;
  /** In evolution: 0 for the first population, then 1, 2, … */
  readonly generation?: number;
  /** Whether it is the new best (the first valid candidate is). */
  readonly improved: boolean;
  readonly best: BestCandidate | null;
  /** What the search has cost so far, in evaluations, gradient iterations included. */
  readonly spent: number;
}

/** One candidate was rejected before it was scored. It cost nothing. */
export interface RejectionEvent {
  readonly type: 'rejection';
  /** Counts the rejections from 0. */
  readonly index: number;
  readonly candidate: Candidate;
  readonly reason: string;
  readonly phase: SearchPhase;
  readonly generation?: number;
  readonly spent: number;
}

/** One gradient iteration was done. */
export interface GradientEvent {
  readonly type: 'gradient';
  /** Counts the iterations from 0. */
  readonly iteration: number;
  /** The sampling step whose gradient was taken, from 0, the noisiest. */
  readonly stepIndex: number;
  /** The relaxed prompt's loss; null when it is not finite. */
  readonly loss: number | null;
  /** Euclidean norm of d loss / d logits, before clipping; null when it is not finite, and then nothing was learned. */
  readonly gradientNorm: number | null;
  /** The learned probabilities `[slot][choice]` after this iteration, without noise. */
  readonly probabilities: readonly (readonly number[])[];
  readonly spent: number;
}

/** Always the last event. */
export interface FinishedEvent {
  readonly type: 'finished';
  readonly stoppedBy: StopReason;
  readonly best: BestCandidate | null;
  readonly evaluations: number;
  /** How many of the evaluations were stopped at an early look. */
  readonly pruned: number;
  readonly rejections: number;
  readonly gradientIterations: number;
  readonly spent: number;
}

export type SearchEvent = EvaluationEvent | RejectionEvent | GradientEvent | FinishedEvent;
