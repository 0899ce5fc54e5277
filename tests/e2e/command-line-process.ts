/** @file The command line as a process of its own, run from its TypeScript. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The program's entry. */
export const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** What makes Node run TypeScript, for `--import`. */
export const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Variables besides those of this process; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with all of standard error whenever there is more of it. */
  readonly onStderr?: ((text: string, child: ChildProcess) => void) | undefined;
  /** Called with the process once it runs. */
  readonly onStart?: ((child: ChildProcess) => void) | undefined;
}

/** Runs `dpo-diff` with `args` to its end. */
export function runDpoDiff(
  args: readonly string[],
  { cwd, env, onStderr, onStart }: RunOptions,
): Promise<Finished> {
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
    onStderr?.(texts.stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
  });
}
