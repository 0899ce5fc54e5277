/** @file After a search whose pictures are not exact: its best candidates and the original once more, exactly; the best of these is the result. */
import type { Candidate } from '../search/search-space.ts';
import type { CandidateOutcome, PromptObjective } from './prompt-objective.ts';

export interface ExactConfirmationOptions {
  /** What the search asked. */
  readonly searched: PromptObjective;
  /** The same for exact pictures. */
  readonly exact: PromptObjective;
  readonly original: Candidate;
  /** How many of the best are confirmed, besides the original. */
  readonly count: number;
  /** Whether the search's pictures of the original are not exact either. */
  readonly confirmsOriginal: boolean;
  /** 1 where a low loss is sought, −1 (attack) where a high one is. */
  readonly sign: 1 | -1;
  readonly signal: AbortSignal;
  /** Called with each that was sampled exactly. */
  readonly tell: (confirmed: ConfirmedCandidate) => void;
}

export interface ConfirmedCandidate {
  readonly candidate: Candidate;
  readonly searched: CandidateOutcome;
  readonly exact: CandidateOutcome;
}

export interface Confirmation {
  readonly best: Candidate;
  /** How many were sampled exactly, the original among them. */
  readonly count: number;
}

/**
 * @param candidates those that the search scored whole, in the order of their evaluation
 * @returns null where it was aborted before there was anything to compare
 */
export async function confirmExactly(
  candidates: readonly Candidate[],
  options: ExactConfirmationOptions,
): Promise<Confirmation | null> {
  const { searched, exact, original, confirmsOriginal, sign, signal, tell } = options;
  if (!confirmsOriginal) exact.adopt(original, searched);
  const chosen = bestOf(candidates, options);
  let count = 0;
  let best = original;
  try {
    // The original is asked for in any case, and is known already where it was adopted.
    for (const candidate of [original, ...chosen]) {
      await exact.evaluate([candidate], { signal });
      count += 1;
      const outcome = exact.outcomeOf(candidate)!;
      if (isBetter(outcome, exact.outcomeOf(best)!, sign)) best = candidate;
      tell({ candidate, searched: searched.outcomeOf(candidate)!, exact: outcome });
    }
  } catch (error) {
    if (!(signal.aborted && error === signal.reason)) throw error;
  }
  return count < 2 && signal.aborted ? null : { best, count };
}

/** The best by the search's own losses; of those that read the same, one; of equals, the earlier. */
function bestOf(
  candidates: readonly Candidate[],
  { searched, original, count, sign }: ExactConfirmationOptions,
): Candidate[] {
  const known = new Set([searched.outcomeOf(original)]);
  const scored: { readonly candidate: Candidate; readonly loss: number }[] = [];
  for (const candidate of candidates) {
    const outcome = searched.outcomeOf(candidate);
    // Candidates that read the same have one outcome.
    if (!outcome || outcome.loss === null || known.has(outcome)) continue;
    known.add(outcome);
    scored.push({ candidate, loss: sign * outcome.loss });
  }
  return scored
    .sort((a, b) => a.loss - b.loss)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function isBetter(one: CandidateOutcome, other: CandidateOutcome, sign: 1 | -1): boolean {
  if (one.loss === null) return false;
  return other.loss === null || sign * one.loss < sign * other.loss;
}
