/**
 * @file LCM (Luo et al., 2023): multistep consistency sampling. Each step jumps to an estimate of the picture and adds the noise of the next place.
 * Made for models distilled for it; an ordinary model runs, blurred, as with any sampler of so few steps.
 */
import { DpoError } from '../../errors.ts';
import { alphaBars } from '../noise-schedule.ts';
import { LinearCombination } from './linear-combination.ts';
import { alphaLevel } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';

/** The standard deviation of pictures that the boundary condition assumes. */
const SIGMA_DATA = 0.5;

export function lcm(inputs: SamplerInputs): SchedulerTable {
  const bars = alphaBars(inputs.config);
  const timesteps = distilledTimesteps(inputs, bars.length);
  const steps = timesteps.map((timestep, index) => {
    // The boundary condition: near timestep 0 the sample is its own picture. Formula (9) of the consistency models paper.
    const scaled = timestep * inputs.options.timestepScaling;
    const norm = scaled ** 2 + SIGMA_DATA ** 2;
    const denoised = LinearCombination.of('original', index)
      .times(scaled / Math.sqrt(norm))
      .plus(LinearCombination.of('sample', index).times(SIGMA_DATA ** 2 / norm));
    const isLast = index === timesteps.length - 1;
    const to = alphaLevel(isLast ? 1 : bars[timesteps[index + 1]]);
    const next = denoised.times(to.signal).plus(LinearCombination.of('noise', index).times(to.deviation));
    return { timestep, level: alphaLevel(bars[timestep]), next };
  });
  return { steps, clipRange: inputs.clipRange };
}

/** Places among the timesteps of the distillation, noisiest first. */
function distilledTimesteps({ steps, options }: SamplerInputs, total: number): number[] {
  const { originalInferenceSteps: distilled } = options;
  if (steps > distilled) {
    throw new DpoError(
      'INVALID_OPTION',
      `LCM has at most ${distilled} steps, those of its distillation, got ${steps}.`,
      { details: { option: 'steps', value: steps } },
    );
  }
  const stride = Math.floor(total / distilled);
  const places = Array.from({ length: distilled }, (_, i) => (distilled - i) * stride - 1);
  const step = distilled / steps;
  return Array.from({ length: steps }, (_, i) => places[Math.floor(i * step)]);
}
