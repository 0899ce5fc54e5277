/** @file Crossover: a child of two parents. */
import type { Rng } from './rng.ts';
import type { Candidate } from './search-space.ts';

/** Uniform crossover: each slot's choice comes from either parent with probability one half. */
export function crossover(mother: Candidate, father: Candidate, rng: Rng): Candidate {
  return mother.map((choice, slot) => (rng.float64() < 0.5 ? choice : father[slot]));
}
