/** @file Starts processes that work on a store, and kills them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TSX } from '../e2e/command-line-process.ts';

const CHILD = fileURLToPath(new URL('store-child.ts', import.meta.url));

export class StoreProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  #stdout = '';
  #stderr = '';

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import', TSX, CHILD, ...args], { stdio: 'pipe' });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#ended = once(this.#child, 'close') as never;
  }

  /** What it said in whole lines, each line's beginning taken away from those that have it. */
  said(beginning: string): string[] {
    const lines = this.#stdout.split('\n').slice(0, -1);
    return lines.filter((line) => line.startsWith(beginning)).map((line) => line.slice(beginning.length));
  }

  /** Resolves when it has opened nothing yet and waits for `go()`. */
  async ready(): Promise<void> {
    while (this.said('ready').length === 0) await once(this.#child.stdout!, 'data');
  }

  go(): void {
    this.#child.stdin?.write('\n');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** @throws when it ended otherwise than well */
  async ended(): Promise<void> {
    const [code] = await this.#ended;
    if (code !== 0) throw new Error(`The process ended with ${code}: ${this.#stderr}`);
  }
}
