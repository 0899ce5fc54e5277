/**
 * @file The bootstrap over prompts (Efron's percentile interval): how far the mean of one number a prompt would move if other prompts of the
 * same kind had been drawn. Paired where the number is a difference of two measurements of one prompt.
 */
import { MersenneTwister } from '../tensor/mersenne-twister.ts';

/** A mean over prompts and how far it can be trusted. Plain data. */
export interface BootstrapInterval {
  /** Number of prompts. */
  readonly count: number;
  /** NaN where `count` is 0. */
  readonly mean: number;
  /** The 95 % interval, low and high; null where `count` is below 2: one prompt says nothing of how others would differ. */
  readonly interval: readonly [low: number, high: number] | null;
}

const MAX_RESAMPLES = 10_000;
const MIN_RESAMPLES = 1000;
/** Numbers drawn for one interval, at most: a fifth of a second. Few prompts, whose intervals are wide, have all resamples. */
const MAX_DRAWS = 5e6;

/**
 * Mean of `values`, one finite number for each prompt, with its 95 % percentile interval over resampled prompts. The same numbers and `seed` give the
 * same interval. 10,000 resamples up to 500 prompts, fewer beyond, never below 1000.
 */
export function pairedBootstrap(values: readonly number[], seed = 0): BootstrapInterval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { count, mean, interval: null };
  const means = resampledMeans(Float64Array.from(values), new MersenneTwister(seed)).sort();
  const low = means[Math.floor(means.length * 0.025)];
  const high = means[Math.ceil(means.length * 0.975) - 1];
  return { count, mean, interval: [low, high] };
}

function resampledMeans(values: Float64Array, rng: MersenneTwister): Float64Array {
  const count = values.length;
  const resamples = Math.max(MIN_RESAMPLES, Math.min(MAX_RESAMPLES, Math.floor(MAX_DRAWS / count)));
  return Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[rng.integer(count)];
    return sum / count;
  });
}
