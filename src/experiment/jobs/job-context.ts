/** @file What every job needs besides itself: a model, a store, and somebody who reads options. */
import type { Pipeline } from '../../diffusion/pipeline.ts';
import type { StudyStore } from '../../store/study-store.ts';
import type { StudyOptions } from '../../study/study-options.ts';
import type { Task } from '../../words/prompt-space.ts';
import type { ExperimentDefinition, ExperimentRun } from '../experiment-definition.ts';
import type { ExperimentJob } from '../experiment-job.ts';
import type { RowOrigin } from '../experiment-row.ts';

/** What an option by the command line's name is to the library; words that must be asked for are asked for. */
export type ReadStudyOptions = (
  request: {
    readonly task: Task;
    readonly prompt: string;
    readonly options: Readonly<Record<string, unknown>>;
  },
  signal: AbortSignal,
) => Promise<Omit<StudyOptions, 'signal'>>;

export interface JobContext {
  readonly pipeline: Pipeline;
  readonly store: StudyStore;
  readonly definition: ExperimentDefinition;
  readonly studyOptions: ReadStudyOptions;
  /** Aborting ends the job with the signal's reason. */
  readonly signal: AbortSignal;
}

/** A job with its run and its options in the library's shape. */
export interface ResolvedJob extends ExperimentJob {
  readonly spec: ExperimentRun;
  readonly options: Omit<StudyOptions, 'signal'>;
}

export async function resolveJob(context: JobContext, job: ExperimentJob): Promise<ResolvedJob> {
  const { definition, signal } = context;
  const spec = definition.runs.find(({ name }) => name === job.run)!;
  const given = { ...definition.options, ...spec.options, searchSeed: job.searchSeed };
  const request = { task: spec.task, prompt: job.prompt, options: given };
  return { ...job, spec, options: await context.studyOptions(request, signal) };
}

/** The beginning of a row. */
export function originOf(
  { run, promptIndex, prompt, searchSeed }: ExperimentJob,
  spent: Pick<RowOrigin, 'seconds' | 'unetCalls'>,
): RowOrigin {
  return { run, promptIndex, prompt, searchSeed, ...spent };
}
