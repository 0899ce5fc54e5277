/** @file How a sampler is asked for, with every default filled in and every combination that it cannot honour refused. */
import type { SchedulerConfig, TimestepSpacing } from '../../checkpoint/scheduler-config.ts';
import { DpoError } from '../../errors.ts';
import {
  checkpointScheduler,
  SAMPLERS,
  SCHEDULER_NAMES,
  type SchedulerChoice,
  type SchedulerName,
} from './scheduler-names.ts';

export interface SchedulerSettings {
  /** The sampler. @default 'ddim', as in the paper */
  readonly scheduler: SchedulerName;
  /** Denoising steps, 1 to the number of training timesteps. @default 50 */
  readonly steps: number;
  /** DDIM's eta, 0 (deterministic) to 1 (as much fresh noise as DDPM). @default 0 */
  readonly eta: number;
  /** Whether noise levels are those of Karras et al. (2022). @default what the checkpoint says of its own scheduler, else false */
  readonly karrasSigmas: boolean;
  /** How timesteps are spread. @default what the checkpoint says, else what diffusers takes for this sampler; null where they are its own */
  readonly timestepSpacing: TimestepSpacing | null;
}

/** What may be given; `checkpoint` is the scheduler that the model's folder names. */
export type SchedulerOptions = Partial<Omit<SchedulerSettings, 'scheduler'>> & {
  readonly scheduler?: SchedulerChoice;
};

export const DEFAULT_SCHEDULER: SchedulerName = 'ddim';
export const DEFAULT_STEPS = 50;
export const TIMESTEP_SPACINGS: readonly TimestepSpacing[] = ['leading', 'linspace', 'trailing'];

/**
 * Settings that settings can be resolved from again.
 * @throws {DpoError} INVALID_OPTION for what lies outside its range, or what the sampler cannot honour; UNSUPPORTED_MODEL where the
 * checkpoint's own scheduler is asked for and is none that is built
 */
export function resolveSchedulerSettings(
  config: SchedulerConfig,
  options: SchedulerOptions,
): SchedulerSettings {
  const scheduler = chosen(config, options.scheduler ?? DEFAULT_SCHEDULER);
  const { spacing, hasSigmas } = SAMPLERS[scheduler];
  const settings = {
    scheduler,
    steps: options.steps ?? DEFAULT_STEPS,
    eta: options.eta ?? 0,
    karrasSigmas:
      options.karrasSigmas ??
      (hasSigmas && isOwn(config, scheduler) && (config.own.given.karrasSigmas ?? false)),
    timestepSpacing:
      options.timestepSpacing ?? (spacing === null ? null : (config.timestepSpacing ?? spacing)),
  };
  check(settings, config.numTrainTimesteps);
  return settings;
}

/** Whether `scheduler` is of the class that the checkpoint's folder names, so that the options in its file are meant for it. */
export function isOwn(config: SchedulerConfig, scheduler: SchedulerName): boolean {
  return SAMPLERS[scheduler].className === config.className;
}

function chosen(config: SchedulerConfig, choice: SchedulerChoice): SchedulerName {
  if (choice !== 'checkpoint') {
    if (SCHEDULER_NAMES.includes(choice)) return choice;
    const names = [...SCHEDULER_NAMES, 'checkpoint'].join(', ');
    throw invalid('scheduler', choice, `The scheduler must be one of ${names}`);
  }
  const own = checkpointScheduler(config);
  if (own !== undefined) return own;
  throw new DpoError(
    'UNSUPPORTED_MODEL',
    `The checkpoint's own scheduler, ${config.className}, is not built here; choose one of ${SCHEDULER_NAMES.join(', ')}.`,
    { details: { option: 'scheduler', className: config.className } },
  );
}

function check(settings: SchedulerSettings, trainTimesteps: number): void {
  const { scheduler, steps, eta, karrasSigmas, timestepSpacing } = settings;
  const { displayName, hasSigmas, spacing } = SAMPLERS[scheduler];
  if (!Number.isInteger(steps) || steps < 1 || steps > trainTimesteps)
    throw invalid('steps', steps, `The number of steps must be a whole number from 1 to ${trainTimesteps}`);
  if (!(eta >= 0 && eta <= 1)) throw invalid('eta', eta, 'eta must lie between 0 and 1');
  if (eta > 0 && scheduler !== 'ddim')
    throw invalid('eta', eta, `eta is DDIM's alone and must be 0 with ${displayName}`);
  if (typeof karrasSigmas !== 'boolean')
    throw invalid('karrasSigmas', karrasSigmas, 'Karras sigmas must be true or false');
  if (karrasSigmas && !hasSigmas) {
    const known = SCHEDULER_NAMES.filter((name) => SAMPLERS[name].hasSigmas).join(', ');
    const message = `${displayName} has no sigmas that could be Karras', as ${known} have. Choose one of those, or leave --karras (in code: \`karrasSigmas\`) out.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'karrasSigmas', value: true } });
  }
  if (timestepSpacing === null ? spacing === null : TIMESTEP_SPACINGS.includes(timestepSpacing)) {
    if (spacing !== null || timestepSpacing === null) return;
    throw invalid(
      'timestepSpacing',
      timestepSpacing,
      `${displayName} has timesteps of its own and takes no spacing`,
    );
  }
  throw invalid(
    'timestepSpacing',
    timestepSpacing,
    `The timestep spacing must be one of ${TIMESTEP_SPACINGS.join(', ')}`,
  );
}

function invalid(option: string, value: unknown, expected: string): DpoError {
  return new DpoError('INVALID_OPTION', `${expected}, got ${String(value)}.`, { details: { option, value } });
}
