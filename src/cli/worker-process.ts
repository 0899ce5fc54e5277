/** @file Starts workers: processes of their own, or one in this process. */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DownloadEvent } from '../checkpoint/hub/download-event.ts';
import { DpoError } from '../errors.ts';
import type { JobContext } from '../experiment/jobs/job-context.ts';
import { workOn } from '../experiment/work-on.ts';
import type { Worker, WorkerEnd } from '../experiment/worker.ts';
import { STOP, type WorkerMessage } from './worker-message.ts';

export interface WorkerProcessOptions {
  /** Path of the store. */
  readonly store: string;
  readonly experiment: string;
  readonly threads: number;
  readonly onDownload: (event: DownloadEvent) => void;
}

/** Beside this file, compiled or not. */
const PROGRAM = fileURLToPath(new URL(`./experiment-worker${extname(import.meta.url)}`, import.meta.url));

/** Words that the library prints would tear a live table apart, so its output goes nowhere. */
export function startWorkerProcess({ store, experiment, threads, onDownload }: WorkerProcessOptions): Worker {
  const child = fork(PROGRAM, [store, experiment, String(threads)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let job: string | undefined;
  let error: unknown;
  let isTold = false;
  child.on('message', (message: WorkerMessage) => {
    if (message.type === 'job') job = message.key;
    else if (message.type === 'download') onDownload(message.event);
    else error = errorOf(message);
  });
  const ended = new Promise<WorkerEnd>((resolve) => {
    child.on('error', (cause) => resolve({ kind: 'failed', error: cause }));
    child.on('exit', (code, signal) => {
      if (error !== undefined) resolve({ kind: 'failed', error });
      else if (isTold || code === 0) resolve({ kind: 'stopped' });
      else resolve({ kind: 'died', how: signal ?? `exit code ${code}` });
    });
  });
  return {
    get job() {
      return job;
    },
    ended,
    stop: () => {
      isTold = true;
      if (child.connected) child.send(STOP, () => {});
    },
  };
}

/** A worker that is this process. @param open loads its model */
export function startWorkerHere(open: (signal: AbortSignal) => Promise<JobContext>): Worker {
  const abort = new AbortController();
  let job: string | undefined;
  const work = async (): Promise<WorkerEnd> => {
    try {
      const context = await open(abort.signal);
      await workOn(context, {
        onJob: (key) => {
          job = key;
        },
      });
      return { kind: 'stopped' };
    } catch (error) {
      return abort.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error };
    }
  };
  return {
    get job() {
      return job;
    },
    ended: work(),
    stop: () => abort.abort(),
  };
}

function errorOf({ message, code, stack }: Extract<WorkerMessage, { type: 'failed' }>): Error {
  const error = code === null ? new Error(message) : new DpoError(code, message);
  error.stack = stack;
  return error;
}
