/** @file Euler's method on the probability flow, in the form of Karras et al. (2022), algorithm 2 without its churn. */
import { LinearCombination } from './linear-combination.ts';
import { noiseAt, sigmaLevel } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { continuousSigmas } from './sigma-schedule.ts';

export function euler(inputs: SamplerInputs): SchedulerTable {
  const { sigmas, timesteps, initNoiseSigma } = continuousSigmas(inputs);
  const steps = timesteps.map((timestep, index) => {
    const level = sigmaLevel(sigmas[index]);
    // The slope of the sample over sigma is the noise in it.
    const slope = noiseAt(index, level, inputs.config.predictionType);
    const next = LinearCombination.of('sample', index).plus(slope.times(sigmas[index + 1] - sigmas[index]));
    return { timestep, level, next };
  });
  return { steps, initNoiseSigma };
}
