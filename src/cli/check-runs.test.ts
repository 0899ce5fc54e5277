import { afterAll, describe, expect, it } from 'vitest';
import type { ExperimentRun } from '../experiment/experiment-definition.ts';
import { readExperiment } from '../experiment/read-experiment.ts';
import { shippedExperimentNames, shippedExperimentPath } from '../experiment/shipped-experiments.ts';
import { loadPipeline } from '../study/load-pipeline.ts';
import { checkRuns } from './check-runs.ts';
import { EXPERIMENT_OPTION_RULES } from './experiment-option-rules.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const run = { name: 'one', kind: 'study', task: 'improve', options: {}, parameters: {} } as const;

function checked(options: ExperimentRun['options'], common: ExperimentRun['options'] = {}): Promise<void> {
  return checkRuns(pipeline, { options: common, runs: [run, { ...run, name: 'two', options }] });
}

describe('checkRuns()', () => {
  it.each([
    [{ heldOutSeeds: [1, 2] }, { seeds: [0, 1] }, /held-out seed/],
    [{ searchSteps: 3 }, { steps: 2 }, /from 1 to 2/],
    [{ raceAt: 7 }, { steps: 4 }, /race/],
    [{ gradientStepIndex: 9 }, { steps: 4 }, /step index/],
  ])('refuses a run with %o where all have %o', async (options, common, words) => {
    const error = await checked(options, common).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INVALID_OPTION', details: { run: 'two' } });
    expect((error as Error).message).toMatch(/^The run "two" cannot be done\. /);
    expect((error as Error).message).toMatch(words);
  });

  it.each(shippedExperimentNames())('lets %s be', async (name) => {
    const rules = EXPERIMENT_OPTION_RULES;
    await checkRuns(pipeline, await readExperiment(shippedExperimentPath(name), { rules }));
  });
});
