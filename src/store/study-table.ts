/** @file Studies: what was asked, how far each is, and what came of it. */
import { randomInt } from 'node:crypto';
import { DpoError } from '../errors.ts';
import type { Database, Value } from './database.ts';
import { isGone, isSameProcess, type Owner, thisProcess } from './process-owner.ts';
import type { StudyState } from './study-state.ts';

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
  readonly experiment?: string;
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

type WholeRow = StudyRow & {
  readonly request: string;
  readonly fingerprint: string;
  readonly result: string | null;
};

const LISTED =
  'number, id, task, prompt, method, model, state, owner, created, updated, evaluations, original_loss, best_loss, experiment, run_dir, error';

export class StudyTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Enters a study that this process works on. */
  begin(study: NewStudy): StoredStudy {
    const now = new Date().toISOString();
    const id = newId();
    this.#database
      .statement(
        `INSERT INTO studies (id, task, prompt, method, model, request, fingerprint, experiment, state, owner, created, updated)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)`,
      )
      .run(
        ...[id, study.task, study.prompt, study.method, study.model, JSON.stringify(study.request)],
        ...[study.fingerprint, study.experiment ?? null, JSON.stringify(thisProcess()), now, now],
      );
    return this.get(id);
  }

  /**
   * Makes this process work on a study that no living process works on.
   * @throws {DpoError} INVALID_OPTION when one does, or the study is not known
   */
  claim(id: string): StoredStudy {
    return this.#database.atomically(() => {
      const row = this.#row(id);
      if (shownState(row) === 'running' && !isSameProcess(ownerOf(row)!, thisProcess())) throw inUse(row);
      this.#set(row.id, { state: 'running', owner: JSON.stringify(thisProcess()), error: null });
      return this.get(row.id);
    });
  }

  /**
   * The study whose id is, or begins with, `id`.
   * @throws {DpoError} INVALID_OPTION when there is none, or more than one
   */
  get(id: string): StoredStudy {
    const row = this.#row(id);
    const { request, fingerprint, result } = row;
    return {
      ...summaryOf(row),
      number: row.number,
      request: JSON.parse(request),
      fingerprint,
      result: result === null ? null : JSON.parse(result),
    };
  }

  /** The newest first. */
  list({ experiment, states, limit }: StudyFilter = {}): StudySummary[] {
    const where = experiment === undefined ? '' : 'WHERE experiment = ?';
    const rows = this.#database
      .statement<StudyRow>(`SELECT ${LISTED} FROM studies ${where} ORDER BY number DESC`)
      .all(...(experiment === undefined ? [] : [experiment]));
    const wanted = rows.map(summaryOf).filter(({ state }) => states?.includes(state) ?? true);
    return wanted.slice(0, limit);
  }

  note(
    id: string,
    progress: { evaluations: number; originalLoss: number | null; bestLoss: number | null },
  ): void {
    const { evaluations, originalLoss, bestLoss } = progress;
    this.#set(id, { evaluations, original_loss: originalLoss, best_loss: bestLoss });
  }

  /** Where its pictures and reports are. */
  setRunDir(id: string, runDir: string): void {
    this.#set(id, { run_dir: runDir });
  }

  finish(id: string, result: unknown): void {
    this.#set(id, { state: 'done', owner: null, error: null, result: JSON.stringify(result) });
  }

  /** Its user ended it before its end; `result` is what there was. */
  stop(id: string, result: unknown): void {
    this.#set(id, { state: 'stopped', owner: null, result: JSON.stringify(result) });
  }

  fail(id: string, error: string): void {
    this.#set(id, { state: 'failed', owner: null, error });
  }

  #set(id: string, columns: Readonly<Record<string, Value>>): void {
    const given = { ...columns, updated: new Date().toISOString() };
    const assignments = Object.keys(given).map((name) => `${name} = ?`);
    this.#database
      .statement(`UPDATE studies SET ${assignments.join(', ')} WHERE id = ?`)
      .run(...Object.values(given), id);
  }

  #row(id: string): WholeRow {
    const rows = this.#database
      .statement<WholeRow>('SELECT * FROM studies WHERE id >= ? AND id < ? ORDER BY id LIMIT 3')
      .all(id, `${id}\uffff`);
    const exact = rows.find((row) => row.id === id);
    if (exact) return exact;
    if (rows.length === 1 && id !== '') return rows[0];
    throw notFound(id, rows, this.#database.path);
  }
}

/** Eight letters and digits that cannot be confused. */
function newId(): string {
  const letters = '23456789abcdefghjkmnpqrstuvwxyz';
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
}

function summaryOf(row: StudyRow): StudySummary {
  const { id, task, prompt, method, model, created, updated, evaluations, experiment, error } = row;
  return {
    ...{ id, task, prompt, method, model, state: shownState(row), created, updated, evaluations },
    originalLoss: row.original_loss,
    bestLoss: row.best_loss,
    ...{ experiment, runDir: row.run_dir, error },
  };
}

function shownState(row: Pick<StudyRow, 'state' | 'owner'>): StudyState {
  const owner = ownerOf(row);
  return row.state === 'running' && (owner === undefined || isGone(owner)) ? 'stale' : row.state;
}

function ownerOf({ owner }: Pick<StudyRow, 'owner'>): Owner | undefined {
  return owner === null ? undefined : (JSON.parse(owner) as Owner);
}

function inUse({ id, owner }: StudyRow): DpoError {
  const { host, pid } = JSON.parse(owner!) as Owner;
  return new DpoError(
    'INVALID_OPTION',
    `The study ${id} is being worked on, by process ${pid} on ${host}. Wait for it, or end that process first.`,
    { details: { study: id, pid, host } },
  );
}

function notFound(id: string, rows: readonly StudyRow[], path: string): DpoError {
  const message =
    rows.length === 0
      ? `There is no study "${id}" in the store ${path}. dpo-diff studies lists those that there are.`
      : `"${id}" may be any of several studies, such as ${rows.map((row) => row.id).join(' and ')}. Give more of it.`;
  return new DpoError('INVALID_OPTION', message, { details: { study: id, store: path } });
}
