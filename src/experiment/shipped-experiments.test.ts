import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXPERIMENT_OPTION_RULES } from '../cli/experiment-option-rules.ts';
import { expandJobs } from './expand-jobs.ts';
import { readExperiment } from './read-experiment.ts';
import {
  findExperiment,
  noExperiment,
  shippedExperimentNames,
  shippedExperimentPath,
} from './shipped-experiments.ts';

describe('the shipped experiments', () => {
  test.each(shippedExperimentNames())(
    '%s is read, and its header says how many jobs it has',
    async (name) => {
      const path = shippedExperimentPath(name);
      const definition = await readExperiment(path, { rules: EXPERIMENT_OPTION_RULES });
      expect(definition.name).toBe(name);
      const { hard, prompts } = definition;
      const count = hard?.count ?? ('count' in prompts ? prompts.count : undefined);
      const jobs = expandJobs(
        definition,
        Array.from({ length: count! }, (_, i) => `prompt ${i}`),
      );
      expect(readFileSync(path, 'utf8').split('\n')[0]).toContain(` = ${jobs.length} jobs`);
      expect(new Set(jobs.map(({ key }) => key)).size).toBe(jobs.length);
    },
  );

  test('are found by their names', () => {
    for (const named of ['figure-6', 'figure-6.yaml'])
      expect(findExperiment(named)).toBe(shippedExperimentPath('figure-6'));
    expect(findExperiment('package.json')).toBe('package.json');
    expect(findExperiment('elsewhere/figure-6.yaml')).toBeUndefined();
    expect(noExperiment('figure6').message).toContain('Did you mean "figure-6"?');
  });
});
