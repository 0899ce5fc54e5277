/** @file MT19937 (Matsumoto and Nishimura, 1998): the one source of randomness, equal to PyTorch's CPU engine. */

const SIZE = 624;
const SHIFT = 397;

/** All that a generator is: JSON-safe, so that a search can be stored and resumed. */
export interface MersenneTwisterState {
  /** 624 unsigned 32-bit words. */
  readonly words: readonly number[];
  /** How many of the words are used up, 0 to 624. */
  readonly position: number;
}

/** A seeded generator of uniform numbers; the same seed gives the same numbers on every machine. */
export class MersenneTwister {
  readonly #words = new Uint32Array(SIZE);
  #position = SIZE;

  /** @param seed any integer; only its lowest 32 bits count, as in PyTorch */
  constructor(seed: number | bigint) {
    this.#words[0] = lowest32Bits(seed);
    for (let i = 1; i < SIZE; i++) {
      const previous = this.#words[i - 1]!;
      this.#words[i] = Math.imul(previous ^ (previous >>> 30), 1812433253) + i;
    }
  }

  /** A generator that goes on where the one that gave `state` stood. */
  static fromState(state: MersenneTwisterState): MersenneTwister {
    const { words, position } = state;
    if (words.length !== SIZE || !Number.isInteger(position) || position < 0 || position > SIZE) {
      throw new RangeError(`A generator's state holds ${SIZE} words and a position from 0 to ${SIZE}`);
    }
    const generator = new MersenneTwister(0);
    generator.#words.set(words);
    generator.#position = position;
    return generator;
  }

  /** A copy of the present state; drawing more does not change it. */
  get state(): MersenneTwisterState {
    return { words: Array.from(this.#words), position: this.#position };
  }

  /** Uniform over the integers from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#position === SIZE) this.#refill();
    let word = this.#words[this.#position++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  /** Uniform over [0, 1) with 53 random bits (two draws). */
  float64(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  }

  /** Uniform over the integers from 0 to `bound` - 1, without bias; `bound` from 1 to 2^32. */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`An integer is drawn below a bound from 1 to 2^32, got ${bound}`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % bound;
  }

  #refill(): void {
    const words = this.#words;
    for (let i = 0; i < SIZE; i++) {
      const mixed = (words[i]! & 0x80000000) | (words[(i + 1) % SIZE]! & 0x7fffffff);
      const twisted = (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
      words[i] = words[(i + SHIFT) % SIZE]! ^ twisted;
    }
    this.#position = 0;
  }
}

function lowest32Bits(seed: number | bigint): number {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(`A seed is an integer within ±(2^53 - 1), or a bigint, got ${seed}`);
  }
  return Number(BigInt.asUintN(32, BigInt(seed)));
}
