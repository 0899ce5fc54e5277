/**
 * @file Heun's method (Karras et al., 2022, algorithm 1): Euler's step, then the mean of the slopes at both its ends. Each step but the last costs two
 * model evaluations, so N steps are 2 N − 1.
 */
import { LinearCombination } from './linear-combination.ts';
import { type NoiseLevel, noiseAt, sigmaLevel } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerStep, SchedulerTable } from './scheduler.ts';
import { continuousSigmas } from './sigma-schedule.ts';

export function heun(inputs: SamplerInputs): SchedulerTable {
  const { sigmas, timesteps, initNoiseSigma } = continuousSigmas(inputs);
  const steps = timesteps.flatMap((timestep, place): SchedulerStep[] => {
    const [level, levelNext] = [sigmaLevel(sigmas[place]), sigmaLevel(sigmas[place + 1])];
    const index = 2 * place;
    const start = LinearCombination.of('sample', index);
    const slope = slopeAt(inputs, index, level);
    const change = sigmas[place + 1] - sigmas[place];
    const guess = { timestep, level, next: start.plus(slope.times(change)) };
    if (place === timesteps.length - 1) return [guess];
    const mean = slope.plus(slopeAt(inputs, index + 1, levelNext)).times(1 / 2);
    const again = {
      timestep: timesteps[place + 1],
      level: levelNext,
      next: start.plus(mean.times(change)),
    };
    return [guess, again];
  });
  return { steps, initNoiseSigma, clipRange: inputs.clipRange };
}

/** d sample / d sigma: the noise, told from the estimate of the picture where that may be clipped, at the cost of some digits. */
function slopeAt({ config, clipRange }: SamplerInputs, index: number, level: NoiseLevel): LinearCombination {
  if (clipRange === undefined) return noiseAt(index, level, config.predictionType);
  return LinearCombination.of('sample', index)
    .minus(LinearCombination.of('original', index))
    .times(1 / level.deviation);
}
