/** @file Keeps workers at an experiment until all of its jobs are settled. Others may work on the same experiment at the same time. */
import { setTimeout as pause } from 'node:timers/promises';
import { DpoError } from '../errors.ts';
import type { StudyStore } from '../store/study-store.ts';
import { expandJobs } from './expand-jobs.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { type ExperimentProgress, ProgressReader } from './experiment-progress.ts';
import { enterJobs, forgetUntouched, requireSameDefinition } from './experiment-queues.ts';
import { choiceName, promptChoice, requirePrompts } from './hard-prompts.ts';
import type { StartWorker, Worker, WorkerEnd } from './worker.ts';

export interface RunExperimentOptions {
  readonly store: StudyStore;
  readonly definition: ExperimentDefinition;
  /** All prompts of the definition's source: those to choose from where it chooses. Not needed once the experiment was begun. */
  readonly prompts: readonly string[];
  /** How many workers. */
  readonly workers: number;
  readonly startWorker: StartWorker;
  /** Aborting stops the workers; what is done stays. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Something that the user should know. */
  readonly onRemark?: (sentence: string) => void;
}

/** How often the store is looked at, in milliseconds. */
const LOOK_AGAIN_MS = 200;
/** A job at which so many workers died is at fault itself. */
const MAX_DEATHS = 2;

/**
 * Resolves when no job is left to be done, or when it was aborted.
 * @throws {DpoError} INVALID_OPTION when the name is taken by another definition, there is no prompt, or none is hard; EXECUTION_FAILED
 * when workers die before they take a job; whatever a worker fails with
 */
export function runExperiment(options: RunExperimentOptions): Promise<ExperimentProgress> {
  return new ExperimentRunner(options).run();
}

class ExperimentRunner {
  readonly #options: RunExperimentOptions;
  readonly #reader: ProgressReader;
  readonly #workers = new Set<Worker>();
  /** By the key of the job that they worked on; the empty key for none. */
  readonly #deaths = new Map<string, number>();
  #failure: unknown;
  /** Whether it was this run that gave the experiment its name. */
  #isNew = false;

  constructor(options: RunExperimentOptions) {
    this.#options = options;
    this.#reader = new ProgressReader(options.store, options.definition, options.workers);
  }

  async run(): Promise<ExperimentProgress> {
    const { signal } = this.#options;
    this.#begin();
    try {
      while (!signal.aborted && this.#failure === undefined) {
        const progress = this.#look();
        this.#options.onProgress?.(progress);
        if (this.#isSettled(progress)) break;
        this.#staff(progress);
        await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
      }
    } finally {
      await this.#dismiss();
    }
    if (this.#failure === undefined || signal.aborted) return this.#reader.read();
    // A model that is not there, or options that exclude each other: mended, it is another definition.
    const { store, definition } = this.#options;
    const isMistake = this.#failure instanceof DpoError && this.#failure.isUserError;
    if (this.#isNew && isMistake && !store.isAtFault(this.#failure)) forgetUntouched(store, definition.name);
    throw this.#failure;
  }

  /** Enters what there is to do first. An experiment that was begun before is gone on with. */
  #begin(): void {
    const { store, definition, prompts } = this.#options;
    requireSameDefinition(store, definition, prompts);
    if (!definition.hard) {
      this.#isNew = this.#beginJobs(prompts);
      return;
    }
    const candidates = prompts.map((prompt, i) => ({
      key: `c${String(i).padStart(4, '0')}`,
      job: { prompt },
    }));
    this.#isNew = enterJobs(store, definition, choiceName(definition.name), candidates);
  }

  #beginJobs(prompts: readonly string[]): boolean {
    const { store, definition } = this.#options;
    const jobs = expandJobs(definition, prompts).map((job) => ({ key: job.key, job }));
    return enterJobs(store, definition, definition.name, jobs);
  }

  /** The second stage begins as soon as the prompts are known. */
  #look(): ExperimentProgress {
    const progress = this.#reader.read();
    if (!progress.choice?.isFinal) return progress;
    this.#beginChosen();
    return this.#reader.read();
  }

  #beginChosen(): void {
    const { store, definition, onRemark } = this.#options;
    const { name, hard } = definition;
    const choice = promptChoice(store.experiments.jobs(choiceName(name)), hard!);
    const prompts = requirePrompts(choice, definition);
    if (prompts.length < hard!.count)
      onRemark?.(
        `Only ${prompts.length} of the ${choice.candidates} prompts are hard; ${hard!.count} were asked for.`,
      );
    this.#beginJobs(prompts);
  }

  /** Jobs that another process works on are waited for: it may die. */
  #isSettled({ choice, counts }: ExperimentProgress): boolean {
    return choice === undefined && counts.waiting + counts.running + counts.stale === 0;
  }

  /** Replaces workers that died, as long as there is work. */
  #staff({ counts }: ExperimentProgress): void {
    const idle = [...this.#workers].filter(({ job }) => job === undefined).length;
    const open = counts.waiting + counts.stale;
    const missing = Math.min(this.#options.workers - this.#workers.size, open - idle);
    for (let i = 0; i < missing; i++) this.#hire();
  }

  #hire(): void {
    const worker = this.#options.startWorker();
    this.#workers.add(worker);
    worker.ended
      .then((end) => {
        this.#workers.delete(worker);
        this.#noteEnd(end, worker.job ?? '');
      })
      // The store cannot be used, say.
      .catch((error: unknown) => {
        this.#failure ??= error;
      });
  }

  #noteEnd(end: WorkerEnd, key: string): void {
    if (end.kind === 'failed') this.#failure ??= end.error;
    if (end.kind !== 'died' || this.#options.signal.aborted) return;
    const deaths = (this.#deaths.get(key) ?? 0) + 1;
    this.#deaths.set(key, deaths);
    const what = key === '' ? 'before it took a job' : `at the job ${key}`;
    this.#options.onRemark?.(`A worker ended ${what} (${end.how}); another takes its place.`);
    if (deaths < MAX_DEATHS) return;
    if (key === '') this.#failure ??= neverStarted(end.how);
    else this.#giveUp(key, end.how);
  }

  /** So that one job does not take all workers with it. */
  #giveUp(key: string, how: string): void {
    const { store, definition } = this.#options;
    const { name } = definition;
    const queue = store.experiments.has(name) ? name : choiceName(name);
    store.experiments.failStale(
      queue,
      key,
      `${MAX_DEATHS} processes that worked on it ended without a word (${how}).`,
    );
  }

  async #dismiss(): Promise<void> {
    const workers = [...this.#workers];
    for (const worker of workers) worker.stop();
    await Promise.all(workers.map(({ ended }) => ended));
  }
}

function neverStarted(how: string): DpoError {
  return new DpoError(
    'EXECUTION_FAILED',
    `Worker processes end before they take a job (${how}). There may be too little memory for several; try --jobs 1.`,
  );
}
