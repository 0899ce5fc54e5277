/**
 * @file A race over seeds: a candidate is seen on a few seeds, then on more, as long as it may still win. Its losses are compared with
 * those of the best so far, seed by seed, so that what a seed does to every picture cancels out.
 */
import type { EvaluatedPicture, PictureEvaluator } from './picture-evaluator.ts';
import type { PromptPair } from './prompt-variants.ts';
import { meanOf } from './scorer-losses.ts';

/** Student's t at 90 % for 1, 2, … degrees of freedom; beyond the table the normal value is close enough. */
const T_90 = [
  3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341,
  1.337, 1.333, 1.33, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.31,
];
const NORMAL_90 = 1.282;

/**
 * Whether a candidate's mean over all seeds will hardly come below the best's: whether the lower end of the one-sided 90 % interval
 * (Student's t) of their mean difference over all `total` seeds, foretold from those that were seen, is above 0. The more of the seeds
 * were seen, the less is left to be foretold: the standard error shrinks by sqrt((total − seen) / total).
 * @param differences candidate − best on the seeds seen, in the search's sign: above 0 the candidate is worse
 */
export function isHopeless(differences: readonly number[], total: number): boolean {
  const seen = differences.length;
  const mean = meanOf(differences);
  if (seen < 2 || mean <= 0) return false;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seen - 1);
  const error = Math.sqrt((variance / seen) * ((total - seen) / total));
  return mean > (T_90[seen - 2] ?? NORMAL_90) * error;
}

/** How many seeds a candidate has been seen on at each look: 2, then twice as many each time, as long as some are left. */
export function doublingLooks(seeds: number): number[] {
  const looks: number[] = [];
  for (let count = 2; count < seeds; count *= 2) looks.push(count);
  return looks;
}

/** A candidate's pictures, some seeds at a time; what was sampled is kept until it is forgotten. */
export class SeedInstalments {
  readonly #evaluator: PictureEvaluator;
  readonly #seeds: readonly number[];
  readonly #seen = new Map<string, readonly EvaluatedPicture[]>();

  constructor(evaluator: PictureEvaluator, seeds: readonly number[]) {
    this.#evaluator = evaluator;
    this.#seeds = seeds;
  }

  /** Pictures of each of `pairs`, which differ, on the first `count` seeds. All that are missing are sampled at once. */
  async first(
    count: number,
    pairs: readonly PromptPair[],
    signal?: AbortSignal,
  ): Promise<readonly (readonly EvaluatedPicture[])[]> {
    const requests = pairs.map((pair) =>
      this.#seeds.slice(this.#seenOf(pair).length, count).map((seed) => ({ ...pair, seed })),
    );
    const fresh = await this.#evaluator.evaluate(requests.flat(), { signal });
    let place = 0;
    return pairs.map((pair, i) => {
      const start = place;
      place += requests[i].length;
      const pictures = [...this.#seenOf(pair), ...fresh.slice(start, place)];
      this.#seen.set(promptKey(pair), pictures);
      return pictures;
    });
  }

  forget(pair: PromptPair): void {
    this.#seen.delete(promptKey(pair));
  }

  #seenOf(pair: PromptPair): readonly EvaluatedPicture[] {
    return this.#seen.get(promptKey(pair)) ?? [];
  }
}

/** A text that is equal for equal prompts only. */
export function promptKey({ prompt, negativePrompt }: PromptPair): string {
  return JSON.stringify([prompt, negativePrompt]);
}
