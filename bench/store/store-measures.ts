/** @file What is timed on a store of a given size, and how long the disk takes for nothing but a write that is certain. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { type FilledStore, pictureKey, SCORER } from './filled-store.ts';

/** Seconds of each, the median of many, but for the size. */
export interface StoreMeasures {
  readonly evaluations: number;
  readonly studies: number;
  /** A picture of the embedded model with its score and its PNG file of 8 KB. */
  readonly picture: number;
  /** An evaluation with its event and its study's progress, in one transaction. */
  readonly evaluation: number;
  /** A picture and its score found by their keys; then a picture that is not there. */
  readonly hit: number;
  readonly miss: number;
  /** Opening the store, claiming a study and reading its 40 evaluations and events. */
  readonly resume: number;
  /** The newest 20 studies of an experiment; then all studies, for each of them. */
  readonly listNewest: number;
  readonly listEach: number;
  /** Of the file, for each evaluation with its picture of 4 KB. */
  readonly bytes: number;
}

export function measureStore(filled: FilledStore, runs: number): StoreMeasures {
  const { count: evaluations } = filled;
  filled.reopen();
  const bytes = statSync(filled.path).size / evaluations;
  const studies = filled.store.studies.list().length;
  const at = (i: number) => pictureKey(Math.floor(((i * 0.618033988749895) % 1) * evaluations));
  const find = (key: string) => {
    filled.store.pictures.find(key);
    filled.store.pictures.score(key, SCORER);
  };
  return {
    ...{ evaluations, studies, bytes },
    hit: median(runs * 5, (i) => find(at(i))),
    miss: median(runs * 5, (i) => find(pictureKey(-1 - i))),
    resume: median(20, (i) => resume(filled, (i * 0.618033988749895) % 1)),
    listNewest: median(20, () =>
      filled.store.studies.list({ experiment: 'experiment 2', states: ['done', 'stale'], limit: 20 }),
    ),
    listEach: median(5, () => filled.store.studies.list()) / studies,
    ...measureWrites(filled, runs),
  };
}

/** Last, because the store grows by it. */
function measureWrites(filled: FilledStore, runs: number): Pick<StoreMeasures, 'picture' | 'evaluation'> {
  const png = Array.from({ length: runs }, () => randomBytes(8000));
  const pictures: number[] = [];
  const evaluations: number[] = [];
  for (let i = 0; i < runs; i++) {
    pictures.push(seconds(() => filled.addPicture(png[i])));
    evaluations.push(seconds(() => filled.addEvaluation()));
  }
  return { picture: middle(pictures), evaluation: middle(evaluations) };
}

function resume(filled: FilledStore, at: number): void {
  filled.reopen();
  const { id, number } = filled.store.studies.claim(filled.endedStudy(at));
  filled.store.history.evaluations(number);
  filled.store.history.events(number);
  filled.store.studies.finish(id, { summary: 'x'.repeat(3000) });
}

/** Seconds of writing 4 KB at the end of a file and waiting until the disk has them. */
export function measureDisk(path: string, runs: number): number {
  const file = openSync(path, 'a');
  const page = Buffer.alloc(4096, 1);
  const took = median(runs, () => {
    writeSync(file, page);
    fsyncSync(file);
  });
  closeSync(file);
  return took;
}

export function median(runs: number, work: (run: number) => unknown): number {
  return middle(Array.from({ length: runs }, (_, i) => seconds(() => work(i))));
}

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}
