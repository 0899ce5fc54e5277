/** @file Proposals that may be evaluated: what the objective rejects is drawn again, at no cost, but not for ever. */
import type { Objective } from './objective.ts';
import type { Candidate } from './search-space.ts';

/** Where candidates come from, and how many of them are wanted. */
export interface ProposalSource {
  /** Asked for one at a time, and for none that is not needed. */
  readonly draws: Iterator<Candidate>;
  /** How many that are not rejected; the source is left when it gave so many. @default all that it gives */
  readonly count?: number;
}

/** A candidate that may not be evaluated. */
export interface RejectedCandidate {
  readonly candidate: Candidate;
  readonly reason: string;
}

/** What came of asking for a candidate. */
export interface ScreenedProposal {
  /** Null when the sources have none any more. */
  readonly candidate: Candidate | null;
  /** Those that were rejected before it came. */
  readonly rejected: readonly RejectedCandidate[];
}

/**
 * So many rejections in a row make us leave a source: of what it proposes next to nothing may be evaluated. The search goes on with the
 * next source, such as mutants of what was accepted.
 */
export const REJECTIONS_IN_A_ROW = 200;

/** Asks sources one after another, and the objective about each candidate before the next is drawn, so that batches change nothing. */
export class ScreenedProposals {
  readonly #sources: readonly ProposalSource[];
  readonly #objective: Objective;
  #place = 0;
  /** Accepted of the source that is asked. */
  #accepted = 0;
  #gaveUp = false;

  constructor(sources: readonly ProposalSource[], objective: Objective) {
    this.#sources = sources;
    this.#objective = objective;
  }

  /** Whether the last source was left because nearly everything was rejected. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  /** @param isStopped asked before each draw */
  async next(isStopped: () => boolean): Promise<ScreenedProposal> {
    const rejected: RejectedCandidate[] = [];
    let inARow = 0;
    while (this.#place < this.#sources.length && !isStopped()) {
      const { draws, count = Number.POSITIVE_INFINITY } = this.#sources[this.#place];
      this.#gaveUp = inARow >= REJECTIONS_IN_A_ROW;
      const drawn = this.#gaveUp || this.#accepted >= count ? undefined : draws.next();
      if (drawn === undefined || drawn.done) {
        this.#place += 1;
        this.#accepted = 0;
        inARow = 0;
        continue;
      }
      const reason = (await this.#objective.screen?.(drawn.value)) ?? null;
      if (reason === null) {
        this.#accepted += 1;
        return { candidate: drawn.value, rejected };
      }
      rejected.push({ candidate: drawn.value, reason });
      inARow += 1;
    }
    return { candidate: null, rejected };
  }
}
