/** @file One number for each prompt from several measurements of it: prompts are what is resampled, not seeds. */

/** Something measured, and whose prompt it belongs to. */
export interface PromptMeasurement {
  readonly promptIndex: number;
  readonly value: number;
}

/** The mean of each prompt's values, prompts in the order in which they come first. */
export function promptMeans(measurements: readonly PromptMeasurement[]): number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { promptIndex, value } of measurements) {
    const { sum, count } = sums.get(promptIndex) ?? { sum: 0, count: 0 };
    sums.set(promptIndex, { sum: sum + value, count: count + 1 });
  }
  return [...sums.values()].map(({ sum, count }) => sum / count);
}
