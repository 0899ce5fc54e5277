/** @file Runs each task of the bench in a process of its own, and ends it when the bench is told to end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { MemoryMode } from '../src/index.ts';
import type { TaskName, TaskResult } from './bench-tasks.ts';
import type { SizeName } from './network-sizes.ts';

export interface BenchSetup {
  readonly dir: string;
  readonly size: SizeName;
  readonly runs: number;
  /** What the tasks run on, and compute in. */
  readonly device: string;
  readonly precision: string;
}

export interface TaskVariant {
  /** @default 10 */
  readonly steps?: number;
  /** @default 'auto' */
  readonly memory?: MemoryMode;
}

export class ChildTasks {
  readonly #setup: BenchSetup;
  #child: ChildProcess | undefined;

  constructor(setup: BenchSetup) {
    this.#setup = setup;
  }

  /** Ctrl-C and SIGTERM end the process the orderly way, so that its `exit` listeners remove what it wrote. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        this.#child?.kill('SIGKILL');
        process.exit(128 + constants.signals[signal]);
      });
    }
  }

  async run(task: TaskName, { steps = 10, memory = 'auto' }: TaskVariant = {}): Promise<TaskResult> {
    const bench = fileURLToPath(new URL('bench.ts', import.meta.url));
    const args = Object.entries({ task, steps, memory, ...this.#setup }).map(
      ([name, value]) => `--${name}=${value}`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', bench, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const closed = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const [output, code] = await Promise.all([text(child.stdout), closed]);
    if (code !== 0) throw new Error(`The task ${task} failed with exit code ${code}.`);
    return JSON.parse(output) as TaskResult;
  }
}
