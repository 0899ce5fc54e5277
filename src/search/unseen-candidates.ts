/** @file Hands out each candidate of a space at most once, whoever proposes it. */
import { candidateKey, countCandidates, nextCandidate, uniformCandidate } from './candidate.ts';
import type { Rng } from './rng.ts';
import type { Candidate, SearchSpace } from './search-space.ts';

/** How many seen candidates in a row make us give up on a proposer. */
const VAIN_DRAWS = 50;

/** The candidates that no one has asked for yet. */
export class UnseenCandidates {
  readonly #space: SearchSpace;
  readonly #rng: Rng;
  readonly #size: number;
  readonly #seen = new Set<string>();

  constructor(space: SearchSpace, rng: Rng) {
    this.#space = space;
    this.#rng = rng;
    this.#size = countCandidates(space);
  }

  /** Takes this very candidate; false when it was taken before. */
  take(candidate: Candidate): boolean {
    const key = candidateKey(candidate);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  /** Takes what `draw` proposes, again and again, until the space is exhausted; nothing is taken before it is asked for. */
  *draws(draw: () => Candidate): Generator<Candidate, void> {
    while (this.#seen.size < this.#size) yield this.#takeFrom(draw);
  }

  /** Takes unseen candidates, all equally likely, until the space is exhausted. */
  uniformDraws(): Generator<Candidate, void> {
    return this.draws(() => uniformCandidate(this.#space, this.#rng));
  }

  /** The first unseen of a limited number of draws, else one near a uniform draw. */
  #takeFrom(draw: () => Candidate): Candidate {
    for (let attempt = 0; attempt < VAIN_DRAWS; attempt++) {
      const candidate = draw();
      if (this.take(candidate)) return candidate;
    }
    return this.#takeNear(uniformCandidate(this.#space, this.#rng));
  }

  // Counting on from a draw meets an unseen candidate after at most as many steps as candidates were seen,
  // where drawing again could take forever in a space that is almost exhausted.
  #takeNear(start: Candidate): Candidate {
    let candidate = start;
    while (!this.take(candidate)) candidate = nextCandidate(this.#space, candidate);
    return candidate;
  }
}
