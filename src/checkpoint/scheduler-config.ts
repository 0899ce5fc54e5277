/** @file The noise schedule that a model was trained with, and the scheduler that its folder names. Which sampler runs is the caller's choice. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import {
  type JsonObject,
  parseConfig,
  positiveInteger,
  positiveNumber,
  type Requirement,
  requireSupported,
} from './config-schema.ts';
import { type OwnSolverOptions, readSolverOptions } from './solver-options.ts';

export type { OwnSolverOptions, SolverOptions } from './solver-options.ts';

export type BetaSchedule = 'linear' | 'scaled_linear' | 'squaredcos_cap_v2';
/** What the UNet predicts: the noise, or the velocity `sqrt(alphaBar) eps - sqrt(1 - alphaBar) x0`. */
export type PredictionType = 'epsilon' | 'v_prediction';
export type TimestepSpacing = 'leading' | 'trailing' | 'linspace';

/** The noise schedule, and the conventions by which samplers walk it; undefined where the file leaves one to the sampler. */
export interface SchedulerConfig {
  /** The scheduler that the folder names, such as `PNDMScheduler`. */
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
  readonly setAlphaToOne: boolean | undefined;
  /** Whether the estimate of x0 is clamped to ±`clipSampleRange` at each step. */
  readonly clipSample: boolean;
  readonly clipSampleRange: number;
  readonly timestepSpacing: TimestepSpacing | undefined;
  readonly rescaleBetasZeroSnr: boolean;
  /** Options of the folder's own scheduler; no other reads them. */
  readonly own: OwnSolverOptions;
}

const BETA_SCHEDULES: readonly BetaSchedule[] = ['linear', 'scaled_linear', 'squaredcos_cap_v2'];
const PREDICTION_TYPES: readonly PredictionType[] = ['epsilon', 'v_prediction'];
const SPACINGS: readonly TimestepSpacing[] = ['leading', 'trailing', 'linspace'];

const REQUIREMENTS: readonly Requirement[] = [
  { key: 'beta_schedule', accepted: BETA_SCHEDULES },
  { key: 'prediction_type', accepted: PREDICTION_TYPES },
  { key: 'timestep_spacing', accepted: SPACINGS },
  { key: 'thresholding', accepted: [false] },
  { key: 'use_flow_sigmas', accepted: [false, null] },
];

const schedulerSchema = z
  .object({
    _class_name: z.string().default('DDIMScheduler'),
    num_train_timesteps: positiveInteger.max(1_000_000).default(1000),
    beta_start: positiveNumber.max(1).optional(),
    beta_end: positiveNumber.max(1).optional(),
    beta_schedule: z.enum(BETA_SCHEDULES).optional(),
    trained_betas: z.array(positiveNumber.max(1)).nullish(),
    prediction_type: z.enum(PREDICTION_TYPES).default('epsilon'),
    steps_offset: z.int().nonnegative().default(0),
    set_alpha_to_one: z.boolean().optional(),
    clip_sample: z.boolean().optional(),
    clip_sample_range: positiveNumber.default(1),
    timestep_spacing: z.enum(SPACINGS).optional(),
    rescale_betas_zero_snr: z.boolean().default(false),
  })
  .refine((config) => !config.trained_betas || config.trained_betas.length === config.num_train_timesteps, {
    message: '"trained_betas" must have "num_train_timesteps" entries',
  });

// Only these clip unless told otherwise; for the others a missing key means that they know no clipping.
const CLIPPING_CLASSES: ReadonlySet<string> = new Set(['DDIMScheduler', 'DDPMScheduler']);

interface Betas {
  readonly start: number;
  readonly end: number;
  readonly schedule: BetaSchedule;
}

const COMMON_BETAS: Betas = { start: 0.0001, end: 0.02, schedule: 'linear' };
/** Classes of diffusers whose own defaults differ. */
const BETAS_OF_CLASS: Readonly<Record<string, Betas>> = {
  HeunDiscreteScheduler: { start: 0.00085, end: 0.012, schedule: 'linear' },
  LCMScheduler: { start: 0.00085, end: 0.012, schedule: 'scaled_linear' },
};

/**
 * Parses `scheduler/scheduler_config.json` of any scheduler that is defined by betas; betas that the file leaves out are its class's in diffusers.
 * @throws {DpoError} UNSUPPORTED_MODEL for a schedule that no sampler here can walk, INVALID_CHECKPOINT for a value of the wrong kind
 */
export function parseSchedulerConfig(json: unknown, file: string): SchedulerConfig {
  const object = requireSupported(json, REQUIREMENTS, "model's noise schedule", file);
  const config = parseConfig(schedulerSchema, object, file);
  checkBetas(config, object, file);
  const betas = Object.hasOwn(BETAS_OF_CLASS, config._class_name)
    ? BETAS_OF_CLASS[config._class_name]
    : COMMON_BETAS;
  return {
    className: config._class_name,
    numTrainTimesteps: config.num_train_timesteps,
    betaStart: config.beta_start ?? betas.start,
    betaEnd: config.beta_end ?? betas.end,
    betaSchedule: config.beta_schedule ?? betas.schedule,
    trainedBetas: config.trained_betas ?? undefined,
    predictionType: config.prediction_type,
    stepsOffset: config.steps_offset,
    setAlphaToOne: config.set_alpha_to_one,
    clipSample: config.clip_sample ?? CLIPPING_CLASSES.has(config._class_name),
    clipSampleRange: config.clip_sample_range,
    timestepSpacing: config.timestep_spacing,
    rescaleBetasZeroSnr: config.rescale_betas_zero_snr,
    own: readSolverOptions(object, config._class_name),
  };
}

function checkBetas(config: z.infer<typeof schedulerSchema>, object: JsonObject, file: string): void {
  const { _class_name: className, trained_betas: trained } = config;
  if ('beta_start' in object || 'beta_schedule' in object || trained != null) return;
  if (CLIPPING_CLASSES.has(className) || Object.hasOwn(BETAS_OF_CLASS, className)) return;
  const message = `The scheduler ${className} (in ${file}) is not defined by betas; accepted: schedulers with "beta_start", "beta_end" and "beta_schedule", such as DDIMScheduler or PNDMScheduler.`;
  throw new DpoError('UNSUPPORTED_MODEL', message, { details: { file, className } });
}
