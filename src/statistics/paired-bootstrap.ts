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
  const means = resampledMeans(Float64Array.from(values), drawnPrompts(count, seed)).sort();
  const low = means[Math.floor(means.length * 0.025)];
  const high = means[Math.ceil(means.length * 0.975) - 1];
  return { count, mean, interval: [low, high] };
}

/** Means of the resamples: `drawn` holds one after the other. */
function resampledMeans(values: Float64Array, drawn: Uint32Array): Float64Array {
  const count = values.length;
  const means = new Float64Array(drawn.length / count);
  for (let resample = 0; resample < means.length; resample++) {
    let sum = 0;
    for (let i = resample * count; i < (resample + 1) * count; i++) sum += values[drawn[i]];
    means[resample] = sum / count;
  }
  return means;
}

/** The last draw: a report asks for hundreds of intervals over the same number of prompts, and drawing is what takes the time. */
let lastDraw: { readonly count: number; readonly seed: number; readonly drawn: Uint32Array } | undefined;

/** The prompts of all resamples, by their places. */
function drawnPrompts(count: number, seed: number): Uint32Array {
  if (lastDraw?.count === count && lastDraw.seed === seed) return lastDraw.drawn;
  const rng = new MersenneTwister(seed);
  const resamples = Math.max(MIN_RESAMPLES, Math.min(MAX_RESAMPLES, Math.floor(MAX_DRAWS / count)));
  const drawn = new Uint32Array(resamples * count);
  for (let i = 0; i < drawn.length; i++) drawn[i] = rng.integer(count);
  lastDraw = { count, seed, drawn };
  return drawn;
}
