/** @file What a worker does: takes one job after the other, until it is told to stop. Any number may work on one experiment. */
import { setTimeout as pause } from 'node:timers/promises';
import type { StoredJob } from '../store/experiment-table.ts';
import type { ExperimentJob } from './experiment-job.ts';
import { type CandidatePrompt, choiceName, judgePrompt } from './hard-prompts.ts';
import type { JobContext } from './jobs/job-context.ts';
import { runJob } from './jobs/run-job.ts';

/** How often a worker without work looks for some, in milliseconds: another may have died, or the second stage begun. */
const LOOK_AGAIN_MS = 250;

export interface WorkListener {
  /** Told which job is begun, and with undefined that it is settled. */
  readonly onJob?: (key: string | undefined) => void;
}

/** A job that fails is recorded with its error, and the next is taken. @throws {DpoError} FILE_ACCESS when the store cannot be used */
export async function workOn(context: JobContext, { onJob }: WorkListener = {}): Promise<void> {
  const { signal } = context;
  while (!signal.aborted) {
    const taken = takeJob(context);
    if (taken === undefined) {
      await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
      continue;
    }
    onJob?.(taken.job.key);
    await settle(context, taken);
    onJob?.(undefined);
  }
}

interface TakenJob {
  /** The experiment's name, or that of the choice of its prompts. */
  readonly queue: string;
  readonly job: StoredJob;
}

/** As soon as the prompts are chosen, candidates that nobody looked at do not matter any more. */
function takeJob({ store: { experiments }, definition: { name } }: JobContext): TakenJob | undefined {
  const queue = experiments.has(name) ? name : choiceName(name);
  const job = experiments.take(queue);
  return job && { queue, job };
}

async function settle(context: JobContext, { queue, job }: TakenJob): Promise<void> {
  const { store, signal } = context;
  try {
    store.experiments.finish(queue, job.place, await resultOf(context, queue, job));
  } catch (error) {
    // On a full disk each further job would fail too, and none of them is at fault.
    const isOfStore = store.isAtFault(error);
    if (signal.aborted || isOfStore) store.experiments.release(queue, job.place);
    else store.experiments.fail(queue, job.place, error instanceof Error ? error.message : String(error));
    if (isOfStore) throw error;
  }
}

function resultOf(context: JobContext, queue: string, { job }: StoredJob): Promise<unknown> {
  return queue === context.definition.name
    ? runJob(context, job as ExperimentJob)
    : judgePrompt(context, job as CandidatePrompt);
}
