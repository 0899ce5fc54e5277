/** @file How far an experiment is, out of the store: whoever works on it sees the same. */
import type { JobCounts } from '../store/experiment-table.ts';
import type { StudyStore } from '../store/study-store.ts';
import type { ExperimentDefinition, HardPromptFilter } from './experiment-definition.ts';
import type { ExperimentJob } from './experiment-job.ts';
import { choiceName, promptChoice } from './hard-prompts.ts';
import { RunBook, type RunProgress } from './run-book.ts';

/** The first stage. */
export interface ChoiceProgress {
  readonly found: number;
  readonly wanted: number;
  readonly seen: number;
  readonly candidates: number;
  /** Whether the prompts are known. */
  readonly isFinal: boolean;
}

export interface ExperimentProgress {
  /** Absent where the prompts are not chosen, and after the choice. */
  readonly choice?: ChoiceProgress;
  /** Of the present stage; prompts that could not be looked at count as failed jobs in the second too. */
  readonly counts: JobCounts;
  readonly runs: readonly RunProgress[];
  /** Null before the first job is done, and while prompts are chosen. */
  readonly secondsLeft: number | null;
}

/** Reads how far an experiment is, as often as it is asked; each row is read once, for there may be ten thousand large ones. */
export class ProgressReader {
  readonly #store: StudyStore;
  readonly #definition: ExperimentDefinition;
  readonly #workers: number;
  #known: { readonly states: string; readonly progress: ExperimentProgress } | undefined;
  #book: RunBook | undefined;

  /** @param workers how many jobs are worked on at once */
  constructor(store: StudyStore, definition: ExperimentDefinition, workers: number) {
    this.#store = store;
    this.#definition = definition;
    this.#workers = workers;
  }

  read(): ExperimentProgress {
    const { experiments } = this.#store;
    const { name, hard } = this.#definition;
    const counts = { jobs: experiments.counts(name), choice: experiments.counts(choiceName(name)) };
    const isBegun = experiments.has(name);
    const states = JSON.stringify([isBegun, counts]);
    if (this.#known?.states === states) return this.#known.progress;
    const progress = isBegun || !hard ? this.#ofJobs(counts) : this.#ofChoice(counts.choice, hard);
    this.#known = { states, progress };
    return progress;
  }

  #ofChoice(counts: JobCounts, hard: HardPromptFilter): ExperimentProgress {
    const queue = choiceName(this.#definition.name);
    const { prompts, seen, candidates, isFinal } = promptChoice(this.#store.experiments.jobs(queue), hard);
    const choice = { found: prompts.length, wanted: hard.count, seen, candidates, isFinal };
    return { choice, counts, runs: [], secondsLeft: null };
  }

  /** Prompts that could not be looked at may be why others were chosen, so they count as failed to the end. */
  #ofJobs({ jobs, choice }: { readonly jobs: JobCounts; readonly choice: JobCounts }): ExperimentProgress {
    const { experiments } = this.#store;
    const { name, runs } = this.#definition;
    const places = experiments.settled(name);
    const total = Object.values(jobs).reduce((sum, count) => sum + count, 0);
    if (this.#book === undefined || !this.#book.isOf(total, places))
      this.#book = new RunBook(
        runs.map((run) => run.name),
        experiments.tasks(name) as ExperimentJob[],
      );
    this.#book.add(experiments.resultsAt(name, this.#book.missing(places)));
    return {
      counts: { ...jobs, failed: jobs.failed + choice.failed },
      ...this.#book.progress(places, this.#workers),
    };
  }
}
