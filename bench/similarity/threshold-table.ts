/** @file What each threshold lets through, and how well a similarity separates kept from changed meanings at all. */
import type { Label, SubstitutedPrompt } from './substituted-prompts.ts';

/** A prompt with a similarity to its original. */
export interface Measured extends Pick<SubstitutedPrompt, 'label' | 'words'> {
  readonly similarity: number;
}

const CHANGED: readonly Label[] = ['contrast', 'wrong'];

export function isChanged({ label }: Pick<Measured, 'label'>): boolean {
  return CHANGED.includes(label);
}

/** The share of `rows` at or above `threshold`; NaN without rows. */
export function passing(rows: readonly Measured[], threshold: number): number {
  return rows.filter(({ similarity }) => similarity >= threshold).length / rows.length;
}

/** Half of what is let through of the kept ones plus half of what is stopped of the changed ones; 0.5 is no better than a coin. */
export function balancedAccuracy(rows: readonly Measured[], threshold: number): number {
  const kept = rows.filter(({ label }) => label === 'kept');
  return (passing(kept, threshold) + 1 - passing(rows.filter(isChanged), threshold)) / 2;
}

/** How often a kept prompt is more alike than a changed one (area under the ROC curve); 0.5 is no better than a coin. */
export function rocArea(rows: readonly Measured[]): number {
  const kept = rows.filter(({ label }) => label === 'kept');
  const changed = rows.filter(isChanged);
  let wins = 0;
  for (const one of kept) {
    for (const other of changed)
      wins += one.similarity > other.similarity ? 1 : one.similarity === other.similarity ? 0.5 : 0;
  }
  return wins / (kept.length * changed.length);
}

/** Of `thresholds` the one of the best balanced accuracy, the mean over one, two and three words replaced; of equals the highest. */
export function bestThreshold(rows: readonly Measured[], thresholds: readonly number[]): number {
  const numbers = [...new Set(rows.map(({ words }) => words))];
  const value = (threshold: number) =>
    numbers.reduce(
      (sum, words) =>
        sum +
        balancedAccuracy(
          rows.filter((row) => row.words === words),
          threshold,
        ),
      0,
    ) / numbers.length;
  return thresholds.reduce((best, threshold) => (value(threshold) >= value(best) ? threshold : best));
}
