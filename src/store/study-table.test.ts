import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { newStudy } from '../../tests/store/store-rows.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { Database } from './database.ts';
import { thisProcess } from './process-owner.ts';
import { STUDY_STATES } from './study-state.ts';
import { StudyStore } from './study-store.ts';
import type { StudyFilter, StudyTable } from './study-table.ts';

const freshPath = temporaryStores();

/** A process that has ended. */
function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return JSON.stringify({ host: hostname(), pid, began: '' });
}

function setOwner(path: string, id: string, owner: string | null): void {
  const database = new Database(path);
  database.statement('UPDATE studies SET owner = ? WHERE id = ?').run(owner, id);
  database.close();
}

/** Its process said so many minutes ago that it lives. */
function heardOf(path: string, owner: string, minutesAgo: number): void {
  const database = new Database(path);
  database
    .statement('INSERT OR REPLACE INTO processes (owner, seen) VALUES (?, ?)')
    .run(owner, Date.now() - minutesAgo * 60_000);
  database.close();
}

describe('StudyTable', () => {
  const path = freshPath();
  const { studies } = new StudyStore(path);

  it('keeps what a study is', () => {
    const study = studies.begin(newStudy({ experiment: 'figure-6' }));
    expect(study).toMatchObject({ ...newStudy(), experiment: 'figure-6', state: 'running', evaluations: 0 });
    expect(study).toMatchObject({
      result: null,
      originalLoss: null,
      bestLoss: null,
      runDir: null,
      error: null,
    });
    expect(studies.get(study.id)).toEqual(study);
    expect(study.id).toMatch(/^[2-9a-hj-km-np-z]{8}$/);
  });

  it('is found by its job, the newest first', () => {
    const job = 'p007/hybrid/s0';
    const ids = [0, 1].map(() => studies.begin(newStudy({ experiment: 'figure-9', job })).id);
    studies.begin(newStudy({ experiment: 'figure-9', job: 'p008/hybrid/s0' }));
    studies.begin(newStudy({ experiment: 'table-1', job }));
    expect(studies.list({ experiment: 'figure-9', job }).map(({ id }) => id)).toEqual(ids.reverse());
    expect(studies.list({ experiment: 'figure-9' })).toHaveLength(3);
  });

  it('notes how far it is and how it ended', () => {
    const { id } = studies.begin(newStudy());
    studies.note(id, { evaluations: 3, originalLoss: 0.9, bestLoss: 0.8 });
    studies.setRunDir(id, 'runs/one');
    expect(studies.get(id)).toMatchObject({
      evaluations: 3,
      originalLoss: 0.9,
      bestLoss: 0.8,
      runDir: 'runs/one',
    });
    studies.fail(id, 'the roof fell in');
    expect(studies.get(id)).toMatchObject({ state: 'failed', error: 'the roof fell in', result: null });
    studies.claim(id);
    expect(studies.get(id)).toMatchObject({ state: 'running', error: null });
    studies.stop(id, { half: true });
    expect(studies.get(id)).toMatchObject({ state: 'stopped', result: { half: true } });
    studies.claim(id);
    studies.finish(id, { best: 'dog' });
    expect(studies.get(id)).toMatchObject({ state: 'done', result: { best: 'dog' } });
  });

  it('is stale when its process is gone, and can be claimed then', () => {
    const { id } = studies.begin(newStudy());
    setOwner(path, id, deadOwner());
    expect(studies.get(id).state).toBe('stale');
    expect(studies.claim(id).state).toBe('running');
    expect(studies.claim(id).state).toBe('running');
  });

  it('is stale when its process has no name, or bears the number of another', () => {
    const { id } = studies.begin(newStudy());
    setOwner(path, id, null);
    expect(studies.get(id).state).toBe('stale');
    setOwner(path, id, JSON.stringify({ ...thisProcess(), began: 'long ago' }));
    expect(studies.get(id).state).toBe('stale');
    expect(studies.list({ states: ['stale'] }).map((study) => study.id)).toContain(id);
  });

  it('is not claimed while another process works on it', () => {
    const { id } = studies.begin(newStudy());
    setOwner(path, id, JSON.stringify({ host: hostname(), pid: process.ppid, began: '' }));
    expect(() => studies.claim(id)).toThrow(
      `The study ${id} is being worked on, by process ${process.ppid} on ${hostname()}. Wait for it, or end that process first.`,
    );
    expect(studies.get(id).state).toBe('running');
  });

  it('of another machine is claimed after ten silent minutes, and says so before', () => {
    const { id } = studies.begin(newStudy());
    const owner = JSON.stringify({ host: 'elsewhere', pid: 7, began: '' });
    setOwner(path, id, owner);
    heardOf(path, owner, 9);
    expect(() => studies.claim(id)).toThrow(
      /by process 7 on elsewhere\..* is gone loses its work after 10 minutes without a sign of life\.$/,
    );
    heardOf(path, owner, 11);
    expect(studies.get(id).state).toBe('stale');
    expect(studies.claim(id).state).toBe('running');
  });

  it('that another process has taken over is left to that one', () => {
    const { id } = studies.begin(newStudy());
    setOwner(path, id, JSON.stringify({ ...thisProcess(), host: 'elsewhere' }));
    const before = studies.get(id);
    const progress = { evaluations: 3, originalLoss: 1, bestLoss: 1 };
    expect(() => studies.note(id, progress)).toThrow(`Another process has taken over the study ${id}`);
    expect(() => studies.finish(id, 'late')).toThrow(expect.objectContaining({ code: 'EXECUTION_FAILED' }));
    studies.stop(id, 'late');
    studies.fail(id, 'late');
    expect(studies.get(id)).toEqual(before);
  });
});

describe('an id', () => {
  const path = freshPath();
  const { studies } = new StudyStore(path);
  const [one, two] = [studies.begin(newStudy()), studies.begin(newStudy())];
  const rename = (from: string, to: string) => {
    const database = new Database(path);
    database.statement('UPDATE studies SET id = ? WHERE id = ?').run(to, from);
    database.close();
  };
  rename(one.id, 'abcd2345');
  rename(two.id, 'abcd2999');

  it('may be its beginning, as long as that is one study', () => {
    expect(studies.get('abcd23').number).toBe(one.number);
    expect(studies.get('abcd2999').number).toBe(two.number);
    expect(() => studies.get('abcd2')).toThrow(
      '"abcd2" may be any of several studies, such as abcd2345 and abcd2999. Give more of it.',
    );
    expect(() => studies.get('')).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });

  it('is itself also where another begins with it', () => {
    rename('abcd2999', 'abcd23456');
    expect(studies.get('abcd2345').number).toBe(one.number);
    rename('abcd23456', 'abcd2999');
  });

  it.each(['zzzz', '%', '_bcd2345', 'ABCD2345', '☃', '\uffff'])("that is nobody's is told of: %s", (id) => {
    expect(() => studies.get(id)).toThrow(
      `There is no study "${id}" in the store ${path}. dpo-diff studies lists`,
    );
  });
});

describe('a list of 10,000 studies', () => {
  let studies: StudyTable;
  const count = 10_000;

  beforeAll(() => {
    const path = freshPath();
    const store = new StudyStore(path);
    studies = store.studies;
    const database = new Database(path);
    store.atomically(() => {
      for (let i = 0; i < count; i++) {
        const { id } = studies.begin(
          newStudy({ request: { text: 'x'.repeat(3000) }, experiment: `e${i % 10}` }),
        );
        if (i % 5 === 0) studies.finish(id, { text: 'y'.repeat(6000) });
        if (i % 5 === 1) studies.fail(id, 'no');
      }
    });
    // Of the rest each has a process of its own, and half of these are gone.
    const rows = database
      .statement<{ number: number }>("SELECT number FROM studies WHERE state = 'running'")
      .all();
    database.atomically(() => {
      for (const { number } of rows) {
        const owner =
          number % 2 === 0 ? { host: hostname(), pid: 2 ** 22 + number, began: '' } : thisProcess();
        database
          .statement('UPDATE studies SET owner = ? WHERE number = ?')
          .run(JSON.stringify(owner), number);
      }
    });
    database.close();
  }, 60_000);

  it.each<[string, StudyFilter, number]>([
    ['all', {}, count],
    ['all states', { states: STUDY_STATES }, count],
    ['done', { states: ['done'] }, count / 5],
    ['the newest of an experiment', { experiment: 'e7', limit: 20 }, 20],
    ['running', { states: ['running'] }, 3000],
    ['stale', { states: ['stale'] }, 3000],
    ['stale or failed, a few', { states: ['stale', 'failed'], limit: 7 }, 7],
    ['no state', { states: [] }, 0],
    ['none', { limit: 0 }, 0],
    ['of no experiment', { experiment: 'e11' }, 0],
  ])('gives what is asked for: %s', (_, filter, expected) => {
    const listed = studies.list(filter);
    expect(listed).toHaveLength(expected);
    for (const { state } of listed) expect(filter.states ?? STUDY_STATES).toContain(state);
    const created = listed.map((study) => study.created);
    expect(created).toEqual([...created].sort().reverse());
  });
});
