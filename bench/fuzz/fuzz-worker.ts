/** @file Keeps a child at work on its share of the cases: what hangs is killed, what dies is noted, and the next case goes on. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CaseResult } from './fuzz-case.ts';

/** A case without a word for so long hangs; those that only take long say so themselves. */
const SILENCE_MS = 20_000;
const HEAP_MEGABYTES = 512;
const CHILD = fileURLToPath(new URL('./fuzz-child.ts', import.meta.url));

export interface WorkerPlan {
  readonly first: number;
  readonly step: number;
  readonly end: number;
  readonly seed: number;
  /** Folder for the cases' files. */
  readonly dir: string;
  readonly only: string | undefined;
}

export interface WorkerListener {
  onResult(result: CaseResult): void;
  /** A case that never gave a result. */
  onLost(index: number, problem: string): void;
  onPeak(bytes: number): void;
}

type Message = CaseResult | { readonly peakBytes: number };

/** Runs the cases `first`, `first + step`, … below `end`. */
export async function runWorker(plan: WorkerPlan, listener: WorkerListener): Promise<void> {
  let next = plan.first;
  while (next < plan.end) {
    const problem = await runChild(
      { ...plan, first: next },
      {
        ...listener,
        onResult: (result) => {
          next = result.index + plan.step;
          listener.onResult(result);
        },
        onPeak: (bytes) => listener.onPeak(bytes),
      },
    );
    if (problem === null) return;
    listener.onLost(next, problem);
    next += plan.step;
  }
}

/** Null when the child did all its cases. */
function runChild(
  plan: WorkerPlan,
  listener: Pick<WorkerListener, 'onResult' | 'onPeak'>,
): Promise<string | null> {
  const { first, step, end, seed, dir, only } = plan;
  const args = [first, step, end, seed, dir, ...(only === undefined ? [] : [only])].map(String);
  const execArgv = [
    ...process.execArgv,
    '--max-semi-space-size=64',
    `--max-old-space-size=${HEAP_MEGABYTES}`,
  ];
  const child = fork(CHILD, args, { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return new Promise((resolve) => {
    let finished = false;
    let hung = false;
    const errors = lastErrors(child);
    const timer = watchdog(() => {
      hung = true;
      child.kill('SIGKILL');
    });
    child.on('message', (message: Message) => {
      timer.refresh();
      if ('peakBytes' in message) {
        finished = true;
        listener.onPeak(message.peakBytes);
      } else listener.onResult(message);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (finished) resolve(null);
      else
        resolve(
          hung
            ? `did not end within ${SILENCE_MS / 1000} s`
            : `ended the process (${signal ?? code}): ${errors()}`,
        );
    });
  });
}

function watchdog(bite: () => void): NodeJS.Timeout {
  return setTimeout(bite, SILENCE_MS);
}

/** The end of what the child says on standard error. */
function lastErrors(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (data: Buffer) => {
    text = (text + data.toString('utf8')).slice(-2000);
  });
  return () => text.trim();
}
