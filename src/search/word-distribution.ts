/** @file The distribution over words that gradient search learns: Gumbel-softmax over each slot (paper, equation 7 and F.1). */
import type { Rng } from './rng.ts';
import type { Candidate, SearchSpace, SlotProbabilities } from './search-space.ts';
import { softmax, softmaxVjp } from './softmax.ts';

export interface WordDistributionOptions {
  /** The temperature tau of the relaxation; above 0. */
  readonly temperature: number;
  /** The logit of choice 0 at the start; the others start at 0. */
  readonly originalLogit: number;
  /** Logits are kept at or above this. */
  readonly minLogit: number;
  /** Logits are kept at or below this, so that no choice is ever ruled out. */
  readonly maxLogit: number;
}

/** Independent categorical distributions, one a slot. Every array of arrays here is float64 `[slot][choice]`. */
export class WordDistribution {
  readonly #options: WordDistributionOptions;
  readonly #logits: Float64Array[];

  constructor(space: SearchSpace, options: WordDistributionOptions) {
    this.#options = options;
    this.#logits = space.slots.map(({ choices }) =>
      Float64Array.from(choices, (_, choice) => this.#clamp(choice === 0 ? options.originalLogit : 0)),
    );
  }

  /** A copy of the logits. */
  get logits(): SlotProbabilities {
    return this.#logits.map((row) => row.slice());
  }

  /** Standard Gumbel noise for every logit: `-log(-log(u))`. */
  sampleGumbel(rng: Rng): Float64Array[] {
    // The generator's interval includes 0, whose logarithm is not finite.
    const gumbel = () => -Math.log(-Math.log(Math.max(rng.float64(), Number.MIN_VALUE)));
    return this.#logits.map((row) => row.map(gumbel));
  }

  /** The relaxed words `softmax((logits + noise) / tau)` (equation 7). */
  relax(noise: SlotProbabilities): Float64Array[] {
    return this.#logits.map((row, slot) => {
      const noisy = row.map((logit, choice) => logit + noise[slot][choice]);
      return softmax(noisy, this.#options.temperature);
    });
  }

  /** The probabilities themselves, without noise: `softmax(logits)`, from which `draw` draws whatever the temperature. */
  probabilities(): Float64Array[] {
    return this.#logits.map((row) => softmax(row));
  }

  /** The gradient with respect to the logits, from that with respect to what `relax` gave. */
  logitGradient(relaxed: SlotProbabilities, gradient: SlotProbabilities): Float64Array[] {
    return relaxed.map((row, slot) => softmaxVjp(row, gradient[slot], this.#options.temperature));
  }

  /** Adds `changes` to the logits and keeps them in their range. */
  shift(changes: SlotProbabilities): void {
    for (const [slot, row] of this.#logits.entries()) {
      row.set(row.map((logit, choice) => this.#clamp(logit + changes[slot][choice])));
    }
  }

  /** The likeliest candidate; where choices tie, the first, so that the original wins. */
  argMax(): Candidate {
    return this.#logits.map((row) => row.indexOf(row.reduce((a, b) => Math.max(a, b))));
  }

  /** A random candidate: each slot drawn from its probabilities. */
  draw(rng: Rng): Candidate {
    return this.probabilities().map((row) => drawChoice(row, rng.float64()));
  }

  #clamp(logit: number): number {
    return Math.min(Math.max(logit, this.#options.minLogit), this.#options.maxLogit);
  }
}

function drawChoice(probabilities: Float64Array, uniform: number): number {
  let cumulative = 0;
  for (const [choice, probability] of probabilities.entries()) {
    cumulative += probability;
    if (uniform < cumulative) return choice;
  }
  // Rounding may leave the sum a hair below 1.
  return probabilities.length - 1;
}
