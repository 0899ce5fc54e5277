/** @file An experiment in the store: its jobs, and before them those that choose its prompts. */
import { DpoError } from '../errors.ts';
import type { NewJob } from '../store/experiment-table.ts';
import { isNear, type Owner } from '../store/process-owner.ts';
import { SILENCE_SENTENCE } from '../store/process-table.ts';
import type { StudyStore } from '../store/study-store.ts';
import { definitionIdentity } from './definition-identity.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import type { ExperimentJob } from './experiment-job.ts';
import { type CandidatePrompt, choiceName } from './hard-prompts.ts';

/** What was asked for when it was begun; undefined where the store does not know it. */
export function begunDefinition({ experiments }: StudyStore, name: string): ExperimentDefinition | undefined {
  const [queue] = begunQueues(experiments, name);
  return queue === undefined ? undefined : (experiments.definition(queue) as ExperimentDefinition);
}

/**
 * What an experiment asked for whose prompts are known, so that it has jobs.
 * @throws {DpoError} INVALID_OPTION when there is none
 */
export function knownDefinition({ experiments }: StudyStore, name: string): ExperimentDefinition {
  if (!experiments.has(name) && experiments.has(choiceName(name))) throw stillChoosing(name);
  if (name.includes('/')) throw experiments.notFound(name);
  return experiments.definition(name) as ExperimentDefinition;
}

/**
 * Where the experiment was begun, whatever stage it is at, it must have asked for the same; what a new definition only tells otherwise is
 * kept.
 * @param prompts all prompts of its source, where they were read
 * @throws {DpoError} INVALID_OPTION when the name is taken by another definition, or the file of prompts holds others now
 */
export function requireSameDefinition(
  store: StudyStore,
  definition: ExperimentDefinition,
  prompts: readonly string[] = [],
): void {
  const { experiments } = store;
  const { name } = definition;
  store.atomically(() => {
    const queues = begunQueues(experiments, name);
    const identity = definitionIdentity(definition);
    const isOther = queues.some(
      (queue) => definitionIdentity(experiments.definition(queue) as ExperimentDefinition) !== identity,
    );
    if (isOther) throw otherDefinition(name, store.path);
    if (queues.length > 0) requireSamePrompts(store, definition, prompts);
    for (const queue of queues) experiments.redefine(queue, definition);
  });
}

/**
 * Enters jobs under one of an experiment's two names, unless another process has; gives whether it did.
 * @throws {DpoError} INVALID_OPTION when there is nothing to do, and as `requireSameDefinition`
 */
export function enterJobs(
  store: StudyStore,
  definition: ExperimentDefinition,
  queue: string,
  jobs: readonly NewJob[],
): boolean {
  return store.atomically(() => {
    requireSameDefinition(store, definition);
    if (store.experiments.has(queue)) return false;
    if (jobs.length === 0) throw noPrompts(definition.name);
    store.experiments.begin(queue, definition, jobs);
    return true;
  });
}

/** Forgets an experiment of which nothing was done, so that its name is free. */
export function forgetUntouched(store: StudyStore, name: string): void {
  const { experiments } = store;
  store.atomically(() => {
    const queues = begunQueues(experiments, name);
    const isTouched = queues.some((queue) => {
      const { done, failed } = experiments.settled(queue);
      return done.length + failed.length + experiments.workers(queue).length > 0;
    });
    if (!isTouched) for (const queue of queues) experiments.remove(queue);
  });
}

/**
 * Forgets its results; what was computed for them stays known.
 * @throws {DpoError} INVALID_OPTION while somebody works on it
 */
export function forgetExperiment(store: StudyStore, name: string): void {
  const { experiments } = store;
  const queues = [name, choiceName(name)];
  store.atomically(() => {
    const [worker] = queues.flatMap((queue) => experiments.workers(queue));
    if (worker !== undefined) throw inUse(name, worker);
    for (const queue of queues) experiments.remove(queue);
  });
}

/** Failed jobs wait again; gives how many. Once the prompts are chosen, those that could not be looked at stay failed. */
export function retryExperiment({ experiments }: StudyStore, name: string): number {
  return experiments.retry(experiments.has(name) ? name : choiceName(name));
}

export interface FailedJob {
  /** That of a prompt to choose from begins with `prompts/`. */
  readonly key: string;
  readonly error: string;
}

/** Of both stages. */
export function failedJobs({ experiments }: StudyStore, name: string): FailedJob[] {
  const candidates = experiments.failures(choiceName(name));
  return [
    ...candidates.map(({ key, error }) => ({ key: `prompts/${key}`, error })),
    ...experiments.failures(name),
  ];
}

function begunQueues(experiments: StudyStore['experiments'], name: string): string[] {
  if (name.includes('/')) return [];
  return [name, choiceName(name)].filter((queue) => experiments.has(queue));
}

/** A user's file may be edited; a language model never answers the same, and all else is settled by the definition. */
function requireSamePrompts(
  { experiments }: StudyStore,
  { name, hard, prompts: source }: ExperimentDefinition,
  prompts: readonly string[],
): void {
  if (source.from !== 'file' || prompts.length === 0) return;
  const jobs = experiments.tasks(hard ? choiceName(name) : name) as (ExperimentJob | CandidatePrompt)[];
  const known = new Set(jobs.map(({ prompt }) => prompt));
  if (JSON.stringify([...known]) === JSON.stringify(prompts)) return;
  throw new DpoError(
    'INVALID_OPTION',
    `The file ${source.path} holds other prompts than when the experiment "${name}" was begun. Put them back, give the experiment another name, or begin it anew with --restart.`,
    { details: { experiment: name, path: source.path } },
  );
}

function otherDefinition(name: string, path: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The store ${path} has an experiment "${name}" that asked for something else. Give this one another name, or begin it anew with --restart.`,
    { details: { experiment: name } },
  );
}

function stillChoosing(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The experiment "${name}" has no results yet: its prompts are still being chosen. Go on with: dpo-diff experiment ${name}`,
    { details: { experiment: name } },
  );
}

function noPrompts(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The experiment "${name}" has no prompt to begin with. Give other prompts.`,
    { details: { experiment: name } },
  );
}

function inUse(name: string, worker: Owner): DpoError {
  const { host, pid } = worker;
  const hint = isNear(worker) ? '' : ` ${SILENCE_SENTENCE}`;
  return new DpoError(
    'INVALID_OPTION',
    `Another process is working on the experiment "${name}": ${pid} on ${host}. Stop it first (Ctrl-C there), or leave out --restart to join in.${hint}`,
    { details: { experiment: name, pid, host } },
  );
}
