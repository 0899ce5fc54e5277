/** @file What the function of a sampler is given, and the options that only some of them have. */
import type { SchedulerConfig, SolverOptions, TimestepSpacing } from '../../checkpoint/scheduler-config.ts';
import { DpoError } from '../../errors.ts';

/** What diffusers' classes take where nobody says otherwise. */
export const PUBLISHED_OPTIONS: SolverOptions = {
  karrasSigmas: false,
  algorithmType: 'dpmsolver++',
  solverOrder: 2,
  solverType: undefined,
  lowerOrderFinal: true,
  eulerAtFinal: false,
  finalSigmasType: 'zero',
  varianceType: 'fixed_small',
  originalInferenceSteps: 50,
  timestepScaling: 10,
};

export interface SamplerInputs {
  /** The noise schedule that the model was trained with. */
  readonly config: SchedulerConfig;
  readonly steps: number;
  /** DDIM's. */
  readonly eta: number;
  /** Of no effect where the sampler has timesteps of its own. */
  readonly spacing: TimestepSpacing;
  readonly karras: boolean;
  readonly options: SolverOptions;
  /** The estimate of the final picture is clamped to ± this; undefined where it is not. */
  readonly clipRange: number | undefined;
  /** Whether the step that leads beyond timestep 0 ends in a noiseless picture, rather than at the level of timestep 0. */
  readonly endsNoiseless: boolean;
}

/** The levels of the steps must fall: so many steps have no room among the timesteps. The last step may lead nowhere. */
export function checkRoom({ steps }: SamplerInputs, sigmas: readonly number[]): void {
  if (sigmas.slice(0, steps).every((sigma, i) => i === 0 || sigma < sigmas[i - 1])) return;
  throw new DpoError(
    'INVALID_OPTION',
    `${steps} steps are too many for this scheduler: some would have the same noise level. Take fewer steps.`,
    { details: { option: 'steps', value: steps } },
  );
}
