/** @file Where the searches' randomness comes from: passed in, so that a seed repeats a search exactly. */

/** A source of random numbers; `MersenneTwister` of `src/tensor` is one. */
export interface Rng {
  /** A uniform number in [0, 1). */
  float64(): number;
  /** A uniform whole number in [0, n), n at least 1. */
  integer(n: number): number;
}
