/**
 * @file `npm run bench -- [--size pocket|sd1] [--runs 3]`: seconds and peak memory of a guided denoising step and of the UNet's part of a
 * shortcut gradient, beside the rates of a plain matrix product and a plain convolution on the same machine in the same run.
 * Compare only figures of one run: machines are shared and noisy.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MemoryMode } from '../src/index.ts';
import { runTask, type TaskName, type TaskResult } from './bench-tasks.ts';
import { makeWeights, removeWeights, type SizeName } from './network-sizes.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'pocket' },
    runs: { type: 'string', default: '3' },
    steps: { type: 'string', default: '10' },
    memory: { type: 'string', default: 'auto' },
    task: { type: 'string' },
    dir: { type: 'string', default: '' },
  },
});
if (values.size !== 'pocket' && values.size !== 'sd1') {
  console.error(`--size must be pocket or sd1, got "${values.size}".`);
  process.exit(2);
}
const size: SizeName = values.size;

if (values.task) {
  const options = {
    size,
    dir: values.dir,
    steps: Number(values.steps),
    runs: Number(values.runs),
    memory: values.memory as MemoryMode,
  };
  console.log(JSON.stringify(await runTask(values.task as TaskName, options)));
} else {
  const dir = makeWeights(size);
  try {
    report(dir);
  } finally {
    removeWeights(dir);
  }
}

function report(dir: string): void {
  const product = inOwnProcess('matrix-product', { dir });
  const convolution = inOwnProcess('convolution', { dir });
  const step = inOwnProcess('guided-step', { dir });
  const short = inOwnProcess('gradient', { dir });
  const long = inOwnProcess('gradient', { dir, steps: 50 });
  const low = inOwnProcess('gradient', { dir, memory: 'low' });
  const plain = Math.sqrt(rate(product) * rate(convolution));
  console.log(`${size} UNet, ${cpus()[0].model}, ${cpus().length} cores, fastest of ${values.runs} runs\n`);
  console.log('| what | seconds | GFLOP/s | peak memory |');
  console.log('|---|---|---|---|');
  console.log(row('matrix product 2048 x 2048 x 2048', product));
  console.log(row('convolution 320 channels, 3 x 3, 64 x 64, batch 2', convolution));
  console.log(row('guided step (two branches, one picture)', step));
  console.log(row('shortcut gradient, UNet part, at 10 sampling steps', short));
  console.log(row('shortcut gradient, UNet part, at 50 sampling steps', long));
  console.log(row('shortcut gradient, UNet part, `--memory low`', low));
  console.log('');
  console.log(`Guided step / geometric mean of the plain rates: ${(rate(step) / plain).toFixed(2)}`);
  console.log(
    `Gradient / guided step, in seconds: ${(Math.min(short.seconds, long.seconds) / step.seconds).toFixed(2)}`,
  );
  console.log(
    `Peak memory of the gradient, 50 steps / 10 steps: ${(long.peakBytes / short.peakBytes).toFixed(3)}`,
  );
}

interface ChildOptions {
  readonly dir: string;
  readonly steps?: number;
  readonly memory?: MemoryMode;
}

function inOwnProcess(task: TaskName, { dir, steps = 10, memory = 'auto' }: ChildOptions): TaskResult {
  const self = fileURLToPath(import.meta.url);
  const options = { task, dir, size, runs: values.runs, steps: String(steps), memory };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawnSync(process.execPath, ['--import', 'tsx', self, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`The task ${task} failed with exit code ${child.status}.`);
  return JSON.parse(child.stdout) as TaskResult;
}

function rate({ flops, seconds }: TaskResult): number {
  return flops / seconds / 1e9;
}

function row(what: string, result: TaskResult): string {
  return `| ${what} | ${result.seconds.toFixed(3)} | ${rate(result).toFixed(0)} | ${gigabytes(result)} |`;
}

function gigabytes({ peakBytes }: TaskResult): string {
  return `${(peakBytes / 2 ** 30).toFixed(2)} GiB`;
}
