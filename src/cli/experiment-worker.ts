/** @file A worker as a process of its own: `experiment-worker STORE NAME THREADS`, started by `dpo-diff experiment --jobs`. It prints nothing. */

import { DpoError } from '../errors.ts';
import type { ExperimentDefinition } from '../experiment/experiment-definition.ts';
import { choiceName } from '../experiment/hard-prompts.ts';
import { workOn } from '../experiment/work-on.ts';
import { StudyStore } from '../store/study-store.ts';
import { openExperimentContext } from './experiment-context.ts';
import type { Host } from './host.ts';
import { STOP, type WorkerMessage } from './worker-message.ts';

const [storePath, name, threads] = process.argv.slice(2);
const abort = new AbortController();

// Whoever keeps us decides; a Ctrl-C reaches all processes of a terminal.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => abort.abort());
process.on('disconnect', () => abort.abort());
process.on('message', (message) => {
  if (message === STOP) abort.abort();
});

function tell(message: WorkerMessage): void {
  if (process.connected) process.send!(message);
}

const nowhere = { write: () => true };
const host: Host = {
  stdout: nowhere,
  stderr: nowhere,
  env: process.env,
  signals: process,
  now: () => performance.now() / 1000,
  date: () => new Date(),
};

async function work(): Promise<void> {
  const store = new StudyStore(storePath);
  const { experiments } = store;
  const queue = experiments.has(name) ? name : choiceName(name);
  const { signal } = abort;
  const context = await openExperimentContext({
    host,
    store,
    definition: experiments.definition(queue) as ExperimentDefinition,
    signal,
    threads: Number(threads),
    loading: { signal, onDownload: (event) => tell({ type: 'download', event }) },
  });
  await workOn(context, { onJob: (key) => tell({ type: 'job', ...(key !== undefined && { key }) }) });
  store.close();
}

try {
  await work();
} catch (error) {
  if (!abort.signal.aborted) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    tell({ type: 'failed', message, code: error instanceof DpoError ? error.code : null, stack });
    process.exitCode = 1;
  }
}
// Otherwise the channel to our keeper keeps us alive.
if (process.connected) process.disconnect();
