import { copyFileSync, cpSync, existsSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StoreProcess } from '../../tests/store/store-process.ts';
import { evaluation, latents, newStudy } from '../../tests/store/store-rows.ts';
import { CAN_MOUNT, smallDisk, temporaryStores } from '../../tests/store/temporary-store.ts';
import { DpoError } from '../errors.ts';
import { Database } from './database.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

function integrityOf(path: string): unknown {
  const database = new Database(path);
  try {
    return database.statement<{ integrity_check: string }>('PRAGMA integrity_check').all()[0].integrity_check;
  } finally {
    database.close();
  }
}

/** How many evaluations each study has, by its id. */
function evaluationsIn(path: string): Map<string, number[]> {
  const store = new StudyStore(path);
  const studies = store.studies.list().map(({ id }) => store.studies.get(id));
  const counts = new Map(
    studies.map(({ id, number }) => [id, store.history.evaluations(number).map(({ place }) => place)]),
  );
  store.close();
  return counts;
}

describe('StudyStore', () => {
  it('is one file when it is closed, with a folder of pictures beside it', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const image = store.images.add(new Uint8Array([1, 2, 3]));
    const { id } = store.studies.begin(newStudy());
    store.close();
    expect(readdirSync(dirname(path))).toContain('studies.db.images');
    const copy = freshPath();
    copyFileSync(path, copy);
    cpSync(`${path}.images`, `${copy}.images`, { recursive: true });
    const copied = new StudyStore(copy);
    expect(copied.images.read(image)).toEqual(Buffer.from([1, 2, 3]));
    expect(copied.studies.get(id).state).toBe('running');
    copied.close();
  });

  it('stays where it was when the process goes to another folder', () => {
    const path = freshPath();
    const before = process.cwd();
    process.chdir(dirname(path));
    try {
      const store = new StudyStore('relative.db');
      process.chdir(before);
      const image = store.images.add(new Uint8Array([1, 2, 3]));
      expect(store.path).toBe(join(realpathSync(dirname(path)), 'relative.db'));
      expect(existsSync(join(dirname(path), 'relative.db.images', image.slice(0, 2), `${image}.png`))).toBe(
        true,
      );
      store.close();
    } finally {
      process.chdir(before);
    }
  });

  it('does all or nothing', () => {
    const store = new StudyStore(freshPath());
    const { number } = store.studies.begin(newStudy());
    const half = () =>
      store.atomically(() => {
        store.history.addEvent(number, 0, 'kept by nobody');
        store.studies.begin(newStudy());
        throw new RangeError('in the middle');
      });
    expect(half).toThrow(/in the middle/);
    expect(store.history.events(number)).toEqual([]);
    expect(store.studies.list()).toHaveLength(1);
    store.close();
  });
});

describe('several processes', () => {
  it('open a new store and write at once, and nothing is lost', async () => {
    const path = freshPath();
    const writers = [0, 1].map(() => new StoreProcess(path, 'write', '500'));
    await Promise.all(writers.map((writer) => writer.ready()));
    for (const writer of writers) writer.go();
    await Promise.all(writers.map((writer) => writer.ended()));
    const counts = [...evaluationsIn(path).values()];
    expect(counts).toEqual([
      Array.from({ length: 500 }, (_, i) => i),
      Array.from({ length: 500 }, (_, i) => i),
    ]);
    expect(integrityOf(path)).toBe('ok');
  });

  it('come and go, each of them the last one at times, and nothing is lost', async () => {
    const path = freshPath();
    const visitors = [0, 1, 2, 3].map(() => new StoreProcess(path, 'visit', '60'));
    await Promise.all(visitors.map((visitor) => visitor.ready()));
    for (const visitor of visitors) visitor.go();
    await Promise.all(visitors.map((visitor) => visitor.ended()));
    const told = visitors.flatMap((visitor) => visitor.said('study '));
    expect([...evaluationsIn(path).keys()].sort()).toEqual(told.sort());
    expect(integrityOf(path)).toBe('ok');
  });

  it('leave its journal to one that had the store open twice', async () => {
    const path = freshPath();
    const store = new StudyStore(path);
    new StudyStore(path).close();
    const visitor = new StoreProcess(path, 'visit', '2');
    await visitor.ready();
    visitor.go();
    await visitor.ended();
    const { id } = store.studies.begin(newStudy());
    expect([...evaluationsIn(path).keys()].sort()).toEqual([id, ...visitor.said('study ')].sort());
    store.close();
    expect(evaluationsIn(path).size).toBe(3);
  });

  it('take each job once', async () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const jobs = Array.from({ length: 400 }, (_, i) => ({ key: `job ${i}`, job: i }));
    store.experiments.begin('figure-6', { budget: 40 }, jobs);
    const workers = [0, 1, 2, 3].map(() => new StoreProcess(path, 'take', 'figure-6'));
    await Promise.all(workers.map((worker) => worker.ready()));
    for (const worker of workers) worker.go();
    await Promise.all(workers.map((worker) => worker.ended()));
    const taken = workers.flatMap((worker) => worker.said('took ').map(Number));
    expect(taken.sort((a, b) => a - b)).toEqual(jobs.map(({ job }) => job));
    expect(store.experiments.counts('figure-6')).toMatchObject({ done: 400, waiting: 0, running: 0 });
    store.close();
  });
});

describe('a writer that is killed', () => {
  it('had committed what it said, at 30 random instants, three writers at a time', async () => {
    const path = freshPath();
    const told = new Map<string, number>();
    for (let round = 0; round < 10; round++) {
      const writers = [0, 1, 2].map(() => new StoreProcess(path, 'write', '1000000'));
      await Promise.all(writers.map((writer) => writer.ready()));
      for (const writer of writers) writer.go();
      await Promise.all(
        writers.map(async (writer) => {
          await wait(Math.random() * 300);
          await writer.kill();
        }),
      );
      expect(integrityOf(path)).toBe('ok');
      for (const writer of writers)
        for (const id of writer.said('study ')) told.set(id, writer.said('written ').length);
    }
    const kept = evaluationsIn(path);
    expect([...kept.keys()]).toEqual(expect.arrayContaining([...told.keys()]));
    for (const [id, count] of told) {
      const places = kept.get(id)!;
      // One more may have been committed and not yet told of.
      expect(places.length - count).toBeOneOf([0, 1]);
      expect(places).toEqual(places.map((_, i) => i));
    }
    expect(Math.max(...told.values())).toBeGreaterThan(5);
    const store = new StudyStore(path);
    expect(new Set(store.studies.list().map(({ state }) => state))).toEqual(new Set(['stale']));
    store.close();
  }, 120_000);
});

describe.skipIf(!CAN_MOUNT)('a disk that fills up', () => {
  it('keeps what was committed, says so, and goes on when there is room', () => {
    const path = freshPath();
    const dir = dirname(path);
    const unmount = smallDisk(dir, 2048);
    try {
      const ballast = join(dir, 'ballast');
      writeFileSync(ballast, Buffer.alloc(2 ** 19));
      const store = new StudyStore(path);
      const { id, number } = store.studies.begin(newStudy());
      let count = 0;
      const write = () =>
        store.atomically(() => {
          store.history.addEvent(number, count, 'x'.repeat(2000));
          store.history.addEvaluation(number, evaluation(count));
          store.studies.note(id, { evaluations: count + 1, originalLoss: 1, bestLoss: 1 });
        });
      const fill = () => {
        for (; count < 10_000; count++) write();
      };
      expect(fill).toThrow(
        /^The store .* cannot be used: the disk (is full|gave an error, or is full)\. What was stored before is safe; make room/,
      );
      expect(count).toBeGreaterThan(20);
      expect(store.history.evaluations(number)).toHaveLength(count);
      expect(store.studies.get(id).evaluations).toBe(count);
      expect(fill).toThrow(DpoError);
      rmSync(ballast);
      const before = count;
      write();
      count += 1;
      store.close();
      expect(integrityOf(path)).toBe('ok');
      const again = new StudyStore(path);
      expect(again.history.evaluations(number)).toHaveLength(before + 1);
      expect(again.history.events(number)).toHaveLength(before + 1);
      again.close();
    } finally {
      unmount();
    }
  });

  it('keeps no picture in part', () => {
    const path = freshPath();
    const dir = dirname(path);
    const unmount = smallDisk(dir, 1024);
    try {
      const store = new StudyStore(path);
      const kept: string[] = [];
      const add = () => {
        for (let i = 0; i < 100; i++) {
          const png = new Uint8Array(40_000).fill(i);
          store.pictures.add({
            key: `picture ${i}`,
            latents: latents(1024, i),
            fault: null,
            png,
            scores: new Map([['clip', i]]),
          });
          kept.push(`picture ${i}`);
        }
      };
      expect(add).toThrow(/cannot be used: the disk (is full|gave an error, or is full)/);
      expect(kept.length).toBeGreaterThan(3);
      for (const [i, key] of kept.entries()) {
        expect(store.pictures.find(key)?.latents).toEqual(latents(1024, i));
        expect(store.pictures.score(key, 'clip')).toBe(i);
        expect(store.images.read(store.pictures.find(key)!.image!)).toHaveLength(40_000);
      }
      expect(store.pictures.find(`picture ${kept.length}`)).toBeUndefined();
      const files = readdirSync(`${path}.images`, { recursive: true }) as string[];
      expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
      store.close();
    } finally {
      unmount();
    }
  });
});
