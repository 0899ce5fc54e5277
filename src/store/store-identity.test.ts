import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseOfAnother } from '../../tests/store/other-database.ts';
import { newStudy } from '../../tests/store/store-rows.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { APPLICATION_ID } from './store-identity.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

describe('a database of another program', () => {
  it.each([
    ['of one table', 'CREATE TABLE moz_places (url TEXT)'],
    ['with a table named as one of ours', 'CREATE TABLE jobs (id TEXT)'],
    ['with a version', 'CREATE TABLE moz_places (url TEXT); PRAGMA user_version = 3'],
    ['with a version and no table', 'PRAGMA user_version = 1'],
    ['with a mark of its own', 'CREATE TABLE features (id TEXT); PRAGMA application_id = 1196444487'],
    ['with nothing but a mark of its own', 'PRAGMA application_id = 1196444487'],
    ['in WAL mode', 'PRAGMA journal_mode = WAL; CREATE TABLE moz_places (url TEXT)'],
  ])('is refused and left as it is, to the last byte: %s', (_, sql) => {
    const path = databaseOfAnother(freshPath('places.sqlite'), sql);
    const before = readFileSync(path);
    for (const access of ['read', 'write'] as const)
      expect(() => new StudyStore(path, access)).toThrow(
        expect.objectContaining({
          code: 'FILE_ACCESS',
          message: `The store ${path} cannot be used: it is not a store of dpo-diff. Choose another file with --store.`,
        }),
      );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.images`)).toBe(false);
  });

  it('keeps the journal that it was killed in', () => {
    const source = databaseOfAnother(freshPath('places.sqlite'), 'PRAGMA journal_mode = WAL', 'open');
    const path = freshPath('places.sqlite');
    for (const end of ['', '-wal']) copyFileSync(`${source}${end}`, `${path}${end}`);
    const before = ['', '-wal'].map((end) => readFileSync(`${path}${end}`));
    expect(before[1].length).toBeGreaterThan(0);
    expect(() => new StudyStore(path, 'read')).toThrow(/it is not a store of dpo-diff/);
    expect(readFileSync(path).equals(before[0])).toBe(true);
    expect(readFileSync(`${path}-wal`).equals(before[1])).toBe(true);
  });
});

describe('a store', () => {
  it('bears our mark', () => {
    const path = freshPath();
    new StudyStore(path).close();
    expect(readFileSync(path).readUInt32BE(68)).toBe(APPLICATION_ID);
  });

  it('from before there was a mark is known by its tables, and gets one', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const { id } = store.studies.begin(newStudy());
    store.close();
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(0, 68);
    const old = freshPath();
    writeFileSync(old, bytes);
    const opened = new StudyStore(old);
    expect(opened.studies.get(id).prompt).toBe(newStudy().prompt);
    opened.close();
    expect(readFileSync(old).readUInt32BE(68)).toBe(APPLICATION_ID);
  });

  it('is known also while all of it is in the file beside it', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const { id } = store.studies.begin(newStudy());
    const copy = freshPath();
    for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
    store.close();
    const opened = new StudyStore(copy);
    expect(opened.studies.get(id).prompt).toBe(newStudy().prompt);
    opened.close();
  });

  it('is not made where a file is in the place of its pictures', () => {
    const path = freshPath();
    writeFileSync(`${path}.images`, '');
    expect(() => new StudyStore(path)).toThrow(
      `The store ${path} cannot be used: ${path}.images should be the folder of its pictures, but is a file. Move that file away, or choose another store with --store.`,
    );
    expect(existsSync(path)).toBe(false);
    expect(existsSync(dirname(path))).toBe(true);
  });
});
