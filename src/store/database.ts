/** @file SQLite behind a small door: the only importer of its library. Parameters go in as lists, rows come out as plain objects. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'libsql';
import { makeFolderSync } from '../disk/make-folder.ts';
import { DpoError } from '../errors.ts';
import { assertCurrent, MIGRATIONS, migrate } from './migrations.ts';
import { APPLICATION_ID, type FileContent, headerVerdict, isStore } from './store-identity.ts';

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

/** `read` for those who can do with a file that cannot be written; where it can be, they may write too. */
export type Access = 'read' | 'write';

/**
 * Files that this process has opened as stores, which need not be looked at again. They must not be: when a process closes a file that it
 * has read past SQLite, the system forgets all of its locks on it, and those of a closed database last until garbage is collected.
 */
const OPENED_FILES = new Set<string | undefined>();

/** One open database. Every `run` outside of `atomically` is committed, and on the disk, when it returns. */
export class Database {
  readonly path: string;
  #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  /**
   * Opens the file at `path`, makes it and its folder where there is none, and brings its tables up to date. A file of somebody else
   * is left as it is.
   * @throws {DpoError} FILE_ACCESS when it cannot be opened, is no store, or was written by a later version
   */
  constructor(path: string, access: Access = 'write') {
    this.path = path;
    refuseOthers(path);
    this.#sqlite = opened(path);
    try {
      this.#told(() => patiently(() => this.#prepare(access)));
    } catch (error) {
      this.#sqlite.close();
      if (access === 'write' || !isReadOnly(error as DpoError)) throw error;
      this.#sqlite = openedForReading(path);
      this.#told(() => assertCurrent(this));
    }
    OPENED_FILES.add(fileId(path));
  }

  #prepare(access: Access): void {
    // First of all: so it is in a new file's header at once, and never only in the journal beside it.
    if (access === 'write' && numberOf(this.#sqlite, 'application_id') !== APPLICATION_ID)
      this.#sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    // Readers and one writer do not wait for each other; a commit is on the disk before it is said to be done.
    this.#sqlite.pragma('journal_mode = WAL');
    this.#sqlite.pragma('synchronous = FULL');
    if (access === 'write' || this.version !== MIGRATIONS.length) this.#tryToWrite();
    migrate(this);
  }

  /** So that it is said now, and not when the first of what was computed is to be kept. */
  #tryToWrite(): void {
    this.#sqlite.exec('BEGIN IMMEDIATE');
    try {
      // A transaction alone is allowed also where nothing can be written.
      this.version = numberOf(this.#sqlite, 'user_version');
    } finally {
      this.#sqlite.exec('ROLLBACK');
    }
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
    return numberOf(this.#sqlite, 'user_version');
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

/** What the system knows a file by, whatever it is called; undefined where there is none. */
function fileId(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev} ${stats.ino}`;
}

/** @throws {DpoError} FILE_ACCESS where there is something else than a store, which stays as it is to the last byte */
function refuseOthers(path: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || OPENED_FILES.has(fileId(path))) return;
    if (stats.isDirectory()) throw refusal(path, 'it is a folder. Name a file with --store');
    if (!stats.isFile()) throw refusal(path, 'it is no plain file. Choose another one with --store');
    const verdict = headerVerdict(path);
    if (verdict === 'store' || (verdict === 'unknown' && isStore(contentOf(path)))) return;
    throw refusal(path, 'it is not a store of dpo-diff. Choose another file with --store');
  } catch (cause) {
    throw cause instanceof DpoError ? cause : storeError(path, cause);
  }
}

/** Of a file that says of itself no more than that it is SQLite's. */
function contentOf(path: string): FileContent {
  // Whoever may write would end what another program was killed in, and write it into its file.
  const sqlite = new Sqlite(`${pathToFileURL(path)}?mode=ro`, { timeout: PATIENCE_MS });
  try {
    return contentIn(sqlite);
  } catch (error) {
    if (!isReadOnly(storeError(path, error))) throw error;
    const still = openedForReading(path);
    const content = contentIn(still);
    still.close();
    return content;
  } finally {
    sqlite.close();
  }
}

function contentIn(sqlite: Sqlite.Database): FileContent {
  const rows = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all([]) as {
    name: string;
  }[];
  return {
    applicationId: numberOf(sqlite, 'application_id'),
    version: numberOf(sqlite, 'user_version'),
    tables: rows.map(({ name }) => name),
  };
}

/**
 * Where not even the files that SQLite needs beside its own can be made, as on a read-only disk. Everything must be in the file itself
 * then, and it is read as one that does not change; what another user writes meanwhile may be missed.
 */
function openedForReading(path: string): Sqlite.Database {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw refusal(
      path,
      `it is read-only, and what was written last is still in ${path}-wal, which can be read only where one may write. Copy both files, and the folder ${path}.images, to such a place and name the copy with --store`,
    );
  return new Sqlite(`${pathToFileURL(path)}?immutable=1`);
}

/** SQLite itself does not wait where a file becomes one with a journal beside it: whoever makes a store may be joined at any moment. */
function patiently(work: () => void): void {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!LOCKED.test(errorText(error)) || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function numberOf(sqlite: Sqlite.Database, pragma: 'application_id' | 'user_version'): number {
  const [row] = sqlite.pragma(pragma) as Record<string, number>[];
  return row[pragma];
}

const READ_ONLY = /readonly|read-only|EROFS/;
const LOCKED = /locked|busy/i;

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
  [READ_ONLY, 'it is read-only. Choose another file with --store, such as a copy of it'],
  [/EACCES|EPERM/, 'permission is denied. Choose another file with --store'],
  [/EEXIST|ENOTDIR/, 'there is a file where a folder should be. Choose another file with --store'],
  [/unable to open|EISDIR|ENOENT/i, 'it cannot be opened. Choose another file with --store'],
  [LOCKED, 'another process has kept it locked for half a minute. Try again'],
];

/** A FILE_ACCESS error that says why the store at `path` does not work and what may help. */
export function storeError(path: string, cause: unknown): DpoError {
  const text = errorText(cause);
  // The library says no more than that it cannot; the system says why.
  const said = /unable to open/i.test(text) ? errorText(accessError(path) ?? cause) : text;
  const { message = String(cause) } = cause as { message?: string };
  const [, reason = message] = REASONS.find(([pattern]) => pattern.test(said)) ?? [];
  return refusal(path, reason, cause);
}

/** A FILE_ACCESS error with the reason why the store at `path` does not work, and what may help. */
export function refusal(path: string, reason: string, cause?: unknown): DpoError {
  const message = `The store ${path} cannot be used: ${reason}.`;
  return new DpoError('FILE_ACCESS', message, { details: { path }, cause });
}

/** What keeps this process from writing into the folder of `path`. */
function accessError(path: string): unknown {
  try {
    accessSync(dirname(path), constants.W_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Whether somebody who only reads may still get at what is in the file. */
function isReadOnly({ cause }: DpoError): boolean {
  const text = errorText(cause);
  return READ_ONLY.test(text) || /unable to open/i.test(text);
}

function errorText(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return `${code} ${message}`;
}
