/** @file DDIM (Song et al., 2020): denoising without fresh noise, or with as much as eta says. */
import { alphaBars } from '../noise-schedule.ts';
import { LinearCombination } from './linear-combination.ts';
import { alphaLevel, noiseAt } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { spacedTimesteps } from './timesteps.ts';

export function ddim(inputs: SamplerInputs): SchedulerTable {
  const { config, steps, eta, spacing, clipRange, endsNoiseless } = inputs;
  const bars = alphaBars(config);
  const stride = Math.floor(bars.length / steps);
  const places = { steps, total: bars.length, spacing, offset: config.stepsOffset };
  const rows = spacedTimesteps(places).map((timestep, index) => {
    const alphaBar = bars[timestep];
    const alphaBarNext = bars[timestep - stride] ?? (endsNoiseless ? 1 : bars[0]);
    const level = alphaLevel(alphaBar);
    // Formula (16) of the paper.
    const variance = ((1 - alphaBarNext) / (1 - alphaBar)) * (1 - alphaBar / alphaBarNext);
    const deviation = eta * Math.sqrt(Math.max(variance, 0));
    // Formula (12): the picture, the direction back to the sample, fresh noise.
    const next = LinearCombination.of('original', index)
      .times(Math.sqrt(alphaBarNext))
      .plus(
        noiseAt(index, level, config.predictionType).times(
          Math.sqrt(Math.max(1 - alphaBarNext - deviation ** 2, 0)),
        ),
      )
      .plus(LinearCombination.of('noise', index).times(deviation));
    return { timestep, level, next };
  });
  return { steps: rows, clipRange };
}
