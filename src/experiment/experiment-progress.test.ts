import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { failJob, finishJob } from '../../tests/store/take-job.ts';
import { StudyStore } from '../store/study-store.ts';
import { expandJobs } from './expand-jobs.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { experimentProgress } from './experiment-progress.ts';
import { begunDefinition, forgetExperiment, retryExperiment } from './experiment-queues.ts';
import { choiceName } from './hard-prompts.ts';

const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-progress-'));
const store = new StudyStore(join(dir, 'studies.db'));
afterAll(async () => {
  store.close();
  await rm(dir, { recursive: true, force: true });
});

const DEFINITION: ExperimentDefinition = {
  name: 'small',
  title: 'Small',
  found: 'Nothing.',
  report: 'comparison',
  prompts: { from: 'list', prompts: ['a', 'b', 'c'] },
  hard: { count: 2, lossAbove: 0.5 },
  searchSeeds: [0],
  options: {},
  runs: ['random', 'hybrid'].map((name) => ({
    ...{ name, kind: 'study' as const, task: 'improve' as const, options: {}, parameters: {} },
  })),
};

beforeEach(() => {
  store.experiments.remove('small');
  store.experiments.remove(choiceName('small'));
  const candidates = ['a', 'b', 'c'].map((prompt) => ({ key: prompt, job: { prompt } }));
  store.experiments.begin(choiceName('small'), DEFINITION, candidates);
});

function beginJobs(): void {
  const jobs = expandJobs(DEFINITION, ['a', 'b']).map((job) => ({ key: job.key, job }));
  store.experiments.begin('small', DEFINITION, jobs);
}

const row = (original: readonly number[], best: readonly number[], seconds: number) => ({
  kind: 'study',
  original: { losses: original },
  best: { losses: best },
  seconds,
  unetCalls: 100,
});

describe('experimentProgress()', () => {
  test('tells how many prompts are chosen', () => {
    finishJob(store.experiments, choiceName('small'), 0, { prompt: 'a', losses: [1], isHard: true });
    const { choice, runs, secondsLeft } = experimentProgress(store, DEFINITION, 1);
    expect({ choice, runs, secondsLeft }).toEqual({
      choice: { found: 1, wanted: 2, seen: 1, candidates: 3 },
      runs: [],
      secondsLeft: null,
    });
  });

  test('has means of losses that are numbers, and how long the rest takes', () => {
    beginJobs();
    const { experiments } = store;
    finishJob(experiments, 'small', 0, row([0.6, 0.8], [0.5, 0.5], 10));
    finishJob(experiments, 'small', 2, row([Number.NaN], [Number.NaN], 20));
    failJob(experiments, 'small', 1, 'it broke');
    const { runs, secondsLeft, counts } = experimentProgress(store, DEFINITION, 2);
    expect(counts).toMatchObject({ done: 2, failed: 1, waiting: 1 });
    expect(runs).toEqual([
      { run: 'random', total: 2, done: 2, failed: 0, originalLoss: 0.7, bestLoss: 0.5, unetCalls: 200 },
      { run: 'hybrid', total: 2, done: 0, failed: 1, originalLoss: null, bestLoss: null, unetCalls: 0 },
    ]);
    // Nobody knows what a job of the second run takes, so it is what jobs take; two are done at once.
    expect(secondsLeft).toBe(15 / 2);
  });
});

describe('an experiment in the store', () => {
  test('is known from its first stage on, and forgotten with it', () => {
    expect(begunDefinition(store, 'small')).toEqual(DEFINITION);
    beginJobs();
    failJob(store.experiments, 'small', 1, 'it broke');
    expect(retryExperiment(store, 'small')).toBe(1);
    forgetExperiment(store, 'small');
    expect(begunDefinition(store, 'small')).toBeUndefined();
  });

  test('is not forgotten while somebody works on it', () => {
    beginJobs();
    store.experiments.take('small');
    expect(() => forgetExperiment(store, 'small')).toThrow(
      `Another process is working on the experiment "small": ${process.pid} on ${hostname()}. Stop it first (Ctrl-C there), or leave out --restart to join in.`,
    );
  });
});
