import { expect, test } from 'vitest';
import { expandJobs } from './expand-jobs.ts';
import type { ExperimentDefinition, ExperimentRun } from './experiment-definition.ts';

const run = (name: string, kind: ExperimentRun['kind'] = 'study', parameters = {}): ExperimentRun => ({
  name,
  kind,
  task: 'improve',
  options: {},
  parameters,
});

const definition = (runs: readonly ExperimentRun[]): ExperimentDefinition => ({
  name: 'x',
  title: 'x',
  found: 'x',
  report: 'comparison',
  prompts: { from: 'list', prompts: ['a cat', 'a dog'] },
  searchSeeds: [0, 7],
  options: { steps: 3 },
  runs,
});

test('jobs of one prompt follow each other, with readable keys of their own', () => {
  const jobs = expandJobs(definition([run('random'), run('hybrid')]), ['a cat', 'a dog']);
  expect(jobs.map(({ key }) => key)).toEqual([
    'p000/random/s0',
    'p000/random/s7',
    'p000/hybrid/s0',
    'p000/hybrid/s7',
    'p001/random/s0',
    'p001/random/s7',
    'p001/hybrid/s0',
    'p001/hybrid/s7',
  ]);
  expect(jobs[6]).toEqual({
    key: 'p001/hybrid/s0',
    run: 'hybrid',
    promptIndex: 1,
    prompt: 'a dog',
    searchSeed: 0,
  });
});

test('gradients are a job for each step, or for each number of steps', () => {
  const norms = expandJobs(definition([run('norm', 'gradient-norm')]), ['a cat']);
  expect(norms.map(({ stepIndex }) => stepIndex)).toEqual([0, 1, 2, 0, 1, 2]);
  const agreement = run('k', 'gradient-agreement', { gradientSteps: [2, 'T'] });
  const keys = expandJobs(definition([agreement]), ['a cat']).map(({ key }) => key);
  expect(keys).toEqual(['p000/k/s0/k2', 'p000/k/s0/kT', 'p000/k/s7/k2', 'p000/k/s7/kT']);
});
