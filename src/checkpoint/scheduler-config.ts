/** @file The noise schedule that a model was trained with. Which sampler runs is our choice (DDIM), not the file's. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import {
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireSupported,
} from './config-schema.ts';

export type BetaSchedule = 'linear' | 'scaled_linear' | 'squaredcos_cap_v2';
/** What the UNet predicts: the noise, or the velocity `sqrt(alphaBar) eps - sqrt(1 - alphaBar) x0`. */
export type PredictionType = 'epsilon' | 'v_prediction';
export type TimestepSpacing = 'leading' | 'trailing' | 'linspace';

/** The noise schedule, and the conventions by which DDIM walks it. */
export interface SchedulerConfig {
  /** The scheduler that the folder names, such as `PNDMScheduler`; only for display. */
  readonly className: string;
  readonly numTrainTimesteps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: BetaSchedule;
  /** Betas listed one by one (`numTrainTimesteps` of them); they replace the schedule. */
  readonly trainedBetas: readonly number[] | undefined;
  readonly predictionType: PredictionType;
  /** Added to every timestep under `leading` spacing. */
  readonly stepsOffset: number;
  /** Whether the last step ends at alphaBar = 1 rather than at alphaBar of timestep 0. */
  readonly setAlphaToOne: boolean;
  /** Whether the estimate of x0 is clamped to ±`clipSampleRange` at each step. */
  readonly clipSample: boolean;
  readonly clipSampleRange: number;
  readonly timestepSpacing: TimestepSpacing;
  readonly rescaleBetasZeroSnr: boolean;
}

const BETA_SCHEDULES: readonly BetaSchedule[] = ['linear', 'scaled_linear', 'squaredcos_cap_v2'];
const PREDICTION_TYPES: readonly PredictionType[] = ['epsilon', 'v_prediction'];
const SPACINGS: readonly TimestepSpacing[] = ['leading', 'trailing', 'linspace'];

const REQUIREMENTS: readonly Requirement[] = [
  { key: 'beta_schedule', accepted: BETA_SCHEDULES },
  { key: 'prediction_type', accepted: PREDICTION_TYPES },
  { key: 'timestep_spacing', accepted: SPACINGS },
  { key: 'thresholding', accepted: [false] },
];

const schedulerSchema = z
  .object({
    _class_name: z.string().default('DDIMScheduler'),
    num_train_timesteps: positiveInteger.max(1_000_000).default(1000),
    beta_start: positiveNumber.max(1).default(0.0001),
    beta_end: positiveNumber.max(1).default(0.02),
    beta_schedule: z.enum(BETA_SCHEDULES).default('linear'),
    trained_betas: z.array(positiveNumber.max(1)).nullish(),
    prediction_type: z.enum(PREDICTION_TYPES).default('epsilon'),
    steps_offset: z.int().nonnegative().default(0),
    set_alpha_to_one: z.boolean().default(true),
    clip_sample: z.boolean().optional(),
    clip_sample_range: positiveNumber.default(1),
    timestep_spacing: z.enum(SPACINGS).default('leading'),
    rescale_betas_zero_snr: z.boolean().default(false),
  })
  .refine((config) => !config.trained_betas || config.trained_betas.length === config.num_train_timesteps, {
    message: '"trained_betas" must have "num_train_timesteps" entries',
  });

// Only these clip unless told otherwise; for the others a missing key means that they know no clipping.
const CLIPPING_CLASSES: ReadonlySet<string> = new Set(['DDIMScheduler', 'DDPMScheduler']);

/**
 * Parses `scheduler/scheduler_config.json` of any scheduler that is defined by betas; keys that the file leaves
 * out take the defaults of diffusers' DDIMScheduler.
 */
export function parseSchedulerConfig(json: unknown, file: string): SchedulerConfig {
  const object = requireSupported(json, REQUIREMENTS, "model's noise schedule", file);
  const config = parseConfig(schedulerSchema, object, file);
  const hasBetas = 'beta_start' in object || 'beta_schedule' in object || config.trained_betas != null;
  if (!hasBetas && !CLIPPING_CLASSES.has(config._class_name)) {
    const message = `The scheduler ${config._class_name} (in ${file}) is not defined by betas; accepted: schedulers with "beta_start", "beta_end" and "beta_schedule", such as DDIMScheduler or PNDMScheduler.`;
    throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file, className: config._class_name } });
  }
  return {
    className: config._class_name,
    numTrainTimesteps: config.num_train_timesteps,
    betaStart: config.beta_start,
    betaEnd: config.beta_end,
    betaSchedule: config.beta_schedule,
    trainedBetas: config.trained_betas ?? undefined,
    predictionType: config.prediction_type,
    stepsOffset: config.steps_offset,
    setAlphaToOne: config.set_alpha_to_one,
    clipSample: config.clip_sample ?? CLIPPING_CLASSES.has(config._class_name),
    clipSampleRange: config.clip_sample_range,
    timestepSpacing: config.timestep_spacing,
    rescaleBetasZeroSnr: config.rescale_betas_zero_snr,
  };
}
