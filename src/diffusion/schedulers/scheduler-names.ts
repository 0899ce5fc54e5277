/** @file The samplers by name: one line each, for what people and files call it, and the function that computes its steps. */
import type { SchedulerConfig, TimestepSpacing } from '../../checkpoint/scheduler-config.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { dpmSolver } from './dpm-solver.ts';
import { euler } from './euler.ts';
import { eulerAncestral } from './euler-ancestral.ts';
import { heun } from './heun.ts';
import { lcm } from './lcm.ts';
import { pndm } from './pndm.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { unipc } from './unipc.ts';

/** What the command line and settings call a sampler. */
export type SchedulerName =
  | 'ddim'
  | 'ddpm'
  | 'pndm'
  | 'euler'
  | 'euler-ancestral'
  | 'heun'
  | 'dpm++2m'
  | 'dpm++2m-sde'
  | 'unipc'
  | 'lcm';

/** A sampler, or the one that the checkpoint's folder names. */
export type SchedulerChoice = SchedulerName | 'checkpoint';

export interface Sampler {
  /** As AUTOMATIC1111's web UI calls it, where it has it. */
  readonly displayName: string;
  /** Its class in diffusers, which folders name. */
  readonly className: string;
  /** Where neither caller nor checkpoint says otherwise; null where timesteps are the sampler's own. */
  readonly spacing: TimestepSpacing | null;
  /** Whether it is written in sigmas, which can then be those of Karras et al. */
  readonly hasSigmas: boolean;
  /** Whether steps can add fresh noise. */
  readonly isStochastic: boolean;
  /** Whether it clamps its estimate where a checkpoint asks for it. */
  readonly clips: boolean;
  /** Whether its last step ends in a noiseless picture where the checkpoint does not say. */
  readonly endsNoiseless: boolean;
  readonly table: (inputs: SamplerInputs) => SchedulerTable;
}

type Traits = Partial<Omit<Sampler, 'displayName' | 'className' | 'table'>>;

function sampler(
  displayName: string,
  className: string,
  table: Sampler['table'],
  traits: Traits = {},
): Sampler {
  const plain = { hasSigmas: false, isStochastic: false, clips: false, endsNoiseless: true };
  return { spacing: 'leading', ...plain, ...traits, displayName, className, table };
}

const SIGMAS: Traits = { spacing: 'linspace', hasSigmas: true };
const FRESH_NOISE: Traits = { isStochastic: true };

export const SAMPLERS: Readonly<Record<SchedulerName, Sampler>> = {
  ddim: sampler('DDIM', 'DDIMScheduler', ddim, { clips: true }),
  ddpm: sampler('DDPM', 'DDPMScheduler', ddpm, { ...FRESH_NOISE, clips: true }),
  pndm: sampler('PLMS', 'PNDMScheduler', pndm, { endsNoiseless: false }),
  euler: sampler('Euler', 'EulerDiscreteScheduler', euler, SIGMAS),
  'euler-ancestral': sampler('Euler a', 'EulerAncestralDiscreteScheduler', eulerAncestral, {
    ...SIGMAS,
    ...FRESH_NOISE,
  }),
  heun: sampler('Heun', 'HeunDiscreteScheduler', heun, { ...SIGMAS, clips: true }),
  'dpm++2m': sampler('DPM++ 2M', 'DPMSolverMultistepScheduler', dpmSolver, SIGMAS),
  'dpm++2m-sde': sampler('DPM++ 2M SDE', 'DPMSolverMultistepScheduler', dpmSolver, {
    ...SIGMAS,
    ...FRESH_NOISE,
  }),
  unipc: sampler('UniPC', 'UniPCMultistepScheduler', unipc, SIGMAS),
  lcm: sampler('LCM', 'LCMScheduler', lcm, { ...FRESH_NOISE, spacing: null, clips: true }),
};

export const SCHEDULER_NAMES = Object.keys(SAMPLERS) as readonly SchedulerName[];

/** The sampler that the checkpoint's folder names; undefined where we lack it. */
export function checkpointScheduler({ className, own }: SchedulerConfig): SchedulerName | undefined {
  const name = SCHEDULER_NAMES.find((candidate) => SAMPLERS[candidate].className === className);
  return name === 'dpm++2m' && own.given.algorithmType === 'sde-dpmsolver++' ? 'dpm++2m-sde' : name;
}
