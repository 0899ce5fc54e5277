/** @file How far an experiment is, out of the store: whoever works on it sees the same. */
import type { JobCounts, StoredJob } from '../store/experiment-table.ts';
import type { StudyStore } from '../store/study-store.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import type { ExperimentJob } from './experiment-job.ts';
import type { ExperimentRow } from './experiment-row.ts';
import { choiceName, promptChoice } from './hard-prompts.ts';

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

/** The first stage. */
export interface ChoiceProgress {
  readonly found: number;
  readonly wanted: number;
  readonly seen: number;
  readonly candidates: number;
}

export interface ExperimentProgress {
  /** Absent where the prompts are not chosen, and after the choice. */
  readonly choice?: ChoiceProgress;
  readonly counts: JobCounts;
  readonly runs: readonly RunProgress[];
  /** Null before the first job is done, and while prompts are chosen. */
  readonly secondsLeft: number | null;
}

/** @param workers how many jobs are worked on at once */
export function experimentProgress(
  { experiments }: StudyStore,
  definition: ExperimentDefinition,
  workers: number,
): ExperimentProgress {
  const { name, hard, runs } = definition;
  if (!experiments.has(name) && hard) {
    const { prompts, seen, candidates } = promptChoice(experiments.jobs(choiceName(name)), hard);
    const choice = { found: prompts.length, wanted: hard.count, seen, candidates };
    return { choice, counts: experiments.counts(choiceName(name)), runs: [], secondsLeft: null };
  }
  const jobs = experiments.jobs(name);
  const byRun = runs.map((run) => jobs.filter(({ job }) => (job as ExperimentJob).run === run.name));
  return {
    counts: experiments.counts(name),
    runs: runs.map(({ name: run }, i) => runProgress(run, byRun[i])),
    secondsLeft: secondsLeft(byRun, workers),
  };
}

function runProgress(run: string, jobs: readonly StoredJob[]): RunProgress {
  const rows = rowsOf(jobs);
  const losses = rows.map(lossesOf).filter((pair) => pair !== undefined);
  return {
    run,
    total: jobs.length,
    done: rows.length,
    failed: jobs.filter(({ state }) => state === 'failed').length,
    originalLoss: meanOrNull(losses.map(({ original }) => original)),
    bestLoss: meanOrNull(losses.map(({ best }) => best)),
    unetCalls: rows.reduce((sum, { unetCalls }) => sum + unetCalls, 0),
  };
}

function rowsOf(jobs: readonly StoredJob[]): ExperimentRow[] {
  return jobs.filter(({ state }) => state === 'done').map(({ result }) => result as ExperimentRow);
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

/** Each run's jobs take what its finished ones took; those of a run without any take what all took. */
function secondsLeft(byRun: readonly (readonly StoredJob[])[], workers: number): number | null {
  const all = meanOrNull(byRun.flatMap(rowsOf).map(({ seconds }) => seconds));
  if (all === null) return null;
  const left = byRun.reduce((sum, jobs) => {
    const open = jobs.filter(({ state }) => state !== 'done' && state !== 'failed').length;
    return sum + open * (meanOrNull(rowsOf(jobs).map(({ seconds }) => seconds)) ?? all);
  }, 0);
  return left / Math.max(1, workers);
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Not a number came back from the store as null, which counts as none. */
function meanOf(values: readonly (number | null)[]): number {
  return meanOrNull(values.filter(isNumber)) ?? Number.NaN;
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
