/** @file Takes a certain job, for tests of what becomes of it. */
import type { ExperimentTable, StoredJob } from '../../src/store/experiment-table.ts';

/** The job of that place, for this process; those before it are let go again. */
export function takeJob(experiments: ExperimentTable, name: string, place: number): StoredJob {
  const others: StoredJob[] = [];
  for (let job = experiments.take(name); job !== undefined; job = experiments.take(name)) {
    if (job.place === place) {
      for (const other of others) experiments.release(name, other.place);
      return job;
    }
    others.push(job);
  }
  throw new Error(`No job ${place} of "${name}" waits.`);
}

/** Takes it and finishes it. */
export function finishJob(experiments: ExperimentTable, name: string, place: number, result: unknown): void {
  takeJob(experiments, name, place);
  experiments.finish(name, place, result);
}

/** Takes it and lets it fail. */
export function failJob(experiments: ExperimentTable, name: string, place: number, error: string): void {
  takeJob(experiments, name, place);
  experiments.fail(name, place, error);
}
