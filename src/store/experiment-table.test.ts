import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { finishJob } from '../../tests/store/take-job.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { Database } from './database.ts';
import { thisProcess } from './process-owner.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

function jobs(count: number) {
  return Array.from({ length: count }, (_, i) => ({ key: `prompt ${i}`, job: { prompt: i } }));
}

/** A store with the experiment `one` of so many jobs. */
function storeWith(count: number) {
  const path = freshPath();
  const store = new StudyStore(path);
  store.experiments.begin('one', { budget: 40 }, jobs(count));
  return { path, experiments: store.experiments };
}

function setOwner(path: string, place: number, owner: string | null): void {
  const database = new Database(path);
  database.statement('UPDATE jobs SET owner = ? WHERE place = ?').run(owner, place);
  database.close();
}

function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return JSON.stringify({ host: hostname(), pid, began: '' });
}

describe('ExperimentTable', () => {
  it('gives jobs in their order, each once, and keeps what came of them', () => {
    const { experiments } = storeWith(3);
    const taken = [experiments.take('one'), experiments.take('one'), experiments.take('one')];
    expect(taken.map((job) => job?.job)).toEqual([{ prompt: 0 }, { prompt: 1 }, { prompt: 2 }]);
    expect(taken.map((job) => job?.state)).toEqual(['running', 'running', 'running']);
    expect(experiments.take('one')).toBeUndefined();
    experiments.finish('one', 2, { gain: 0.2 });
    experiments.finish('one', 0, { gain: 0.1 });
    experiments.fail('one', 1, 'no memory');
    expect(experiments.results('one')).toEqual([{ gain: 0.1 }, { gain: 0.2 }]);
    expect(experiments.counts('one')).toEqual({ waiting: 0, running: 0, stale: 0, failed: 1, done: 2 });
    expect(experiments.jobs('one')[1]).toMatchObject({
      key: 'prompt 1',
      state: 'failed',
      error: 'no memory',
    });
    expect(experiments.take('one')).toBeUndefined();
    expect(experiments.retry('one')).toBe(1);
    expect(experiments.take('one')).toMatchObject({ place: 1, state: 'running', error: null });
  });

  it('gives a job that was let go, or whose process is gone, before later ones', () => {
    const { path, experiments } = storeWith(5);
    for (let i = 0; i < 4; i++) experiments.take('one');
    experiments.release('one', 3);
    setOwner(path, 1, deadOwner());
    setOwner(path, 2, JSON.stringify({ ...thisProcess(), began: 'long ago' }));
    expect(experiments.counts('one')).toEqual({ waiting: 2, running: 1, stale: 2, failed: 0, done: 0 });
    expect(experiments.jobs('one').map(({ state }) => state)).toEqual([
      'running',
      'stale',
      'stale',
      'waiting',
      'waiting',
    ]);
    const places = Array.from({ length: 5 }, () => experiments.take('one')?.place);
    expect(places).toEqual([1, 2, 3, 4, undefined]);
  });

  it('leaves a job that another process has taken over to that one', () => {
    const { path, experiments } = storeWith(3);
    for (let i = 0; i < 3; i++) experiments.take('one');
    setOwner(path, 0, JSON.stringify({ ...thisProcess(), host: 'elsewhere' }));
    setOwner(path, 1, null);
    expect(experiments.finish('one', 0, 'late')).toBe(false);
    expect(experiments.fail('one', 1, 'late')).toBe(false);
    expect(experiments.release('one', 1)).toBe(false);
    expect(experiments.finish('one', 2, 'in time')).toBe(true);
    expect(experiments.finish('one', 2, 'twice')).toBe(false);
    expect(experiments.results('one')).toEqual(['in time']);
  });

  it('gives up a job whose process is gone, and no other', () => {
    const { path, experiments } = storeWith(2);
    expect(experiments.failStale('one', 'prompt 0', 'it died')).toBe(false);
    experiments.take('one');
    experiments.take('one');
    setOwner(path, 1, deadOwner());
    expect(experiments.failStale('one', 'prompt 0', 'it died')).toBe(false);
    expect(experiments.failStale('one', 'prompt 1', 'it died')).toBe(true);
    expect(experiments.counts('one')).toMatchObject({ running: 1, failed: 1 });
  });

  it('reads of jobs what is asked for', () => {
    const { experiments } = storeWith(4);
    for (const place of [0, 1, 2, 3]) {
      experiments.take('one');
      if (place % 2 === 0) experiments.finish('one', place, { place });
      else experiments.fail('one', place, `no ${place}`);
    }
    expect(experiments.tasks('one')).toEqual([0, 1, 2, 3].map((prompt) => ({ prompt })));
    expect(experiments.settled('one')).toEqual({ done: [0, 2], failed: [1, 3] });
    expect(experiments.resultsAt('one', [2])).toEqual([{ place: 2, result: { place: 2 } }]);
    expect(experiments.failures('one')).toEqual([
      { key: 'prompt 1', error: 'no 1' },
      { key: 'prompt 3', error: 'no 3' },
    ]);
  });

  it('names the processes that work on it', () => {
    const { path, experiments } = storeWith(3);
    for (let i = 0; i < 3; i++) experiments.take('one');
    setOwner(path, 1, deadOwner());
    expect(experiments.workers('one')).toEqual([thisProcess()]);
  });

  it('may be given another definition, and keeps its jobs', () => {
    const { experiments } = storeWith(2);
    experiments.take('one');
    experiments.finish('one', 0, 'kept');
    experiments.redefine('one', { budget: 41 });
    expect(experiments.definition('one')).toEqual({ budget: 41 });
    expect(experiments.results('one')).toEqual(['kept']);
    experiments.remove('one');
    expect(experiments.has('one')).toBe(false);
    experiments.begin('one', { budget: 42 }, jobs(1));
    expect(experiments.counts('one')).toMatchObject({ waiting: 1, done: 0 });
  });

  it('keeps experiments apart', () => {
    const { experiments } = storeWith(2);
    experiments.begin('two', {}, jobs(1));
    expect(experiments.take('two')?.place).toBe(0);
    expect(experiments.take('two')).toBeUndefined();
    expect(experiments.counts('one').waiting).toBe(2);
    expect(new Set(experiments.names())).toEqual(new Set(['one', 'two']));
  });

  it('says which experiments there are where one is not', () => {
    const { path, experiments } = storeWith(0);
    expect(() => experiments.definition('two')).toThrow(
      `There is no experiment "two" in the store ${path}. It has one.`,
    );
  });
});

describe('an experiment of 10,000 jobs', () => {
  it('is counted without its jobs being read', () => {
    const { path, experiments } = storeWith(10_000);
    for (let i = 0; i < 50; i++) finishJob(experiments, 'one', i, { text: 'x'.repeat(5000) });
    expect(experiments.counts('one')).toMatchObject({ waiting: 9950, done: 50 });
    const database = new Database(path);
    expect(experiments.settled('one')).toEqual({ done: Array.from({ length: 50 }, (_, i) => i), failed: [] });
    for (const question of [
      "SELECT state, owner, count(*) FROM jobs WHERE experiment = 'one' GROUP BY state, owner",
      "SELECT state, json_group_array(place) FROM jobs WHERE experiment = 'one' AND state IN ('done', 'failed') GROUP BY state",
    ]) {
      const plan = database.statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${question}`).all();
      expect(plan.map(({ detail }) => detail).join()).toContain('USING COVERING INDEX jobs_by_state');
    }
    database.close();
  });
});
