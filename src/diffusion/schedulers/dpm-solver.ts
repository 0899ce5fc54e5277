/**
 * @file DPM-Solver++ (Lu et al., 2022) of second order, multistep, and its stochastic form: the picture is extrapolated from the last two estimates,
 * linearly in half the logarithm of the signal-to-noise ratio.
 */
import { LinearCombination } from './linear-combination.ts';
import { sigmaOf, variancePreserving } from './noise-level.ts';
import { checkRoom, type SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { solverSigmas } from './sigma-schedule.ts';

/** Below so many steps the last one is of first order. */
const FEW_STEPS = 15;

export function dpmSolver(inputs: SamplerInputs): SchedulerTable {
  // Of the cosine schedule, Karras' timesteps are cut off and not rounded, in diffusers.
  const rounded = inputs.config.betaSchedule === 'squaredcos_cap_v2' ? Math.floor : undefined;
  const { sigmas, timesteps } = solverSigmas(inputs, rounded);
  checkRoom(inputs, sigmas);
  const levels = sigmas.map(variancePreserving);
  // Half the logarithm of the signal-to-noise ratio; infinite at the end.
  const lambda = levels.map((level) => -Math.log(sigmaOf(level)));
  const steps = timesteps.map((timestep, index) => {
    const [from, to] = [levels[index], levels[index + 1]];
    const h = lambda[index + 1] - lambda[index];
    const isFirstOrder = index === 0 || isLowered(inputs, index, to.deviation);
    const slope = isFirstOrder
      ? LinearCombination.zero
      : LinearCombination.of('original', index)
          .minus(LinearCombination.of('original', index - 1))
          .times(h / (lambda[index] - lambda[index - 1]));
    const next = LinearCombination.of('sample', index)
      .times((to.deviation / from.deviation) * damping(inputs, h))
      .plus(LinearCombination.of('original', index).times(to.signal * zeroth(inputs, h)))
      .plus(slope.times(isFirstOrder ? 0 : to.signal * first(inputs, h)))
      .plus(LinearCombination.of('noise', index).times(to.deviation * freshNoise(inputs, h)));
    return { timestep, level: from, next };
  });
  return { steps };
}

function isLowered({ steps, options }: SamplerInputs, index: number, end: number): boolean {
  if (index < steps - 1) return false;
  return end === 0 || options.eulerAtFinal || (options.lowerOrderFinal && steps < FEW_STEPS);
}

function isStochastic({ options }: SamplerInputs): boolean {
  return options.algorithmType === 'sde-dpmsolver++';
}

/** What the stochastic form takes off the sample beyond the deterministic one. */
function damping(inputs: SamplerInputs, h: number): number {
  return isStochastic(inputs) ? Math.exp(-h) : 1;
}

/** The integral of the exponential over the step, for a constant picture. */
function zeroth(inputs: SamplerInputs, h: number): number {
  return -Math.expm1(isStochastic(inputs) ? -2 * h : -h);
}

/** The same for the picture's slope: by the midpoint, or exactly (which diffusers calls `heun`). */
function first(inputs: SamplerInputs, h: number): number {
  if (inputs.options.solverType !== 'heun') return zeroth(inputs, h) / 2;
  const rate = isStochastic(inputs) ? 2 * h : h;
  return rate === 0 ? 0 : 1 - zeroth(inputs, h) / rate;
}

function freshNoise(inputs: SamplerInputs, h: number): number {
  return isStochastic(inputs) ? Math.sqrt(-Math.expm1(-2 * h)) : 0;
}
