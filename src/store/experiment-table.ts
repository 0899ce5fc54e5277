/** @file Experiments and their jobs, which any number of processes take one by one. */
import { DpoError } from '../errors.ts';
import type { Database } from './database.ts';
import type { Owner } from './process-owner.ts';
import type { ProcessTable } from './process-table.ts';

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

/** Which jobs are settled. */
export interface SettledPlaces {
  readonly done: readonly number[];
  readonly failed: readonly number[];
}

interface JobRow {
  readonly place: number;
  readonly key: string;
  readonly job: string;
  readonly state: Exclude<JobState, 'stale'>;
  readonly owner: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

interface JobOutcome {
  readonly result?: string | null;
  readonly error?: string | null;
}

const COLUMNS = 'place, key, job, state, owner, result, error';

export class ExperimentTable {
  readonly #database: Database;
  readonly #processes: ProcessTable;

  constructor(database: Database, processes: ProcessTable) {
    this.#database = database;
    this.#processes = processes;
  }

  /** Enters an experiment, whose name is not known yet, with its jobs. */
  begin(name: string, definition: unknown, jobs: readonly NewJob[]): void {
    const now = new Date().toISOString();
    this.#database.atomically(() => {
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

  /** Writes another definition over that of an experiment; its jobs stay. */
  redefine(name: string, definition: unknown): void {
    this.#database
      .statement('UPDATE experiments SET definition = ? WHERE name = ?')
      .run(JSON.stringify(definition), name);
  }

  /** @throws {DpoError} INVALID_OPTION when there is no such experiment */
  definition(name: string): unknown {
    const known = this.#definition(name);
    if (known === undefined) throw this.notFound(name);
    return JSON.parse(known);
  }

  has(name: string): boolean {
    return this.#definition(name) !== undefined;
  }

  /** The newest first. What has a slash in its name is a part of another one. */
  names(): string[] {
    return this.#database
      .statement<{ name: string }>(
        "SELECT name FROM experiments WHERE instr(name, '/') = 0 ORDER BY created DESC, name",
      )
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

  /**
   * Takes the first job that nobody works on, for this process; undefined when there is none. Failed jobs wait for `retry`.
   * It reads one row of each kind, however many there are.
   */
  take(name: string): StoredJob | undefined {
    return this.#database.atomically(() => {
      const gone = [...this.#processes.goneAmong(this.#owners(name))];
      const free = [
        this.#first(name, 'waiting', null),
        ...gone.map((one) => this.#first(name, 'running', one)),
      ];
      const [row] = free.filter((one) => one !== undefined).sort((one, other) => one.place - other.place);
      if (row === undefined) return undefined;
      this.#processes.enter();
      const owner = this.#processes.self;
      this.#set(name, row.place, 'running', { owner });
      return { ...jobOf({ ...row, owner }, new Set()), state: 'running' };
    });
  }

  /** False where another process has taken the job over: then its result counts. The same holds for `fail` and `release`. */
  finish(name: string, place: number, result: unknown): boolean {
    return this.#settle(name, place, 'done', { result: JSON.stringify(result) });
  }

  fail(name: string, place: number, error: string): boolean {
    return this.#settle(name, place, 'failed', { error });
  }

  /** Lets go of a job that this process has not finished. */
  release(name: string, place: number): boolean {
    return this.#settle(name, place, 'waiting', {});
  }

  /** Records as failed a job whose process is gone; gives whether there was such a one. */
  failStale(name: string, key: string, error: string): boolean {
    return this.#database.atomically(() => {
      const job = this.#database
        .statement<Pick<JobRow, 'place' | 'owner'>>(
          "SELECT place, owner FROM jobs WHERE experiment = ? AND state = 'running' AND key = ?",
        )
        .one(name, key);
      if (job === undefined || !this.#processes.goneAmong([job.owner]).has(job.owner)) return false;
      this.#set(name, job.place, 'failed', { error });
      return true;
    });
  }

  /** Failed jobs wait again; gives how many. */
  retry(name: string): number {
    return this.#database
      .statement("UPDATE jobs SET state = 'waiting', error = NULL WHERE experiment = ? AND state = 'failed'")
      .run(name);
  }

  /** In their order. */
  jobs(name: string): StoredJob[] {
    const gone = this.#processes.goneAmong(this.#owners(name));
    return this.#database
      .statement<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE experiment = ? ORDER BY place`)
      .all(name)
      .map((row) => jobOf(row, gone));
  }

  /** What each job is, in their order, without what came of it. */
  tasks(name: string): unknown[] {
    return this.#database
      .statement<{ job: string }>('SELECT job FROM jobs WHERE experiment = ? ORDER BY place')
      .all(name)
      .map(({ job }) => JSON.parse(job));
  }

  /** Places of the finished and of the failed jobs, without their rows being read. */
  settled(name: string): SettledPlaces {
    const rows = this.#database
      .statement<{ state: keyof SettledPlaces; places: string }>(
        "SELECT state, json_group_array(place) AS places FROM jobs WHERE experiment = ? AND state IN ('done', 'failed') GROUP BY state",
      )
      .all(name);
    const places = Object.fromEntries(rows.map((row) => [row.state, JSON.parse(row.places)]));
    return { done: [], failed: [], ...places };
  }

  /** What the jobs of `places` measured; all of these are finished. */
  resultsAt(name: string, places: readonly number[]): { readonly place: number; readonly result: unknown }[] {
    return this.#database
      .statement<{ place: number; result: string }>(
        'SELECT place, result FROM jobs WHERE experiment = ? AND place IN (SELECT value FROM json_each(?))',
      )
      .all(name, JSON.stringify(places))
      .map(({ place, result }) => ({ place, result: JSON.parse(result) }));
  }

  /** The failed jobs, in their order. */
  failures(name: string): { readonly key: string; readonly error: string }[] {
    return this.#database
      .statement<{ key: string; error: string }>(
        "SELECT key, error FROM jobs WHERE experiment = ? AND state = 'failed' ORDER BY place",
      )
      .all(name);
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
    const owners = rows.filter(({ state }) => state === 'running').map(({ owner }) => owner);
    const gone = this.#processes.goneAmong(owners);
    for (const row of rows) counts[shownState(row, gone)] += row.count;
    return counts;
  }

  /** The processes that work on it now. */
  workers(name: string): Owner[] {
    const owners = this.#owners(name);
    const gone = this.#processes.goneAmong(owners);
    return owners.flatMap((owner) => (owner === null || gone.has(owner) ? [] : [JSON.parse(owner) as Owner]));
  }

  /** Of the running jobs, each once. */
  #owners(name: string): (string | null)[] {
    return this.#database
      .statement<{ owner: string | null }>(
        "SELECT DISTINCT owner FROM jobs WHERE experiment = ? AND state = 'running'",
      )
      .all(name)
      .map(({ owner }) => owner);
  }

  /** By the index that is named: of its own accord SQLite would read all jobs before it, with their rows. */
  #first(name: string, state: JobRow['state'], owner: string | null): JobRow | undefined {
    return this.#database
      .statement<JobRow>(
        `SELECT ${COLUMNS} FROM jobs INDEXED BY jobs_by_state WHERE experiment = ? AND state = ? AND owner IS ? ORDER BY place LIMIT 1`,
      )
      .one(name, state, owner);
  }

  /** What became of a job, as long as it is this process's. */
  #settle(name: string, place: number, state: JobRow['state'], outcome: JobOutcome): boolean {
    return this.#database.atomically(() => {
      const job = this.#database
        .statement<Pick<JobRow, 'state' | 'owner'>>(
          'SELECT state, owner FROM jobs WHERE experiment = ? AND place = ?',
        )
        .one(name, place);
      if (job?.state !== 'running' || job.owner !== this.#processes.self) return false;
      this.#set(name, place, state, outcome);
      return true;
    });
  }

  #set(
    name: string,
    place: number,
    state: JobRow['state'],
    { owner = null, result = null, error = null }: JobOutcome & { readonly owner?: string | null },
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

  /** For a name that is no experiment's. */
  notFound(name: string): DpoError {
    const names = this.names();
    const known = names.length === 0 ? 'It has none' : `It has ${names.slice(0, 8).join(', ')}`;
    return new DpoError(
      'INVALID_OPTION',
      `There is no experiment "${name}" in the store ${this.#database.path}. ${known}.`,
      { details: { experiment: name } },
    );
  }
}

function jobOf({ owner, job, result, ...row }: JobRow, gone: ReadonlySet<string | null>): StoredJob {
  return {
    ...row,
    job: JSON.parse(job),
    state: shownState({ state: row.state, owner }, gone),
    result: result === null ? null : JSON.parse(result),
  };
}

function shownState(
  { state, owner }: Pick<JobRow, 'state' | 'owner'>,
  gone: ReadonlySet<string | null>,
): JobState {
  return state === 'running' && gone.has(owner) ? 'stale' : state;
}
