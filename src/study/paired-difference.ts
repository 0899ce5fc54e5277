/** @file Whether two prompts differ over seeds, honestly: a mean and how far it can be trusted. */
import type { Task } from '../words/prompt-space.ts';
import type { PairedDifference } from './study-result.ts';

/** Student's t at 97.5 % for 1, 2, … degrees of freedom; beyond the table the normal value is close enough. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL_975 = 1.96;

/** Mean of `after − before`, pair by pair, with the 95 % interval of Student's t. Both lists have the same length, at least 1. */
export function pairedDifference(before: readonly number[], after: readonly number[]): PairedDifference {
  const differences = after.map((value, i) => value - before[i]);
  const count = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, interval: null };
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (T_975[count - 2] ?? NORMAL_975) * Math.sqrt(variance / count);
  return { mean, interval: [mean - half, mean + half] };
}

/** Whether the interval of best minus original lies wholly on the side that the task seeks; null where there is none. */
export function isSoughtChange(task: Task, difference: PairedDifference | null): boolean | null {
  if (!difference?.interval) return null;
  const [low, high] = difference.interval;
  return task === 'improve' ? high < 0 : low > 0;
}
