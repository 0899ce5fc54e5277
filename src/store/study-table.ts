/** @file Studies: what was asked, how far each is, and what came of it. */
import { randomInt } from 'node:crypto';
import { DpoError } from '../errors.ts';
import type { Database, Value } from './database.ts';
import { isNear, type Owner } from './process-owner.ts';
import { type ProcessTable, SILENCE_SENTENCE } from './process-table.ts';
import { STUDY_STATES, type StudyState } from './study-state.ts';

/** A study that begins. */
export interface NewStudy {
  readonly task: string;
  readonly prompt: string;
  readonly method: string;
  readonly model: string;
  /** All that is needed to start it again; survives JSON. */
  readonly request: unknown;
  /** A digest of all that determines its course: a resumed study must have the same. */
  readonly fingerprint: string;
  /** The experiment that it belongs to. */
  readonly experiment?: string | undefined;
  /** The key of its job there. */
  readonly job?: string | undefined;
}

/** A study as lists show it. */
export interface StudySummary {
  readonly id: string;
  readonly task: string;
  readonly prompt: string;
  readonly method: string;
  readonly model: string;
  readonly state: StudyState;
  /** ISO 8601. */
  readonly created: string;
  readonly updated: string;
  readonly evaluations: number;
  /** On the searched seeds; null where nothing was scored. */
  readonly originalLoss: number | null;
  readonly bestLoss: number | null;
  readonly experiment: string | null;
  readonly runDir: string | null;
  /** Why it failed. */
  readonly error: string | null;
}

export interface StoredStudy extends StudySummary {
  /** Its place in the tables of evaluations and events. */
  readonly number: number;
  readonly request: unknown;
  readonly fingerprint: string;
  /** As `--json` prints it; null before the end. */
  readonly result: unknown;
}

/** Which studies are wanted; all of them without. */
export interface StudyFilter {
  readonly experiment?: string;
  /** The key of a job of that experiment. */
  readonly job?: string;
  readonly states?: readonly StudyState[];
  /** At most so many, the newest. */
  readonly limit?: number;
}

interface StudyRow {
  readonly number: number;
  readonly id: string;
  readonly task: string;
  readonly prompt: string;
  readonly method: string;
  readonly model: string;
  readonly state: Exclude<StudyState, 'stale'>;
  readonly owner: string | null;
  readonly created: string;
  readonly updated: string;
  readonly evaluations: number;
  readonly original_loss: number | null;
  readonly best_loss: number | null;
  readonly experiment: string | null;
  readonly run_dir: string | null;
  readonly error: string | null;
}

interface StudyTexts {
  readonly fingerprint: string;
  readonly request: string;
  readonly result: string | null;
}

/**
 * A row as one JSON text: the library takes most of its time for the columns, and there may be ten thousand rows. Losses stay apart,
 * because SQLite writes 15 of their 17 digits.
 */
const LISTED = `json_object('number', number, 'id', id, 'task', task, 'prompt', prompt, 'method', method, 'model', model,
  'state', state, 'owner', owner, 'created', created, 'updated', updated, 'evaluations', evaluations,
  'experiment', experiment, 'run_dir', run_dir, 'error', error) AS row, original_loss, best_loss`;

interface ListedRow {
  readonly row: string;
  readonly original_loss: number | null;
  readonly best_loss: number | null;
}

export class StudyTable {
  readonly #database: Database;
  readonly #processes: ProcessTable;

  constructor(database: Database, processes: ProcessTable) {
    this.#database = database;
    this.#processes = processes;
  }

  /** Enters a study that this process works on. */
  begin(study: NewStudy): StoredStudy {
    const now = new Date().toISOString();
    const id = newId();
    return this.#database.atomically(() => {
      this.#processes.enter();
      this.#database
        .statement(
          `INSERT INTO studies (id, task, prompt, method, model, experiment, job, state, owner, created, updated)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)`,
        )
        .run(
          ...[id, study.task, study.prompt, study.method, study.model],
          ...[study.experiment ?? null, study.job ?? null, this.#processes.self, now, now],
        );
      this.#database
        .statement(
          'INSERT INTO study_texts (study, fingerprint, request) SELECT number, ?, ? FROM studies WHERE id = ?',
        )
        .run(study.fingerprint, JSON.stringify(study.request), id);
      return this.get(id);
    });
  }

  /**
   * Makes this process work on a study that no living process works on.
   * @throws {DpoError} INVALID_OPTION when one does, or the study is not known
   */
  claim(id: string): StoredStudy {
    return this.#database.atomically(() => {
      const row = this.#row(id);
      const { self } = this.#processes;
      const isRunning = shownState(row, this.#processes.goneAmong([row.owner])) === 'running';
      if (isRunning && row.owner !== self) throw inUse(row);
      this.#processes.enter();
      this.#set(row.id, { state: 'running', owner: self, error: null });
      return this.get(row.id);
    });
  }

  /**
   * The study whose id is, or begins with, `id`.
   * @throws {DpoError} INVALID_OPTION when there is none, or more than one
   */
  get(id: string): StoredStudy {
    const row = this.#row(id);
    const { fingerprint, request, result } = this.#database
      .statement<StudyTexts>('SELECT fingerprint, request, result FROM study_texts WHERE study = ?')
      .one(row.number)!;
    return {
      ...summaryOf(row, this.#processes.goneAmong([row.owner])),
      number: row.number,
      request: JSON.parse(request),
      fingerprint,
      result: result === null ? null : JSON.parse(result),
    };
  }

  /** The newest first. */
  list({ experiment, job, states = STUDY_STATES, limit }: StudyFilter = {}): StudySummary[] {
    // Whether a study runs or is stale is asked once for each process, then all else is the database's work.
    const gone = this.#processes.goneAmong(this.#owners());
    const { sql, values } = stateCondition(states, gone);
    const origin = Object.entries({ experiment, job }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const conditions = [...origin.map(([column]) => `${column} = ?`), sql];
    return this.#database
      .statement<ListedRow>(
        `SELECT ${LISTED} FROM studies WHERE ${conditions.join(' AND ')} ORDER BY number DESC LIMIT ?`,
      )
      .all(...origin.map(([, value]) => value), ...values, limit ?? -1)
      .map((row) => summaryOf(readRow(row), gone));
  }

  /** @throws {DpoError} EXECUTION_FAILED when another process has taken the study over */
  note(
    id: string,
    progress: { evaluations: number; originalLoss: number | null; bestLoss: number | null },
  ): void {
    const { evaluations, originalLoss, bestLoss } = progress;
    if (!this.#setOwn(id, { evaluations, original_loss: originalLoss, best_loss: bestLoss }))
      throw takenOver(id);
  }

  /** Where its pictures and reports are. */
  setRunDir(id: string, runDir: string): void {
    this.#set(id, { run_dir: runDir });
  }

  /** @throws {DpoError} EXECUTION_FAILED when another process has taken the study over */
  finish(id: string, result: unknown): void {
    if (!this.#end(id, { state: 'done', owner: null, error: null }, result)) throw takenOver(id);
  }

  /** Its user ended it before its end; `result` is what there was. What another process has taken over is left to that one. */
  stop(id: string, result: unknown): void {
    this.#end(id, { state: 'stopped', owner: null }, result);
  }

  /** What another process has taken over is left to that one. */
  fail(id: string, error: string): void {
    this.#setOwn(id, { state: 'failed', owner: null, error });
  }

  #end(id: string, columns: Readonly<Record<string, Value>>, result: unknown): boolean {
    return this.#database.atomically(() => {
      if (!this.#setOwn(id, columns)) return false;
      this.#database
        .statement(
          'UPDATE study_texts SET result = ? WHERE study = (SELECT number FROM studies WHERE id = ?)',
        )
        .run(JSON.stringify(result), id);
      return true;
    });
  }

  /** Whether the study was this process's. */
  #setOwn(id: string, columns: Readonly<Record<string, Value>>): boolean {
    return this.#set(id, columns, 'AND owner = ?', [this.#processes.self]) > 0;
  }

  /** How many it changed. */
  #set(
    id: string,
    columns: Readonly<Record<string, Value>>,
    condition = '',
    values: readonly Value[] = [],
  ): number {
    const given = { ...columns, updated: new Date().toISOString() };
    const assignments = Object.keys(given).map((name) => `${name} = ?`);
    return this.#database
      .statement(`UPDATE studies SET ${assignments.join(', ')} WHERE id = ? ${condition}`)
      .run(...Object.values(given), id, ...values);
  }

  /** Of the running studies, each once. */
  #owners(): (string | null)[] {
    return this.#database
      .statement<{ owner: string | null }>("SELECT DISTINCT owner FROM studies WHERE state = 'running'")
      .all()
      .map(({ owner }) => owner);
  }

  #row(id: string): StudyRow {
    const rows = this.#database
      .statement<ListedRow>(`SELECT ${LISTED} FROM studies WHERE id >= ? AND id < ? ORDER BY id LIMIT 3`)
      .all(id, `${id}\uffff`)
      .map(readRow);
    const exact = rows.find((row) => row.id === id);
    if (exact) return exact;
    if (rows.length === 1 && id !== '') return rows[0];
    throw notFound(id, id === '' ? [] : rows, this.#database.path);
  }
}

const STORED_STATES = ['running', 'stopped', 'failed', 'done'] as const;

/** Which rows have one of `states`, given the processes that are gone. A stale study is one that runs, for the database. */
function stateCondition(
  states: readonly StudyState[],
  gone: ReadonlySet<string | null>,
): { readonly sql: string; readonly values: readonly string[] } {
  const wanted = new Set(states);
  const rows = STORED_STATES.filter((state) => wanted.has(state));
  if (wanted.has('stale') === wanted.has('running')) return { sql: stateIn(rows), values: [] };
  const others = stateIn(rows.filter((state) => state !== 'running'));
  const isOrphan = '(owner IS NULL OR owner IN (SELECT value FROM json_each(?)))';
  return {
    sql: `(${others} OR (+state = 'running' AND ${wanted.has('stale') ? '' : 'NOT '}${isOrphan}))`,
    values: [JSON.stringify([...gone].filter((owner) => owner !== null))],
  };
}

/** With a plus, so that rows are read in their order: by the index of states they would have to be sorted. */
function stateIn(states: readonly StudyState[]): string {
  if (states.length === STORED_STATES.length) return '1';
  return `+state IN (${states.map((state) => `'${state}'`).join(', ')})`;
}

/** Eight letters and digits that cannot be confused. */
function newId(): string {
  const letters = '23456789abcdefghjkmnpqrstuvwxyz';
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
}

function readRow({ row, original_loss, best_loss }: ListedRow): StudyRow {
  return Object.assign(JSON.parse(row) as Omit<StudyRow, keyof ListedRow>, { original_loss, best_loss });
}

function summaryOf(row: StudyRow, gone: ReadonlySet<string | null>): StudySummary {
  return {
    id: row.id,
    task: row.task,
    prompt: row.prompt,
    method: row.method,
    model: row.model,
    state: shownState(row, gone),
    created: row.created,
    updated: row.updated,
    evaluations: row.evaluations,
    originalLoss: row.original_loss,
    bestLoss: row.best_loss,
    experiment: row.experiment,
    runDir: row.run_dir,
    error: row.error,
  };
}

function shownState(
  { state, owner }: Pick<StudyRow, 'state' | 'owner'>,
  gone: ReadonlySet<string | null>,
): StudyState {
  return state === 'running' && gone.has(owner) ? 'stale' : state;
}

/** Of a study that runs. */
function inUse({ id, owner: text }: StudyRow): DpoError {
  const owner = JSON.parse(text!) as Owner;
  const { host, pid } = owner;
  const hint = isNear(owner) ? '' : ` ${SILENCE_SENTENCE}`;
  return new DpoError(
    'INVALID_OPTION',
    `The study ${id} is being worked on, by process ${pid} on ${host}. Wait for it, or end that process first.${hint}`,
    { details: { study: id, pid, host } },
  );
}

function takenOver(id: string): DpoError {
  return new DpoError(
    'EXECUTION_FAILED',
    `Another process has taken over the study ${id}: nothing was heard of this one for too long, as when a machine sleeps. What was computed is kept; leave the study to that process.`,
  );
}

function notFound(id: string, rows: readonly StudyRow[], path: string): DpoError {
  const message =
    rows.length === 0
      ? `There is no study "${id}" in the store ${path}. dpo-diff studies lists those that there are.`
      : `"${id}" may be any of several studies, such as ${rows.map((row) => row.id).join(' and ')}. Give more of it.`;
  return new DpoError('INVALID_OPTION', message, { details: { study: id, store: path } });
}
