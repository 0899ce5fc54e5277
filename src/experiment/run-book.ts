/** @file What the finished jobs of an experiment come to, run by run, added up row by row. */
import type { SettledPlaces } from '../store/experiment-table.ts';
import type { ExperimentJob } from './experiment-job.ts';
import type { ExperimentRow } from './experiment-row.ts';

/** One run, over its finished jobs. */
export interface RunProgress {
  readonly run: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Means over jobs whose losses are numbers; null where there is none. */
  readonly originalLoss: number | null;
  readonly bestLoss: number | null;
  readonly unetCalls: number;
}

export interface RunsProgress {
  readonly runs: readonly RunProgress[];
  /** Null before the first job is done. */
  readonly secondsLeft: number | null;
}

/** Sums over the finished jobs of a run. */
interface RunSums {
  readonly total: number;
  done: number;
  /** Jobs whose losses are numbers. */
  scored: number;
  originalLoss: number;
  bestLoss: number;
  unetCalls: number;
  seconds: number;
}

export class RunBook {
  readonly #runOf: readonly string[];
  readonly #sums: ReadonlyMap<string, RunSums>;
  readonly #read = new Set<number>();

  constructor(runs: readonly string[], jobs: readonly ExperimentJob[]) {
    this.#runOf = jobs.map(({ run }) => run);
    const none = { done: 0, scored: 0, originalLoss: 0, bestLoss: 0, unetCalls: 0, seconds: 0 };
    this.#sums = new Map(
      runs.map((run) => [run, { ...none, total: this.#runOf.filter((one) => one === run).length }]),
    );
  }

  /** Not when the experiment was begun anew. */
  isOf(total: number, { done }: SettledPlaces): boolean {
    const now = new Set(done);
    return total === this.#runOf.length && [...this.#read].every((place) => now.has(place));
  }

  /** Finished jobs whose rows were not read yet. */
  missing({ done }: SettledPlaces): number[] {
    return done.filter((place) => !this.#read.has(place));
  }

  add(rows: readonly { readonly place: number; readonly result: unknown }[]): void {
    for (const { place, result } of rows) {
      this.#read.add(place);
      const sums = this.#sums.get(this.#runOf[place]);
      if (sums !== undefined) addRow(sums, result as ExperimentRow);
    }
  }

  progress({ failed }: SettledPlaces, workers: number): RunsProgress {
    const runs = [...this.#sums].map(([run, sums]) => ({
      ...{ run, total: sums.total, done: sums.done },
      failed: failed.filter((place) => this.#runOf[place] === run).length,
      originalLoss: sums.scored === 0 ? null : sums.originalLoss / sums.scored,
      bestLoss: sums.scored === 0 ? null : sums.bestLoss / sums.scored,
      unetCalls: sums.unetCalls,
    }));
    return { runs, secondsLeft: this.#secondsLeft(runs, workers) };
  }

  /** Each run's jobs take what its finished ones took; those of a run without any take what all took. */
  #secondsLeft(runs: readonly RunProgress[], workers: number): number | null {
    const all = [...this.#sums.values()];
    const done = all.reduce((sum, one) => sum + one.done, 0);
    if (done === 0) return null;
    const seconds = all.reduce((sum, one) => sum + one.seconds, 0) / done;
    const left = runs.reduce((sum, run) => {
      const own = this.#sums.get(run.run)!;
      const open = run.total - run.done - run.failed;
      return sum + open * (own.done === 0 ? seconds : own.seconds / own.done);
    }, 0);
    return left / Math.max(1, workers);
  }
}

function addRow(sums: RunSums, row: ExperimentRow): void {
  sums.done += 1;
  sums.unetCalls += row.unetCalls;
  sums.seconds += row.seconds;
  const losses = lossesOf(row);
  if (losses === undefined) return;
  sums.scored += 1;
  sums.originalLoss += losses.original;
  sums.bestLoss += losses.best;
}

/** Before and after, whatever a kind calls so. */
function lossesOf(row: ExperimentRow): { original: number; best: number } | undefined {
  const [original, best] = pairOf(row);
  return isNumber(original) && isNumber(best) ? { original, best } : undefined;
}

function pairOf(row: ExperimentRow): readonly (number | undefined)[] {
  switch (row.kind) {
    case 'study':
      return [meanOf(row.original.losses), meanOf(row.best.losses)];
    case 'random-prompts':
      return [meanOf(row.original.losses), meanOf(row.candidateLosses)];
    case 'best-of-seeds':
      return [row.bestLosses[0], row.best.loss];
    default:
      return [];
  }
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Not a number came back from the store as null, which counts as none. */
function meanOf(values: readonly (number | null)[]): number {
  const numbers = values.filter(isNumber);
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
