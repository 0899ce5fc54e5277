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
