/** @file What leaving a word out does to the loss, over the same seeds. */
import { pairedDifference } from './paired-difference.ts';
import type { PairedDifference } from './study-result.ts';

/** Losses on the same seeds, with the word and without it. */
export interface LossesWithAndWithout {
  readonly with: readonly number[];
  readonly without: readonly number[];
}

/**
 * Above 0 where the word helped: where the loss is higher without it, or lower in an attack.
 * @param sign 1 where a low loss is sought, −1 in an attack
 */
export function effectOf(losses: LossesWithAndWithout, sign: 1 | -1): PairedDifference {
  return sign === 1
    ? pairedDifference(losses.with, losses.without)
    : pairedDifference(losses.without, losses.with);
}
