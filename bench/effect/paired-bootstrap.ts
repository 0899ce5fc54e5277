/** @file The paired bootstrap over prompts. */
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';

export interface BootstrapInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

/** Mean of paired differences with its 95 % percentile interval over resampled prompts; the same numbers give the same interval. */
export function pairedBootstrap(differences: readonly number[], seed = 0): BootstrapInterval {
  const rng = new MersenneTwister(seed);
  const count = differences.length;
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += differences[rng.integer(count)];
    return sum / count;
  }).sort();
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  return { mean, low: means[Math.floor(RESAMPLES * 0.025)], high: means[Math.ceil(RESAMPLES * 0.975) - 1] };
}
