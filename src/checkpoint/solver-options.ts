/**
 * @file Options of `scheduler_config.json` that belong to one sampler and not to the model: read for the folder's own scheduler, and only for that.
 * A value that asks for what we do not build makes the folder's scheduler unusable, and no other.
 */
import { z } from 'zod';
import {
  describeRefusal,
  isAccepted,
  type JsonObject,
  positiveInteger,
  positiveNumber,
  type Requirement,
} from './config-schema.ts';

/** What some samplers can be told beside the noise schedule; a sampler reads those that it knows. */
export interface SolverOptions {
  readonly karrasSigmas: boolean;
  /** Of the DPM-Solver family: deterministic or stochastic. */
  readonly algorithmType: 'dpmsolver++' | 'sde-dpmsolver++';
  /** 2 for DPM-Solver++; 1 to 3 for UniPC. */
  readonly solverOrder: number;
  /** DPM-Solver++: `midpoint` or `heun`; UniPC: `bh1` or `bh2`. Undefined is the first, or the last. */
  readonly solverType: 'midpoint' | 'heun' | 'bh1' | 'bh2' | undefined;
  /** Whether the last of a few steps is of lower order. */
  readonly lowerOrderFinal: boolean;
  /** Whether the last step is of first order in any case. */
  readonly eulerAtFinal: boolean;
  /** Where the last step ends: in a picture without noise, or at the level of timestep 0. */
  readonly finalSigmasType: 'zero' | 'sigma_min';
  /** Of DDPM: the variance of the posterior, or that of the forward step. */
  readonly varianceType: 'fixed_small' | 'fixed_large';
  /** Of LCM: the steps that the model was distilled for. */
  readonly originalInferenceSteps: number;
  /** Of LCM: how fast the boundary condition lets go. */
  readonly timestepScaling: number;
}

/** Options that the file gives, and what it asks for in vain. */
export interface OwnSolverOptions {
  readonly given: Partial<SolverOptions>;
  /** Values that we do not build, each as `"key" is found, accepted: …`. */
  readonly refused: readonly string[];
}

const SIGMAS: readonly Requirement[] = [
  { key: 'use_exponential_sigmas', accepted: [false, null] },
  { key: 'use_beta_sigmas', accepted: [false, null] },
];

const SOLVERS: readonly Requirement[] = [
  ...SIGMAS,
  { key: 'use_dynamic_shifting', accepted: [false, null] },
  { key: 'final_sigmas_type', accepted: ['zero', 'sigma_min'] },
];

/** What each class knows that would change its steps in a way that we do not build. */
const REQUIREMENTS: Readonly<Record<string, readonly Requirement[]>> = {
  DDPMScheduler: [{ key: 'variance_type', accepted: ['fixed_small', 'fixed_small_log', 'fixed_large'] }],
  EulerDiscreteScheduler: [
    ...SIGMAS,
    { key: 'interpolation_type', accepted: ['linear'] },
    { key: 'timestep_type', accepted: ['discrete'] },
    { key: 'sigma_min', accepted: [null] },
    { key: 'sigma_max', accepted: [null] },
    { key: 'final_sigmas_type', accepted: ['zero', 'sigma_min'] },
  ],
  HeunDiscreteScheduler: SIGMAS,
  DPMSolverMultistepScheduler: [
    ...SOLVERS,
    // diffusers takes `deis` and the types of UniPC for its defaults, so that one scheduler's file can make another's.
    { key: 'algorithm_type', accepted: ['dpmsolver++', 'sde-dpmsolver++', 'deis'] },
    { key: 'solver_type', accepted: ['midpoint', 'heun', 'logrho', 'bh1', 'bh2'] },
    { key: 'solver_order', accepted: [2] },
    { key: 'use_lu_lambdas', accepted: [false, null] },
    { key: 'lambda_min_clipped', accepted: [Number.NEGATIVE_INFINITY, null] },
    { key: 'variance_type', accepted: [null] },
  ],
  UniPCMultistepScheduler: [
    ...SOLVERS,
    { key: 'solver_type', accepted: ['bh1', 'bh2', 'midpoint', 'heun', 'logrho'] },
    { key: 'solver_order', accepted: [1, 2, 3] },
    { key: 'predict_x0', accepted: [true] },
    { key: 'solver_p', accepted: [null] },
    { key: 'sigma_min', accepted: [null] },
    { key: 'sigma_max', accepted: [null] },
    { key: 'shift_terminal', accepted: [null] },
  ],
};

const optionsSchema = z.object({
  use_karras_sigmas: z.boolean().nullish(),
  algorithm_type: z.string().optional(),
  solver_order: positiveInteger.optional(),
  solver_type: z.string().optional(),
  lower_order_final: z.boolean().optional(),
  euler_at_final: z.boolean().optional(),
  final_sigmas_type: z.string().optional(),
  variance_type: z.string().nullish(),
  original_inference_steps: positiveInteger.optional(),
  timestep_scaling: positiveNumber.optional(),
  skip_prk_steps: z.boolean().optional(),
  disable_corrector: z.array(z.unknown()).nullish(),
});

/** Reads what the scheduler `className` knows of `json`; never throws, since another scheduler may be chosen. */
export function readSolverOptions(json: JsonObject, className: string): OwnSolverOptions {
  const requirements = Object.hasOwn(REQUIREMENTS, className) ? REQUIREMENTS[className] : [];
  const refused = requirements
    .filter(({ key, accepted }) => !isAccepted(json[key], accepted))
    .map(({ key, accepted }) => describeRefusal(key, json[key], accepted));
  const parsed = optionsSchema.safeParse(json);
  if (!parsed.success) {
    const keys = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return { given: {}, refused: [...refused, ...[...keys].map((key) => `"${key}" is of the wrong kind`)] };
  }
  return {
    given: givenOf(parsed.data, className),
    refused: [...refused, ...further(parsed.data, className)],
  };
}

/** Two keys whose fitting values are no list of constants. */
function further(options: z.infer<typeof optionsSchema>, className: string): string[] {
  if (className === 'PNDMScheduler' && options.skip_prk_steps !== true)
    return [describeRefusal('skip_prk_steps', options.skip_prk_steps ?? false, [true])];
  if (className === 'UniPCMultistepScheduler' && (options.disable_corrector?.length ?? 0) > 0)
    return ['"disable_corrector" is not empty, accepted: []'];
  return [];
}

function givenOf(options: z.infer<typeof optionsSchema>, className: string): Partial<SolverOptions> {
  const all = {
    karrasSigmas: options.use_karras_sigmas ?? undefined,
    algorithmType: oneOf(['dpmsolver++', 'sde-dpmsolver++'] as const, options.algorithm_type),
    solverOrder: options.solver_order,
    solverType:
      className === 'UniPCMultistepScheduler'
        ? oneOf(['bh1', 'bh2'] as const, options.solver_type)
        : oneOf(['midpoint', 'heun'] as const, options.solver_type),
    lowerOrderFinal: options.lower_order_final,
    eulerAtFinal: options.euler_at_final,
    finalSigmasType: oneOf(['zero', 'sigma_min'] as const, options.final_sigmas_type),
    varianceType: options.variance_type === 'fixed_large' ? ('fixed_large' as const) : undefined,
    originalInferenceSteps: options.original_inference_steps,
    timestepScaling: options.timestep_scaling,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function oneOf<const T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((candidate) => candidate === value);
}
