/** @file What a scheduler may be called where one is chosen, for readers that do not import the diffusion room. */
import { SCHEDULER_NAMES, type SchedulerChoice } from '../diffusion/schedulers/scheduler-names.ts';

/** Every sampler, and the checkpoint's own. */
export const SCHEDULER_CHOICES: readonly SchedulerChoice[] = [...SCHEDULER_NAMES, 'checkpoint'];
