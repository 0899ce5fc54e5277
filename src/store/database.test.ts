import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newStudy } from '../../tests/store/store-rows.ts';
import { CAN_MOUNT, readOnlyView, temporaryStores } from '../../tests/store/temporary-store.ts';
import { DpoError } from '../errors.ts';
import { Database } from './database.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

function errorOf(work: () => unknown): DpoError {
  try {
    work();
  } catch (error) {
    if (error instanceof DpoError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('Database', () => {
  it('gives rows as they were entered, bytes among them', () => {
    const database = new Database(freshPath());
    database.execute('CREATE TABLE things (name TEXT, size REAL, bytes BLOB)');
    const insert = database.statement('INSERT INTO things VALUES (?, ?, ?)');
    expect(insert.run('one', 1.5, new Uint8Array([1, 2, 255]))).toBe(1);
    insert.run('ein "anderes"; ☃', null, new Uint8Array());
    const rows = database.statement<{ name: string; size: number | null; bytes: ArrayBuffer }>(
      'SELECT * FROM things ORDER BY rowid',
    );
    expect(rows.all().map(({ bytes, ...row }) => ({ ...row, bytes: [...new Uint8Array(bytes)] }))).toEqual([
      { name: 'one', size: 1.5, bytes: [1, 2, 255] },
      { name: 'ein "anderes"; ☃', size: null, bytes: [] },
    ]);
    database.close();
  });

  it('gives the first row also after all of them were read, and none where there is none', () => {
    const database = new Database(freshPath());
    database.execute('CREATE TABLE things (size INTEGER); INSERT INTO things VALUES (1), (2), (3)');
    const things = database.statement<{ size: number }>(
      'SELECT size FROM things WHERE size > ? ORDER BY size',
    );
    expect(things.all(1)).toHaveLength(2);
    expect(things.one(0)).toEqual({ size: 1 });
    expect(things.one(1)).toEqual({ size: 2 });
    expect(things.one(3)).toBeUndefined();
    database.close();
  });

  it('does all of a transaction or none of it, also within another', () => {
    const database = new Database(freshPath());
    database.execute('CREATE TABLE things (size INTEGER)');
    const add = (size: number) => database.statement('INSERT INTO things VALUES (?)').run(size);
    const fail = () =>
      database.atomically(() => {
        add(1);
        database.atomically(() => add(2));
        throw new RangeError('no');
      });
    expect(fail).toThrow(/no/);
    database.atomically(() => database.atomically(() => add(3)));
    expect(database.statement('SELECT size FROM things').all()).toEqual([{ size: 3 }]);
    database.close();
  });

  it('waits for another that writes', () => {
    const path = freshPath();
    const one = new Database(path);
    one.execute('CREATE TABLE things (size INTEGER)');
    const other = new Database(path);
    const add = (database: Database) => database.statement('INSERT INTO things VALUES (1)').run();
    one.atomically(() => add(one));
    other.atomically(() => add(other));
    expect(one.statement('SELECT count(*) AS count FROM things').all()).toEqual([{ count: 2 }]);
    one.close();
    other.close();
  });

  it('makes the folders of its file', () => {
    const path = freshPath('not/yet/there/studies.db');
    new Database(path).close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});

describe('a path that is no store', () => {
  it.each([
    [
      'text',
      (path: string) => writeFileSync(path, 'prompt,loss\n'.repeat(1000)),
      /it is not a store of dpo-diff/,
    ],
    ['a folder', (path: string) => mkdirSync(path), /it is a folder\. Name a file with --store\.$/],
  ])('is refused in a sentence: %s', (_, make, sentence) => {
    const path = freshPath();
    make(path);
    const error = errorOf(() => new Database(path));
    expect(error.code).toBe('FILE_ACCESS');
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(path);
  });

  it.each([
    ...['/proc/x/studies.db', '/proc/studies.db', '/sys/kernel/studies.db'],
    ...['/dev/null/studies.db', '/dev/null'],
  ])('is refused in a sentence: %s', (path) => {
    const error = errorOf(() => new Database(path));
    expect(error.code).toBe('FILE_ACCESS');
    expect(error.message).toMatch(
      /^The store \S+ cannot be used: (it cannot be opened|permission is denied|it is no plain file|there is a file where a folder should be)\. Choose another (file|one) with --store/,
    );
  });

  it('is refused below a file', () => {
    const file = freshPath();
    writeFileSync(file, '');
    expect(errorOf(() => new Database(`${file}/studies.db`)).message).toMatch(
      /there is a file where a folder should be\. Choose another file with --store/,
    );
  });

  it.skipIf(!CAN_MOUNT)('is refused on a read-only disk, with a store on it or not', () => {
    const path = freshPath();
    const view = freshPath();
    new StudyStore(path).close();
    const unmount = readOnlyView(dirname(path), view);
    try {
      for (const name of ['studies.db', 'other.db', 'folder/studies.db']) {
        const error = errorOf(() => new StudyStore(join(view, name)).studies.begin(newStudy()));
        expect(error.code).toBe('FILE_ACCESS');
        expect(error.message).toMatch(/it is read-only\. Choose another file with --store, such as a copy/);
      }
    } finally {
      unmount();
    }
  });

  it('is an empty file no more', () => {
    const path = freshPath();
    writeFileSync(path, '');
    new StudyStore(path).close();
    expect(readFileSync(path).length).toBeGreaterThan(0);
  });
});

describe('a store that is damaged', () => {
  /** Overwrites every page after the first `kept`. */
  function damage(path: string, kept: number): void {
    const size = readFileSync(path).length;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size - kept * 4096, 0xa5), 0, size - kept * 4096, kept * 4096);
    closeSync(file);
  }

  function made(): string {
    const path = freshPath();
    const store = new StudyStore(path);
    for (let i = 0; i < 200; i++) store.history.addEvent(1, i, 'x'.repeat(500));
    store.close();
    return path;
  }

  it('is refused in a sentence where it is read', () => {
    const path = made();
    damage(path, 1);
    const error = errorOf(() => {
      const store = new StudyStore(path);
      store.history.events(1);
    });
    expect(error.code).toBe('FILE_ACCESS');
    expect(error.message).toMatch(/it is damaged\. Move it away; a new one is made/);
  });

  it('is refused in a sentence when its header is damaged', () => {
    const path = made();
    damage(path, 0);
    expect(errorOf(() => new StudyStore(path)).message).toMatch(/it is not a store of dpo-diff/);
  });

  it('is refused in a sentence when it was cut', () => {
    const path = made();
    writeFileSync(path, readFileSync(path).subarray(0, 3 * 4096));
    const error = errorOf(() => new StudyStore(path).history.events(1));
    expect(error.code).toBe('FILE_ACCESS');
    expect(error.message).toMatch(/it is damaged/);
  });
});
