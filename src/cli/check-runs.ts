/** @file The options of an experiment's runs, checked before a job is taken: a mistake in one would fail each of its jobs. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import { DpoError } from '../errors.ts';
import type { ExperimentDefinition, ExperimentRun } from '../experiment/experiment-definition.ts';
import { withPreset } from '../study/presets.ts';
import { resolveStudyOptions } from '../study/resolve-study-options.ts';
import { cliOptionsOf } from './experiment-option-rules.ts';
import { studyOptionsOf } from './study-options-of.ts';

/** Those of searches; other kinds use a part of the options alone. @throws {DpoError} INVALID_OPTION, naming the run */
export async function checkRuns(
  pipeline: Pipeline,
  { runs, options }: Pick<ExperimentDefinition, 'runs' | 'options'>,
): Promise<void> {
  for (const run of runs.filter(({ kind }) => kind === 'study'))
    await checkRun(pipeline, run, { ...options, ...run.options });
}

async function checkRun(
  pipeline: Pipeline,
  { name, task }: ExperimentRun,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    const search = task === 'improve' ? 'negative' : 'positive';
    const given = withPreset({ search, ...studyOptionsOf(cliOptionsOf(options)) });
    const resolved = resolveStudyOptions(pipeline, task, given);
    await resolved.similarity?.release();
  } catch (cause) {
    if (!(cause instanceof DpoError)) throw cause;
    throw new DpoError(cause.code, `The run "${name}" cannot be done. ${cause.message}`, {
      cause,
      details: { ...cause.details, run: name },
    });
  }
}
