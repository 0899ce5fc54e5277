/** @file A checkpoint's noise schedule and settings become a sampler's steps. */
import type { SchedulerConfig } from '../../checkpoint/scheduler-config.ts';
import { DpoError } from '../../errors.ts';
import { PUBLISHED_OPTIONS, type SamplerInputs } from './sampler-inputs.ts';
import { Scheduler, type SchedulerTable } from './scheduler.ts';
import { SAMPLERS } from './scheduler-names.ts';
import {
  isOwn,
  resolveSchedulerSettings,
  type SchedulerOptions,
  type SchedulerSettings,
} from './scheduler-settings.ts';

/**
 * The sampler that `options` ask for.
 * @throws {DpoError} what `resolveSchedulerSettings` throws; UNSUPPORTED_MODEL where it is the checkpoint's own and the file asks for what is not
 * built; INVALID_OPTION where the steps do not fit the noise schedule; INVALID_CHECKPOINT where the schedule is none that can be walked
 */
export function makeScheduler(config: SchedulerConfig, options: SchedulerOptions): Scheduler {
  const settings = resolveSchedulerSettings(config, options);
  const { displayName, table } = SAMPLERS[settings.scheduler];
  const rows = table(inputsOf(config, settings));
  checkStart(config, settings, rows);
  checkFinite(displayName, rows);
  return new Scheduler(displayName, config.predictionType, rows);
}

function inputsOf(config: SchedulerConfig, settings: SchedulerSettings): SamplerInputs {
  const { scheduler, steps, eta, karrasSigmas, timestepSpacing } = settings;
  const { clips, endsNoiseless } = SAMPLERS[scheduler];
  const options = isOwn(config, scheduler) ? ownOptions(config) : PUBLISHED_OPTIONS;
  const algorithmType = scheduler === 'dpm++2m-sde' ? 'sde-dpmsolver++' : 'dpmsolver++';
  return {
    config,
    steps,
    eta,
    spacing: timestepSpacing ?? 'leading',
    karras: karrasSigmas,
    options: { ...options, algorithmType },
    clipRange: clips && config.clipSample ? config.clipSampleRange : undefined,
    endsNoiseless: config.setAlphaToOne ?? endsNoiseless,
  };
}

function ownOptions({ className, own: { given, refused } }: SchedulerConfig): SamplerInputs['options'] {
  if (refused.length === 0) return { ...PUBLISHED_OPTIONS, ...given };
  throw new DpoError(
    'UNSUPPORTED_MODEL',
    `The checkpoint's scheduler ${className} cannot be run as its file says: ${refused.join('; ')}. Choose another with --scheduler.`,
    { details: { option: 'scheduler', className } },
  );
}

/** Of pure noise no picture can be told where the model predicts the noise; PNDM cannot leave it with any model. */
function checkStart(
  config: SchedulerConfig,
  { scheduler }: SchedulerSettings,
  { steps }: SchedulerTable,
): void {
  const startsInNoise = steps[0].level.signal === 0;
  if (!startsInNoise || (config.predictionType !== 'epsilon' && scheduler !== 'pndm')) return;
  throw new DpoError(
    'INVALID_OPTION',
    `${SAMPLERS[scheduler].displayName} cannot begin in pure noise with this model (its noise schedule ends there: "rescale_betas_zero_snr"); take --spacing leading or another scheduler.`,
    { details: { option: 'timestepSpacing' } },
  );
}

/** Betas that are nearly 0 or 1 leave no noise, or nothing but noise, where a formula divides by it. */
function checkFinite(name: string, { steps }: SchedulerTable): void {
  const index = steps.findIndex(({ timestep, level, next }) => {
    const numbers = [timestep, level.signal, level.deviation, ...next.terms.map(({ weight }) => weight)];
    return level.signal + level.deviation <= 0 || !numbers.every(Number.isFinite);
  });
  if (index < 0) return;
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `The checkpoint's noise schedule cannot be walked by ${name}: step ${index} of ${steps.length} would divide by zero. Its betas should lie well between 0 and 1.`,
    { details: { index } },
  );
}
