/** @file Mutation: a parent with some of its words changed. */
import type { Rng } from './rng.ts';
import type { Candidate, SearchSpace } from './search-space.ts';

/** A copy of `parent` in which each slot changes with this probability, to any of its other choices alike. */
export function mutate(parent: Candidate, space: SearchSpace, probability: number, rng: Rng): Candidate {
  return parent.map((choice, slot) => {
    const others = space.slots[slot].choices.length - 1;
    if (others === 0 || rng.float64() >= probability) return choice;
    const other = rng.integer(others);
    return other < choice ? other : other + 1;
  });
}
