import { describe, expect, it } from 'vitest';
import { newStudy } from '../../tests/store/store-rows.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { Database } from './database.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

/** Tables and indexes, as they were made. */
function schemaOf(path: string): unknown[] {
  const database = new Database(path);
  const rows = database.statement('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  database.close();
  return rows;
}

describe('migrate', () => {
  it('makes the tables of a new store', () => {
    const database = new Database(freshPath());
    expect(database.version).toBe(MIGRATIONS.length);
    database.close();
  });

  it('leaves a store of today as it is', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const { id } = store.studies.begin(newStudy());
    store.close();
    const before = schemaOf(path);
    const again = new StudyStore(path);
    expect(again.studies.get(id).prompt).toBe(newStudy().prompt);
    again.close();
    expect(schemaOf(path)).toEqual(before);
  });

  it('refuses a store of a later version, and leaves it as it is', () => {
    const path = freshPath();
    const database = new Database(path);
    database.version = MIGRATIONS.length + 1;
    database.close();
    expect(() => new StudyStore(path)).toThrow(
      /^The store .* was written by a later version of dpo-diff \(its tables are of version \d+, this program knows \d+\)\. Update dpo-diff, or choose another file with --store\.$/,
    );
    expect(() => new StudyStore(path)).toThrow(expect.objectContaining({ code: 'FILE_ACCESS' }));
  });

  it('brings an older store up to date, with what is in it', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const { id } = store.studies.begin(newStudy());
    store.close();
    // A later program's migration, on the store of this one.
    const later = [...MIGRATIONS, "ALTER TABLE studies ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"];
    const database = new Database(path);
    migrate(database, later);
    expect(database.version).toBe(later.length);
    expect(database.statement('SELECT id, colour FROM studies').all()).toEqual([{ id, colour: 'blue' }]);
    database.close();
  });

  it('brings a store of version 1 up to date: its studies know their jobs, and who is at work has time to be heard of', () => {
    const path = freshPath();
    const database = new Database(path);
    const tables = database.statement<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table'",
    );
    for (const { name } of tables.all()) database.execute(`DROP TABLE ${name}`);
    database.version = 0;
    migrate(database, MIGRATIONS.slice(0, 1));
    const [elsewhere, other] = ['one', 'other'].map((host) => JSON.stringify({ host, pid: 1, began: '' }));
    database.execute(`
      INSERT INTO studies (number, id, task, prompt, method, model, state, owner, created, updated, experiment) VALUES
        (1, 'first', 'improve', 'a', 'random', 'pocket', 'running', '${elsewhere}', '2026', '2026', 'figure-6'),
        (2, 'second', 'improve', 'a', 'random', 'pocket', 'done', NULL, '2026', '2026', NULL);
      INSERT INTO study_texts (study, fingerprint, request) VALUES
        (1, 'f', '{"experiment":"figure-6","job":"p000/run/s0"}'), (2, 'f', 'null');
      INSERT INTO experiments VALUES ('figure-6', '{}', '2026');
      INSERT INTO jobs (experiment, place, key, job, state, owner, updated) VALUES
        ('figure-6', 0, 'p000/run/s0', '{}', 'running', '${other}', '2026'),
        ('figure-6', 1, 'p001/run/s0', '{}', 'done', NULL, '2026');
    `);
    database.close();
    const store = new StudyStore(path);
    const studies = store.studies.list({ experiment: 'figure-6', job: 'p000/run/s0' });
    expect(studies).toMatchObject([{ id: 'first', state: 'running' }]);
    expect(store.experiments.counts('figure-6')).toMatchObject({ running: 1, stale: 0, done: 1 });
    store.close();
    const migrated = new Database(path);
    const heard = migrated
      .statement<{ owner: string; seen: number }>('SELECT owner, seen FROM processes')
      .all();
    expect(new Set(heard.map(({ owner }) => owner))).toEqual(new Set([elsewhere, other]));
    migrated.close();
  });

  it('does all of a migration or none of it', () => {
    const path = freshPath();
    const database = new Database(path);
    const broken = [...MIGRATIONS, 'CREATE TABLE half (one TEXT); CREATE TABLE half (one TEXT);'];
    expect(() => migrate(database, broken)).toThrow(/half already exists/);
    expect(database.version).toBe(MIGRATIONS.length);
    database.close();
    expect(JSON.stringify(schemaOf(path))).not.toContain('half');
  });
});
