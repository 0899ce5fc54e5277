/** @file An experiment in the store: its jobs, and before them those that choose its prompts. */
import { DpoError } from '../errors.ts';
import type { StudyStore } from '../store/study-store.ts';
import type { ExperimentDefinition } from './experiment-definition.ts';
import { choiceName } from './hard-prompts.ts';

/** What was asked for when it was begun; undefined where the store does not know it. */
export function begunDefinition({ experiments }: StudyStore, name: string): ExperimentDefinition | undefined {
  const queue = [name, choiceName(name)].find((one) => experiments.has(one));
  return queue === undefined ? undefined : (experiments.definition(queue) as ExperimentDefinition);
}

/**
 * Forgets its results; what was computed for them stays known.
 * @throws {DpoError} INVALID_OPTION while somebody works on it
 */
export function forgetExperiment({ experiments }: StudyStore, name: string): void {
  const queues = [name, choiceName(name)];
  const running = queues.reduce((sum, queue) => sum + experiments.counts(queue).running, 0);
  if (running > 0) throw inUse(name);
  for (const queue of queues) experiments.remove(queue);
}

/** Failed jobs wait again; gives how many. */
export function retryExperiment({ experiments }: StudyStore, name: string): number {
  return [name, choiceName(name)].reduce((sum, queue) => sum + experiments.retry(queue), 0);
}

function inUse(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `Another process is working on the experiment "${name}". Stop it first (Ctrl-C there), or leave out --restart to join in.`,
    { details: { experiment: name } },
  );
}
