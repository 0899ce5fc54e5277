import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { failJob, finishJob } from '../../tests/store/take-job.ts';
import { Database } from '../store/database.ts';
import { StudyStore } from '../store/study-store.ts';
import { expandJobs } from './expand-jobs.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { ProgressReader } from './experiment-progress.ts';
import { begunDefinition, failedJobs, forgetExperiment, retryExperiment } from './experiment-queues.ts';
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

describe('ProgressReader', () => {
  test('tells how many prompts are chosen', () => {
    finishJob(store.experiments, choiceName('small'), 0, { prompt: 'a', losses: [1], isHard: true });
    const { choice, runs, secondsLeft } = new ProgressReader(store, DEFINITION, 1).read();
    expect({ choice, runs, secondsLeft }).toEqual({
      choice: { found: 1, wanted: 2, seen: 1, candidates: 3, isFinal: false },
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
    const { runs, secondsLeft, counts } = new ProgressReader(store, DEFINITION, 2).read();
    expect(counts).toMatchObject({ done: 2, failed: 1, waiting: 1 });
    expect(runs).toEqual([
      { run: 'random', total: 2, done: 2, failed: 0, originalLoss: 0.7, bestLoss: 0.5, unetCalls: 200 },
      { run: 'hybrid', total: 2, done: 0, failed: 1, originalLoss: null, bestLoss: null, unetCalls: 0 },
    ]);
    // Nobody knows what a job of the second run takes, so it is what jobs take; two are done at once.
    expect(secondsLeft).toBe(15 / 2);
  });
});

describe('a reader that is asked again', () => {
  test('adds what is done since, each row once, and begins anew with the experiment', () => {
    beginJobs();
    const { experiments } = store;
    const reader = new ProgressReader(store, DEFINITION, 1);
    expect(reader.read().runs.map(({ done }) => done)).toEqual([0, 0]);
    for (const [place, loss] of [0.4, 0.6, 0.8].entries()) {
      finishJob(experiments, 'small', place, row([1], [loss], 10));
      const progress = reader.read();
      expect(progress).toEqual(new ProgressReader(store, DEFINITION, 1).read());
      expect(reader.read()).toBe(progress);
    }
    experiments.remove('small');
    beginJobs();
    expect(reader.read()).toEqual(new ProgressReader(store, DEFINITION, 1).read());
    finishJob(experiments, 'small', 3, row([1], [0.5], 10));
    expect(reader.read().runs[1]).toMatchObject({ done: 1, bestLoss: 0.5, originalLoss: 1 });
  });

  test('counts prompts that could not be looked at to the end', () => {
    failJob(store.experiments, choiceName('small'), 1, 'no memory');
    const reader = new ProgressReader(store, DEFINITION, 1);
    expect(reader.read().counts).toMatchObject({ failed: 1, waiting: 2 });
    beginJobs();
    failJob(store.experiments, 'small', 0, 'it broke');
    expect(reader.read().counts).toMatchObject({ failed: 2, waiting: 3 });
    expect(failedJobs(store, 'small')).toEqual([
      { key: 'prompts/b', error: 'no memory' },
      { key: 'p000/random/s0', error: 'it broke' },
    ]);
    // The prompts are chosen: nobody would look at others any more.
    expect(retryExperiment(store, 'small')).toBe(1);
    expect(reader.read().counts).toMatchObject({ failed: 1, waiting: 4 });
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

  test('of another machine is forgotten, or done, after ten silent minutes', () => {
    beginJobs();
    const { place } = store.experiments.take('small')!;
    const owner = JSON.stringify({ host: 'elsewhere', pid: 7, began: '' });
    const database = new Database(store.path);
    database.statement('UPDATE jobs SET owner = ? WHERE place = ?').run(owner, place);
    const hear = database.statement('INSERT OR REPLACE INTO processes (owner, seen) VALUES (?, ?)');
    hear.run(owner, Date.now() - 9 * 60_000);
    expect(() => forgetExperiment(store, 'small')).toThrow(
      /7 on elsewhere\..* is gone loses its work after 10 minutes without a sign of life\.$/,
    );
    expect(store.experiments.take('small')?.place).not.toBe(place);
    hear.run(owner, Date.now() - 11 * 60_000);
    database.close();
    expect(store.experiments.counts('small')).toMatchObject({ running: 1, stale: 1 });
    expect(store.experiments.take('small')?.place).toBe(place);
    for (const { place: taken, state } of store.experiments.jobs('small'))
      if (state === 'running') store.experiments.release('small', taken);
    forgetExperiment(store, 'small');
  });
});
