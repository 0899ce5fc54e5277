/** @file Arithmetic on candidates: the original, a uniform draw, the one that follows, and how many there are. */
import type { Rng } from './rng.ts';
import type { Candidate, SearchSpace } from './search-space.ts';

/** The candidate that changes nothing: choice 0 in every slot. */
export function originalCandidate(space: SearchSpace): Candidate {
  return space.slots.map(() => 0);
}

/** A candidate in which every choice of a slot is equally likely (the paper's random search). */
export function uniformCandidate(space: SearchSpace, rng: Rng): Candidate {
  return space.slots.map((slot) => rng.integer(slot.choices.length));
}

/** A text that is equal for equal candidates only. */
export function candidateKey(candidate: Candidate): string {
  return candidate.join(',');
}

/** The candidate that follows in counting order (the last slot counts fastest); the first follows the last. */
export function nextCandidate(space: SearchSpace, candidate: Candidate): Candidate {
  const next = [...candidate];
  for (let slot = next.length - 1; slot >= 0; slot--) {
    next[slot] = (next[slot] + 1) % space.slots[slot].choices.length;
    if (next[slot] !== 0) break;
  }
  return next;
}

/** How many candidates the space holds; `Infinity` where a double cannot say. */
export function countCandidates(space: SearchSpace): number {
  return space.slots.reduce((count, slot) => count * slot.choices.length, 1);
}
