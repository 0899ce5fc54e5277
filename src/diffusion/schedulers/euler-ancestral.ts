/** @file Euler with ancestral noise (Crowson's k-diffusion): each step goes down further than asked, and fresh noise brings it up again. */
import { LinearCombination } from './linear-combination.ts';
import { noiseAt, sigmaLevel } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { continuousSigmas } from './sigma-schedule.ts';

export function eulerAncestral(inputs: SamplerInputs): SchedulerTable {
  const { sigmas, timesteps, initNoiseSigma } = continuousSigmas(inputs);
  const steps = timesteps.map((timestep, index) => {
    const [from, to] = [sigmas[index], sigmas[index + 1]];
    const up = (to * Math.sqrt(from ** 2 - to ** 2)) / from;
    const down = to ** 2 / from;
    const level = sigmaLevel(from);
    const next = LinearCombination.of('sample', index)
      .plus(noiseAt(index, level, inputs.config.predictionType).times(down - from))
      .plus(LinearCombination.of('noise', index).times(up));
    return { timestep, level, next };
  });
  return { steps, initNoiseSigma };
}
