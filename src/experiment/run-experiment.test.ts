import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DpoError } from '../errors.ts';
import { StudyStore } from '../store/study-store.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { runExperiment } from './run-experiment.ts';
import type { StartWorker, WorkerEnd } from './worker.ts';

const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-run-'));
const stores: StudyStore[] = [];
afterAll(async () => {
  for (const store of stores) store.close();
  await rm(dir, { recursive: true, force: true });
});

const PROGRAM = fileURLToPath(new URL('../../tests/experiment/dying-worker.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PATIENCE = 120_000;

const DEFINITION: ExperimentDefinition = {
  name: 'small',
  title: 'Small',
  found: 'Nothing.',
  report: 'comparison',
  prompts: { from: 'list', prompts: ['a red cat'] },
  searchSeeds: [0],
  options: {},
  runs: [{ name: 'run', kind: 'study', task: 'improve', options: {}, parameters: {} }],
};

/** Workers that are killed at once: real processes, by the system. */
function dyingWorkers(store: StudyStore, what: 'take' | 'idle'): StartWorker {
  return () => {
    const child = fork(PROGRAM, [store.path, what], { execArgv: ['--import', TSX] });
    let job: string | undefined;
    child.on('message', (key) => {
      job = String(key) || undefined;
    });
    const ended = new Promise<WorkerEnd>((resolve) => {
      child.on('close', (_, signal) => resolve({ kind: 'died', how: String(signal) }));
    });
    return {
      get job() {
        return job;
      },
      ended,
      stop: () => child.kill(),
    };
  };
}

function options(name: string, startWorker: (store: StudyStore) => StartWorker) {
  const store = new StudyStore(join(dir, `${name}.db`));
  stores.push(store);
  const remarks: string[] = [];
  const { signal } = new AbortController();
  return {
    ...{ store, definition: DEFINITION, prompts: ['a red cat'], workers: 1, signal, remarks },
    startWorker: startWorker(store),
    onRemark: (sentence: string) => remarks.push(sentence),
  };
}

describe('runExperiment()', () => {
  test('gives up a job at which two processes died, and ends', { timeout: PATIENCE }, async () => {
    const run = options('take', (store) => dyingWorkers(store, 'take'));
    const { counts } = await runExperiment(run);
    expect(counts).toEqual({ waiting: 0, running: 0, stale: 0, failed: 1, done: 0 });
    const [{ error }] = run.store.experiments.jobs('small');
    expect(error).toBe('2 processes that worked on it ended without a word (SIGKILL).');
    expect(run.remarks[0]).toBe('A worker ended at the job p000/run/s0 (SIGKILL); another takes its place.');
  });

  test('ends where workers die before they take a job', { timeout: PATIENCE }, async () => {
    const run = options('idle', (store) => dyingWorkers(store, 'idle'));
    await expect(runExperiment(run)).rejects.toMatchObject({
      code: 'EXECUTION_FAILED',
      message: expect.stringContaining('end before they take a job (SIGKILL)'),
    });
    expect(run.store.experiments.counts('small')).toMatchObject({ waiting: 1, failed: 0 });
  });

  test('passes on why a worker cannot go on', async () => {
    const failed: WorkerEnd = { kind: 'failed', error: new DpoError('INVALID_OPTION', 'no such model') };
    const run = options('failed', () => () => ({
      job: undefined,
      ended: Promise.resolve(failed),
      stop() {},
    }));
    await expect(runExperiment(run)).rejects.toThrow('no such model');
    // Its name is free for the definition that is mended.
    expect(run.store.experiments.names()).toEqual([]);
  });

  test('passes on what is wrong with the store when a worker died', async () => {
    const died: WorkerEnd = { kind: 'died', how: 'SIGKILL' };
    const run = options('closed', () => () => ({
      job: 'p000/run/s0',
      ended: Promise.resolve(died),
      stop() {},
    }));
    let deaths = 0;
    const onRemark = () => {
      deaths += 1;
      if (deaths === 2) run.store.close();
    };
    await expect(runExperiment({ ...run, onRemark })).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });

  test('refuses a name that another definition has', async () => {
    const run = options('other', (store) => dyingWorkers(store, 'idle'));
    run.store.experiments.begin('small', { ...DEFINITION, searchSeeds: [1] }, []);
    await expect(runExperiment(run)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: `The store ${run.store.path} has an experiment "small" that asked for something else. Give this one another name, or begin it anew with --restart.`,
    });
  });

  test('does not begin without a prompt', async () => {
    const run = options('none', (store) => dyingWorkers(store, 'idle'));
    await expect(runExperiment({ ...run, prompts: [] })).rejects.toThrow('has no prompt to begin with');
    expect(run.store.experiments.names()).toEqual([]);
  });
});
