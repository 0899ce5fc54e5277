/** @file A job by the kind of its run. */
import type { ExperimentJob } from '../experiment-job.ts';
import type { ExperimentRow, RowKind } from '../experiment-row.ts';
import { bestOfSeedsJob } from './best-of-seeds-job.ts';
import { gradientAgreementJob } from './gradient-agreement-job.ts';
import { gradientNormJob } from './gradient-norm-job.ts';
import { type JobContext, type ResolvedJob, resolveJob } from './job-context.ts';
import { randomPromptsJob } from './random-prompts-job.ts';
import { studyJob } from './study-job.ts';

const JOBS: Readonly<Record<RowKind, (context: JobContext, job: ResolvedJob) => Promise<ExperimentRow>>> = {
  study: studyJob,
  'random-prompts': randomPromptsJob,
  'gradient-norm': gradientNormJob,
  'gradient-agreement': gradientAgreementJob,
  'best-of-seeds': bestOfSeedsJob,
};

/** @throws whatever is wrong with the job; the signal's reason when it is aborted */
export async function runJob(context: JobContext, job: ExperimentJob): Promise<ExperimentRow> {
  const resolved = await resolveJob(context, job);
  try {
    const row = await JOBS[resolved.spec.kind](context, resolved);
    context.signal.throwIfAborted();
    return row;
  } catch (error) {
    // A job that was stopped did not fail.
    context.signal.throwIfAborted();
    throw error;
  }
}
