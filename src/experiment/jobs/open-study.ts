/**
 * @file Where a job's search is kept: in the study that an earlier process began for the same job, or in a new one. One that is done is
 * played again too: its process may have ended between the end of the study and that of the job.
 */
import type { StudyRecording } from '../../study/study-journal.ts';
import type { JobContext, ResolvedJob } from './job-context.ts';

/** What the store keeps of the request: enough to know the job again, and to repeat it by hand. */
interface JobRequest {
  readonly experiment: string;
  readonly job: string;
}

export function openStudy(
  { store, definition: { name, options } }: JobContext,
  { key, prompt, spec, searchSeed }: ResolvedJob,
): StudyRecording {
  const begun = store.studies
    .list({ experiment: name, states: ['stale', 'stopped', 'failed', 'done'] })
    .filter((study) => study.prompt === prompt && study.task === spec.task)
    .find(({ id }) => (store.studies.get(id).request as Partial<JobRequest> | null)?.job === key);
  const request = {
    experiment: name,
    job: key,
    task: spec.task,
    prompt,
    options: { ...options, ...spec.options, searchSeed },
  };
  return { store, experiment: name, request, ...(begun && { resume: begun.id }) };
}
