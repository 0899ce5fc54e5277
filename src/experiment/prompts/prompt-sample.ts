/** @file A seeded sample of distinct prompts from a stream of any length, in memory for a few times the sample (the smallest hashes are kept). */
import { stableHash } from '../../words/stable-hash.ts';
import { cleanPrompt } from './clean-prompt.ts';

export interface PromptSampleOptions {
  /** How many to keep, from 1; undefined for all, in their own order. */
  readonly count: number | undefined;
  /** Which sample. @default 0 */
  readonly seed?: number | undefined;
}

/**
 * Cleans what it takes and keeps each prompt once. Which are kept depends on the set of prompts and the seed alone, not on their order or
 * how often each comes; a smaller sample of the same seed is the beginning of a larger one.
 */
export class PromptSample {
  readonly #count: number | undefined;
  readonly #seed: number;
  readonly #kept = new Map<string, number>();
  /** Greater hashes are out of reach. */
  #limit = Number.POSITIVE_INFINITY;

  constructor({ count, seed = 0 }: PromptSampleOptions) {
    this.#count = count;
    this.#seed = seed;
  }

  /** A method that can be passed on. */
  readonly take = (text: string): void => {
    const prompt = cleanPrompt(text);
    if (prompt === undefined) return;
    const hash = this.#count === undefined ? 0 : stableHash(`${this.#seed}:${prompt}`);
    if (hash > this.#limit) return;
    this.#kept.set(prompt, hash);
    if (this.#count !== undefined && this.#kept.size >= 4 * this.#count) this.#shrink(this.#count);
  };

  /** All that came where no count is asked for or fewer came; a sample in its own random order otherwise. */
  get prompts(): readonly string[] {
    if (this.#count === undefined) return [...this.#kept.keys()];
    this.#shrink(this.#count);
    return [...this.#kept.keys()];
  }

  #shrink(count: number): void {
    const smallest = [...this.#kept].sort(byHash).slice(0, count);
    this.#kept.clear();
    for (const [prompt, hash] of smallest) this.#kept.set(prompt, hash);
    if (smallest.length === count) this.#limit = smallest[count - 1][1];
  }
}

/** Equal hashes go by their texts, so that no order of arrival shows. */
function byHash(
  [one, oneHash]: readonly [string, number],
  [other, otherHash]: readonly [string, number],
): number {
  return oneHash - otherHash || (one < other ? -1 : 1);
}
