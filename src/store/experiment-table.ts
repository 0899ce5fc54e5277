/** @file Experiments and their jobs, which any number of processes take one by one. */
import { DpoError } from '../errors.ts';
import type { Database } from './database.ts';
import { isGone, type Owner, thisProcess } from './process-owner.ts';

/** `stale` when the process that worked on it is gone; such a job is taken again. */
export type JobState = 'waiting' | 'running' | 'stale' | 'failed' | 'done';

/** A job to be entered. */
export interface NewJob {
  /** What the job is, in a word that is its own within the experiment. */
  readonly key: string;
  /** Survives JSON. */
  readonly job: unknown;
}

export interface StoredJob {
  readonly place: number;
  readonly key: string;
  readonly job: unknown;
  readonly state: JobState;
  /** The row that it measured; null before it is done. */
  readonly result: unknown;
  readonly error: string | null;
}

export type JobCounts = Readonly<Record<JobState, number>>;

interface JobRow {
  readonly place: number;
  readonly key: string;
  readonly job: string;
  readonly state: Exclude<JobState, 'stale'>;
  readonly owner: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

const COLUMNS = 'place, key, job, state, owner, result, error';

export class ExperimentTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Enters an experiment with its jobs; one of the same definition is gone on with.
   * @throws {DpoError} INVALID_OPTION when the name is taken by another definition
   */
  begin(name: string, definition: unknown, jobs: readonly NewJob[]): void {
    const now = new Date().toISOString();
    this.#database.atomically(() => {
      const known = this.#definition(name);
      if (known === JSON.stringify(definition)) return;
      if (known !== undefined) throw otherDefinition(name, this.#database.path);
      this.#database
        .statement('INSERT INTO experiments (name, definition, created) VALUES (?, ?, ?)')
        .run(name, JSON.stringify(definition), now);
      const insert = this.#database.statement(
        "INSERT INTO jobs (experiment, place, key, job, state, updated) VALUES (?, ?, ?, ?, 'waiting', ?)",
      );
      for (const [place, { key, job }] of jobs.entries())
        insert.run(name, place, key, JSON.stringify(job), now);
    });
  }

  /** @throws {DpoError} INVALID_OPTION when there is no such experiment */
  definition(name: string): unknown {
    const known = this.#definition(name);
    if (known === undefined) throw this.#notFound(name);
    return JSON.parse(known);
  }

  has(name: string): boolean {
    return this.#definition(name) !== undefined;
  }

  /** The newest first. */
  names(): string[] {
    return this.#database
      .statement<{ name: string }>('SELECT name FROM experiments ORDER BY created DESC, name')
      .all()
      .map(({ name }) => name);
  }

  /** Forgets an experiment and its jobs; studies and pictures stay. */
  remove(name: string): void {
    this.#database.atomically(() => {
      this.#database.statement('DELETE FROM jobs WHERE experiment = ?').run(name);
      this.#database.statement('DELETE FROM experiments WHERE name = ?').run(name);
    });
  }

  /** Takes the next job that nobody works on, for this process; undefined when there is none. Failed jobs wait for `retry`. */
  take(name: string): StoredJob | undefined {
    return this.#database.atomically(() => {
      const rows = this.#database
        .statement<JobRow>(
          `SELECT ${COLUMNS} FROM jobs WHERE experiment = ? AND state IN ('waiting', 'running') ORDER BY place`,
        )
        .all(name);
      const row = rows.find((one) => shownState(one) !== 'running');
      if (row === undefined) return undefined;
      this.#set(name, row.place, 'running', { owner: JSON.stringify(thisProcess()) });
      return jobOf({ ...row, state: 'running', owner: JSON.stringify(thisProcess()) });
    });
  }

  finish(name: string, place: number, result: unknown): void {
    this.#set(name, place, 'done', { result: JSON.stringify(result) });
  }

  fail(name: string, place: number, error: string): void {
    this.#set(name, place, 'failed', { error });
  }

  /** Lets go of a job that this process has not finished. */
  release(name: string, place: number): void {
    this.#set(name, place, 'waiting', {});
  }

  /** Failed jobs wait again; gives how many. */
  retry(name: string): number {
    return this.#database
      .statement("UPDATE jobs SET state = 'waiting', error = NULL WHERE experiment = ? AND state = 'failed'")
      .run(name);
  }

  /** In their order. */
  jobs(name: string): StoredJob[] {
    return this.#database
      .statement<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE experiment = ? ORDER BY place`)
      .all(name)
      .map(jobOf);
  }

  /** What the finished jobs measured, in the jobs' order. */
  results(name: string): unknown[] {
    return this.#database
      .statement<{ result: string }>(
        "SELECT result FROM jobs WHERE experiment = ? AND state = 'done' ORDER BY place",
      )
      .all(name)
      .map(({ result }) => JSON.parse(result));
  }

  counts(name: string): JobCounts {
    const counts = { waiting: 0, running: 0, stale: 0, failed: 0, done: 0 };
    const rows = this.#database
      .statement<Pick<JobRow, 'state' | 'owner'> & { count: number }>(
        'SELECT state, owner, count(*) AS count FROM jobs WHERE experiment = ? GROUP BY state, owner',
      )
      .all(name);
    for (const row of rows) counts[shownState(row)] += row.count;
    return counts;
  }

  #set(
    name: string,
    place: number,
    state: JobRow['state'],
    {
      owner = null,
      result = null,
      error = null,
    }: {
      owner?: string | null;
      result?: string | null;
      error?: string | null;
    },
  ): void {
    this.#database
      .statement(
        'UPDATE jobs SET state = ?, owner = ?, result = ?, error = ?, updated = ? WHERE experiment = ? AND place = ?',
      )
      .run(state, owner, result, error, new Date().toISOString(), name, place);
  }

  #definition(name: string): string | undefined {
    return this.#database
      .statement<{ definition: string }>('SELECT definition FROM experiments WHERE name = ?')
      .one(name)?.definition;
  }

  #notFound(name: string): DpoError {
    const names = this.names();
    const known = names.length === 0 ? 'It has none' : `It has ${names.slice(0, 8).join(', ')}`;
    return new DpoError(
      'INVALID_OPTION',
      `There is no experiment "${name}" in the store ${this.#database.path}. ${known}.`,
      { details: { experiment: name } },
    );
  }
}

function jobOf({ owner, job, result, ...row }: JobRow): StoredJob {
  return {
    ...row,
    job: JSON.parse(job),
    state: shownState({ state: row.state, owner }),
    result: result === null ? null : JSON.parse(result),
  };
}

function shownState({ state, owner }: Pick<JobRow, 'state' | 'owner'>): JobState {
  if (state !== 'running') return state;
  return owner === null || isGone(JSON.parse(owner) as Owner) ? 'stale' : state;
}

function otherDefinition(name: string, path: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The store ${path} has an experiment "${name}" that asked for something else. Give this one another name, or begin it anew with --restart.`,
    { details: { experiment: name } },
  );
}
