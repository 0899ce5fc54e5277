/** @file The tables of the store, and how an older store becomes one of today. A migration that was released is never changed. */
import { DpoError } from '../errors.ts';

/** What a migration needs of a database. */
export interface MigratedDatabase {
  readonly path: string;
  version: number;
  execute(sql: string): void;
  atomically<T>(work: () => T): T;
}

/** Each brings the tables from the version of its place to the next. */
export const MIGRATIONS: readonly string[] = [
  `
  -- What files hold, so that gigabytes are hashed once.
  CREATE TABLE files (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL
  ) WITHOUT ROWID;

  -- The cache: pictures by all that determines them, their losses by scorer and prompt, text gradients.
  CREATE TABLE pictures (key TEXT PRIMARY KEY, latents BLOB NOT NULL, fault TEXT, image TEXT);
  CREATE TABLE scores (
    picture TEXT NOT NULL, scorer TEXT NOT NULL, loss REAL, PRIMARY KEY (picture, scorer)
  ) WITHOUT ROWID;
  CREATE TABLE gradients (
    key TEXT PRIMARY KEY, loss REAL, gradient BLOB NOT NULL, guided_steps REAL NOT NULL, unet_calls REAL NOT NULL
  );

  CREATE TABLE studies (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    task TEXT NOT NULL, prompt TEXT NOT NULL, method TEXT NOT NULL, model TEXT NOT NULL,
    state TEXT NOT NULL, owner TEXT,
    created TEXT NOT NULL, updated TEXT NOT NULL,
    evaluations INTEGER NOT NULL DEFAULT 0, original_loss REAL, best_loss REAL,
    experiment TEXT, run_dir TEXT, error TEXT
  );
  -- A digest of all that determines a study's course, what is needed to start it again, and what came of it: long, and read for one
  -- study at a time.
  CREATE TABLE study_texts (
    study INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, request TEXT NOT NULL, result TEXT
  );
  CREATE INDEX studies_by_experiment ON studies (experiment) WHERE experiment IS NOT NULL;
  CREATE INDEX studies_by_state ON studies (state, owner);
  CREATE TABLE evaluations (
    study INTEGER NOT NULL, place INTEGER NOT NULL,
    state TEXT NOT NULL, prompt TEXT NOT NULL, negative_prompt TEXT NOT NULL,
    loss REAL, seconds REAL NOT NULL, details TEXT NOT NULL,
    PRIMARY KEY (study, place)
  ) WITHOUT ROWID;
  CREATE TABLE events (
    study INTEGER NOT NULL, place INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (study, place)
  ) WITHOUT ROWID;

  CREATE TABLE experiments (
    name TEXT PRIMARY KEY, definition TEXT NOT NULL, created TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE jobs (
    experiment TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, job TEXT NOT NULL,
    state TEXT NOT NULL, owner TEXT, updated TEXT NOT NULL, result TEXT, error TEXT,
    PRIMARY KEY (experiment, place)
  ) WITHOUT ROWID;
  -- The next job is one look, and jobs are counted without reading them.
  CREATE INDEX jobs_by_state ON jobs (experiment, state, owner, place);
  `,
  `
  -- When each process that works on something last said that it lives, in milliseconds. Those of before are given time to be heard of.
  CREATE TABLE processes (owner TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO processes (owner, seen)
    SELECT owner, CAST(strftime('%s', 'now') AS INTEGER) * 1000 FROM (
      SELECT owner FROM jobs WHERE state = 'running' UNION SELECT owner FROM studies WHERE state = 'running'
    ) WHERE owner IS NOT NULL;

  -- The key of the experiment's job that a study belongs to: whoever takes the job again finds it at one look.
  ALTER TABLE studies ADD COLUMN job TEXT;
  UPDATE studies SET job = (SELECT json_extract(request, '$.job') FROM study_texts WHERE study = number)
    WHERE experiment IS NOT NULL;
  CREATE INDEX studies_by_job ON studies (experiment, job) WHERE job IS NOT NULL;
  `,
];

/** @throws {DpoError} FILE_ACCESS for a store that a later version of the program has written */
export function migrate(database: MigratedDatabase, migrations: readonly string[] = MIGRATIONS): void {
  if (database.version === migrations.length) return;
  database.atomically(() => {
    // Another process may have come first.
    const { version } = database;
    if (version > migrations.length) throw tooNew(database.path, version);
    for (const statements of migrations.slice(version)) database.execute(statements);
    database.version = migrations.length;
  });
}

/** For a store that cannot be brought up to date. @throws {DpoError} FILE_ACCESS when its tables are not those of today */
export function assertCurrent({ path, version }: Pick<MigratedDatabase, 'path' | 'version'>): void {
  if (version > MIGRATIONS.length) throw tooNew(path, version);
  if (version < MIGRATIONS.length) throw tooOld(path, version);
}

function tooOld(path: string, version: number): DpoError {
  return new DpoError(
    'FILE_ACCESS',
    `The store ${path} was written by an earlier version of dpo-diff, and cannot be brought up to date because it is read-only. Copy it, and the folder ${path}.images, to where you may write, and name the copy with --store.`,
    { details: { path, version } },
  );
}

function tooNew(path: string, version: number): DpoError {
  return new DpoError(
    'FILE_ACCESS',
    `The store ${path} was written by a later version of dpo-diff (its tables are of version ${version}, this program knows ${MIGRATIONS.length}). Update dpo-diff, or choose another file with --store.`,
    { details: { path, version } },
  );
}
