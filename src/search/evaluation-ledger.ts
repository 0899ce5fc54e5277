/** @file What was evaluated, in order, and the best of it. */
import { invariant } from '../errors.ts';
import { candidateKey } from './candidate.ts';
import type { Score } from './objective.ts';
import type { BestCandidate } from './search-event.ts';
import type { Candidate } from './search-space.ts';

/** An entry as it was recorded. */
export interface LedgerEntry {
  readonly index: number;
  readonly score: Score;
  readonly improved: boolean;
}

/** The book of one search. It holds no candidate twice. */
export class EvaluationLedger {
  readonly #keys = new Set<string>();
  readonly #valid: BestCandidate[] = [];
  #best: BestCandidate | null = null;
  #sinceImprovement = 0;
  #pruned = 0;
  #spent = 0;

  /** How many candidates were evaluated, invalid and pruned ones included. */
  get count(): number {
    return this.#keys.size;
  }

  /** The valid candidate of lowest loss; of equals, the earliest. */
  get best(): BestCandidate | null {
    return this.#best;
  }

  /** Evaluations since the best was found. */
  get sinceImprovement(): number {
    return this.#sinceImprovement;
  }

  /** How many of them were stopped early. */
  get pruned(): number {
    return this.#pruned;
  }

  /** What they cost together, in evaluations. */
  get spent(): number {
    return this.#spent;
  }

  /**
   * Enters a score; a loss that is not a finite number is entered as invalid.
   * @param cost in evaluations
   */
  record(candidate: Candidate, given: Score, cost = 1): LedgerEntry {
    const key = candidateKey(candidate);
    invariant(!this.#keys.has(key), `candidate ${key} was evaluated twice`);
    const index = this.#keys.size;
    this.#keys.add(key);
    this.#spent += cost;
    const score = withFiniteLoss(given);
    const improved = score.kind === 'valid' && (this.#best === null || score.loss < this.#best.loss);
    if (score.kind === 'valid') this.#keep({ candidate, loss: score.loss }, improved);
    if (score.kind === 'pruned') this.#pruned += 1;
    this.#sinceImprovement = improved ? 0 : this.#sinceImprovement + 1;
    return { index, score, improved };
  }

  /** The `count` best valid candidates, best first; of equals, the earlier first. */
  top(count: number): Candidate[] {
    const sorted = this.#valid.toSorted((a, b) => a.loss - b.loss);
    return sorted.slice(0, count).map((entry) => entry.candidate);
  }

  #keep(entry: BestCandidate, improved: boolean): void {
    this.#valid.push(entry);
    if (improved) this.#best = entry;
  }
}

function withFiniteLoss(score: Score): Score {
  if (score.kind === 'invalid' || Number.isFinite(score.loss)) return score;
  return { kind: 'invalid', reason: `The loss is ${score.loss}, which is not a finite number.` };
}
