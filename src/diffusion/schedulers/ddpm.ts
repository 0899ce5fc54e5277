/** @file DDPM (Ho et al., 2020): ancestral sampling with the posterior of the diffusion, also over fewer steps than it was trained with. */
import { alphaBars } from '../noise-schedule.ts';
import { LinearCombination } from './linear-combination.ts';
import { alphaLevel } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { spacedTimesteps } from './timesteps.ts';

export function ddpm({ config, steps, spacing, options, clipRange }: SamplerInputs): SchedulerTable {
  const bars = alphaBars(config);
  const places = { steps, total: bars.length, spacing, offset: config.stepsOffset };
  const timesteps = spacedTimesteps(places);
  const rows = timesteps.map((timestep, index) => {
    const alphaBar = bars[timestep];
    const alphaBarNext = index + 1 < steps ? bars[timesteps[index + 1]] : 1;
    const alpha = alphaBar / alphaBarNext;
    // Formula (7) of the paper: the posterior's mean and variance.
    const toOriginal = (Math.sqrt(alphaBarNext) * (1 - alpha)) / (1 - alphaBar);
    const toSample = (Math.sqrt(alpha) * (1 - alphaBarNext)) / (1 - alphaBar);
    const posterior = ((1 - alphaBarNext) / (1 - alphaBar)) * (1 - alpha);
    const variance = options.varianceType === 'fixed_large' ? 1 - alpha : posterior;
    const next = LinearCombination.of('original', index)
      .times(toOriginal)
      .plus(LinearCombination.of('sample', index).times(toSample))
      .plus(LinearCombination.of('noise', index).times(timestep > 0 ? Math.sqrt(Math.max(variance, 0)) : 0));
    return { timestep, level: alphaLevel(alphaBar), next };
  });
  return { steps: rows, clipRange };
}
