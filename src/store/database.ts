/** @file SQLite behind a small door: the only importer of its library. Parameters go in as lists, rows come out as plain objects. */
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { makeFolderSync } from '../disk/make-folder.ts';
import { DpoError } from '../errors.ts';
import { migrate } from './migrations.ts';

/** What may go into a column; bytes come out of it as an `ArrayBuffer`. */
export type Value = string | number | null | Uint8Array;

/** A statement that was prepared once. */
export interface Statement<Row> {
  all(...parameters: readonly Value[]): Row[];
  /** The first row. */
  one(...parameters: readonly Value[]): Row | undefined;
  /** How many rows it changed. */
  run(...parameters: readonly Value[]): number;
}

/** How long a writer waits for another process to finish its transaction, in milliseconds. */
const PATIENCE_MS = 30_000;

/** One open database. Every `run` outside of `atomically` is committed, and on the disk, when it returns. */
export class Database {
  readonly path: string;
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  /**
   * Opens the file at `path`, makes it and its folder where there is none, and brings its tables up to date.
   * @throws {DpoError} FILE_ACCESS when it cannot be opened, is no database, or was written by a later version
   */
  constructor(path: string) {
    this.path = path;
    this.#sqlite = opened(path);
    this.#told(() => {
      // Readers and one writer do not wait for each other; a commit is on the disk before it is said to be done.
      this.#sqlite.pragma('journal_mode = WAL');
      this.#sqlite.pragma('synchronous = FULL');
      migrate(this);
    });
  }

  statement<Row>(sql: string): Statement<Row> {
    // As a list: a lone buffer would be taken for named parameters.
    return {
      all: (...parameters) => this.#told(() => this.#prepared(sql).all(parameters) as Row[]),
      one: (...parameters) => this.#told(() => (this.#prepared(sql).all(parameters) as Row[])[0]),
      run: (...parameters) => this.#told(() => this.#prepared(sql).run(parameters).changes),
    };
  }

  /**
   * Does all of `work` or, where it throws, none of it; other processes write before or after. Within another such work it is a
   * part of that one.
   */
  atomically<T>(work: () => T): T {
    if (this.#sqlite.inTransaction) return work();
    return this.#told(() => {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      try {
        const value = work();
        this.#sqlite.exec('COMMIT');
        return value;
      } catch (error) {
        // A full disk may have ended the transaction already.
        if (this.#sqlite.inTransaction) this.#sqlite.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Several statements, of our own making, at once. */
  execute(sql: string): void {
    this.#told(() => this.#sqlite.exec(sql));
  }

  /** The version of the tables. */
  get version(): number {
    const [{ user_version: version }] = this.#sqlite.pragma('user_version') as { user_version: number }[];
    return version;
  }

  set version(version: number) {
    this.#sqlite.pragma(`user_version = ${version}`);
  }

  /** Whether SQLite finds nothing wrong with the file. */
  isSound(): boolean {
    const rows = this.#told(() => this.#sqlite.pragma('integrity_check')) as { integrity_check: string }[];
    return rows.every(({ integrity_check: finding }) => finding === 'ok');
  }

  /** The file holds everything then. Node lets go of it when it collects its garbage: the library cannot end a statement. */
  close(): void {
    this.#statements.clear();
    try {
      // Nobody is waited for: whoever else has it open does the same in the end.
      this.#sqlite.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk; what the journal beside the file holds is read from there.
    }
    this.#sqlite.close();
  }

  #prepared(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql) ?? this.#sqlite.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #told<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw cause instanceof DpoError ? cause : storeError(this.path, cause);
    }
  }
}

function opened(path: string): Sqlite.Database {
  try {
    makeFolderSync(dirname(path));
    return new Sqlite(path, { timeout: PATIENCE_MS });
  } catch (cause) {
    throw storeError(path, cause);
  }
}

/** Messages of the library, by what they contain, and what to do. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/not a database/, 'it is not a store of dpo-diff. Choose another file with --store'],
  [/malformed|corrupt/, 'it is damaged. Move it away; a new one is made'],
  [
    /disk is full|SQLITE_FULL|ENOSPC/,
    'the disk is full. What was stored before is safe; make room, then go on: with dpo-diff resume, or the same experiment',
  ],
  [
    /disk I\/O/,
    'the disk gave an error, or is full. What was stored before is safe; make room, then go on: with dpo-diff resume, or the same experiment',
  ],
  [/readonly|read-only|EROFS/, 'it is read-only. Choose another file with --store'],
  [/EACCES|EPERM/, 'permission is denied. Choose another file with --store'],
  [
    /unable to open|EEXIST|ENOTDIR|EISDIR|ENOENT/i,
    'it cannot be opened. Choose another file with --store, or --store none',
  ],
  [/locked|busy/i, 'another process has kept it locked for half a minute. Try again'],
];

/** A FILE_ACCESS error that says why the store at `path` does not work and what may help. */
export function storeError(path: string, cause: unknown): DpoError {
  const { code = '', message = String(cause) } = cause as { code?: string; message?: string };
  const [, reason = message] = REASONS.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  return new DpoError('FILE_ACCESS', `The store ${path} cannot be used: ${reason}.`, {
    details: { path },
    cause,
  });
}
