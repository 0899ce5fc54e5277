/** @file The experiment that a name on the command line means: a file, one that comes with the program, or one that the store has begun. */
import type { ExperimentDefinition } from '../../experiment/experiment-definition.ts';
import { begunDefinition } from '../../experiment/experiment-queues.ts';
import { readExperiment } from '../../experiment/read-experiment.ts';
import { findExperiment, noExperiment } from '../../experiment/shipped-experiments.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { EXPERIMENT_OPTION_RULES, overridingOptions } from '../experiment-option-rules.ts';
import type { CliOptions } from '../shared-options.ts';

/**
 * With the options of the command line over those that the file has for all runs.
 * @throws {DpoError} INVALID_OPTION or FILE_ACCESS, saying what is wrong in the file
 */
export async function findDefinition(
  store: StudyStore,
  named: string,
  options: CliOptions,
): Promise<ExperimentDefinition> {
  const overrides = overridingOptions(options);
  const path = findExperiment(named);
  if (path !== undefined) {
    const { name } = options;
    return readExperiment(path, { rules: EXPERIMENT_OPTION_RULES, options: overrides, name });
  }
  // Of a file that is elsewhere, the store knows all that is needed to go on.
  const begun = begunDefinition(store, named);
  if (begun === undefined) throw noExperiment(named);
  return { ...begun, options: { ...begun.options, ...overrides } };
}
