/** @file What a model's folder says of its own scheduler, and whether `--scheduler checkpoint` can run it. */
import type { JsonObject } from '../checkpoint/config-schema.ts';
import { parseSchedulerConfig, type SchedulerConfig } from '../checkpoint/scheduler-config.ts';
import { makeScheduler } from '../diffusion/schedulers/make-scheduler.ts';
import { DpoError } from '../errors.ts';

export interface SchedulerReport {
  /** The class in diffusers that the folder names. */
  readonly className: string;
  /** The sampler that runs it, such as `DPM++ 2M`; null where none does. */
  readonly sampler: string | null;
  /** Why none does. Every other sampler may run all the same. */
  readonly problem: string | null;
}

/** @param json what `scheduler_config.json` holds */
export function schedulerReport(json: JsonObject, file: string): SchedulerReport {
  const className = typeof json._class_name === 'string' ? json._class_name : 'not stated';
  return reportOf(className, () => parseSchedulerConfig(json, file));
}

/** Of a model that was opened. */
export function openedSchedulerReport(config: SchedulerConfig): SchedulerReport {
  return reportOf(config.className, () => config);
}

function reportOf(className: string, read: () => SchedulerConfig): SchedulerReport {
  try {
    const { name } = makeScheduler(read(), { scheduler: 'checkpoint' });
    return { className, sampler: name, problem: null };
  } catch (error) {
    if (error instanceof DpoError && error.isUserError)
      return { className, sampler: null, problem: error.message };
    throw error;
  }
}
