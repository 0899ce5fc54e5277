/** @file Seeded choices: the same seed gives the same damage on every machine. */
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';

export class Draw {
  readonly #twister: MersenneTwister;

  /** @param seed of the run @param index of the case, so that each case can be made again alone */
  constructor(seed: number, index: number) {
    this.#twister = new MersenneTwister(mix(seed, index));
  }

  /** 0 to `bound` − 1. */
  below(bound: number): number {
    return bound <= 1 ? 0 : this.#twister.integer(bound);
  }

  chance(probability: number): boolean {
    return this.#twister.float64() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  /** A place in something of `length`, the ends as likely as all between. */
  place(length: number): number {
    return this.chance(0.2) ? this.pick([0, length]) : this.below(length + 1);
  }
}

/** Seeds that differ little must give sequences that differ in everything. */
function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
