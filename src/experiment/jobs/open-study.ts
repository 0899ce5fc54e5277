/**
 * @file Where a job's search is kept: in the study that an earlier process began for the same job, or in a new one. One that is done is
 * played again too: its process may have ended between the end of the study and that of the job.
 */
import type { StudyRecording } from '../../study/study-journal.ts';
import type { JobContext, ResolvedJob } from './job-context.ts';

export function openStudy(
  { store, definition: { name, options } }: JobContext,
  { key, prompt, spec, searchSeed }: ResolvedJob,
): StudyRecording {
  // An experiment that was begun anew may have given the same key to another prompt.
  const begun = store.studies
    .list({ experiment: name, job: key, states: ['stale', 'stopped', 'failed', 'done'] })
    .find((study) => study.prompt === prompt && study.task === spec.task);
  // Enough to repeat it by hand.
  const request = {
    experiment: name,
    job: key,
    task: spec.task,
    prompt,
    options: { ...options, ...spec.options, searchSeed },
  };
  return { store, experiment: name, job: key, request, ...(begun && { resume: begun.id }) };
}
