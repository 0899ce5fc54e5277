/** @file How strong the shortcut text gradient is at one step (paper, Figure 9). */
import { DpoError } from '../../errors.ts';
import type { GradientNormRow } from '../experiment-row.ts';
import { GradientProbe } from './gradient-probe.ts';
import { type JobContext, originOf, type ResolvedJob } from './job-context.ts';
import { Stopwatch } from './stopwatch.ts';

/** @throws {DpoError} INVALID_OPTION for a step that is not there */
export async function gradientNormJob(context: JobContext, job: ResolvedJob): Promise<GradientNormRow> {
  const watch = new Stopwatch();
  const probe = new GradientProbe(context, job);
  const stepIndex = job.stepIndex!;
  const steps = probe.timesteps.length;
  if (stepIndex >= steps) throw beyond(stepIndex, steps);
  const { values, unetCalls } = await probe.at(stepIndex, job.options.gradientSteps ?? 1);
  return {
    kind: 'gradient-norm',
    ...originOf(job, { seconds: watch.seconds, unetCalls }),
    stepIndex,
    steps,
    timestep: probe.timesteps[stepIndex],
    norm: Math.hypot(...values),
  };
}

function beyond(stepIndex: number, steps: number): DpoError {
  const message = `stepIndexes has ${stepIndex}, but with ${steps} sampling steps the indices are 0 to ${steps - 1}.`;
  return new DpoError('INVALID_OPTION', message, { details: { stepIndex, steps } });
}
