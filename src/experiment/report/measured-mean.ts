/** @file Means of what was measured: what is no number, such as the loss of a black picture, is left out, and nothing gives null. */
import { hitRateOf } from '../../statistics/outcome.ts';
import { type BootstrapInterval, pairedBootstrap } from '../../statistics/paired-bootstrap.ts';
import { type PromptMeasurement, promptMeans } from '../../statistics/prompt-means.ts';

/** Losses as a row has them; one that was no number is null after it was stored. */
export type Losses = readonly (number | null)[];

/** Mean of the finite values; null where there is none. */
export function finiteMean(values: Losses | undefined): number | null {
  let [sum, count] = [0, 0];
  for (const value of values ?? []) {
    if (!isFiniteNumber(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** Two measurements of one prompt on the same seeds. */
export interface PairedMeans {
  readonly before: number;
  readonly after: number;
}

/** Means over the seeds on which both are numbers; null where there is none. */
export function pairedMeans(before: Losses | undefined, after: Losses | undefined): PairedMeans | null {
  const seeds = (before ?? []).flatMap((value, i) =>
    isFiniteNumber(value) && isFiniteNumber(after?.[i]) ? [i] : [],
  );
  if (seeds.length === 0) return null;
  const mean = (losses: Losses) => seeds.reduce((sum, i) => sum + losses[i]!, 0) / seeds.length;
  return { before: mean(before!), after: mean(after!) };
}

/** Share of concepts that are in the pictures; null where nothing was judged. */
export function meanHitRate(hits: readonly (readonly boolean[])[] | undefined): number | null {
  return hitRateOf(hits ?? []) ?? null;
}

/** Mean over prompts with its interval; null where nothing was measured. */
export function estimateOver(measurements: readonly PromptMeasurement[]): BootstrapInterval | null {
  const finite = measurements.filter(({ value }) => Number.isFinite(value));
  return finite.length === 0 ? null : pairedBootstrap(promptMeans(finite));
}

/** Mean over prompts of the prompts' own means; null where nothing was measured. */
export function meanOver(measurements: readonly PromptMeasurement[]): number | null {
  return finiteMean(promptMeans(measurements.filter(({ value }) => Number.isFinite(value))));
}

/** On which side of `border` a whole interval lies; 0 where it includes that, null where there is none. */
export function sideOf(estimate: BootstrapInterval | null, border = 0): -1 | 0 | 1 | null {
  if (!estimate?.interval) return null;
  const [low, high] = estimate.interval;
  if (high < border) return -1;
  return low > border ? 1 : 0;
}

export function isFiniteNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
