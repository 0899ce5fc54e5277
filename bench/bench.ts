/**
 * @file `npm run bench -- [--size pocket|sd1] [--runs 3] [--device NAME] [--precision NAME]`: seconds and peak memory of a guided denoising step and of a shortcut gradient,
 * beside the rates of a plain matrix product and a plain convolution on the same machine in the same run.
 * Compare only figures of one run: machines are shared and noisy. `npm run bench -- store [--full]` times the store instead,
 * `npm run bench -- report` the report of 10,000 studies.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { DeviceName } from '../src/runtime/executor.ts';
import { runTask, TASKS, type TaskResult } from './bench-tasks.ts';
import { ChildTasks } from './child-tasks.ts';
import { makeFolder, removeFolder, SIZES, writeWeights } from './network-sizes.ts';
import { oneOf, refuse, wholeNumber } from './option-values.ts';
import { benchReport } from './store/report-bench.ts';
import { benchStore } from './store/store-bench.ts';

const MEMORY_MODES = ['auto', 'fast', 'balanced', 'low'] as const;
const PRECISIONS = ['float32', 'float16'] as const;

const { values, positionals } = readOptions();
const size = oneOf('size', values.size, SIZES);
const runs = wholeNumber('runs', values.runs ?? '3');
const precision = oneOf('precision', values.precision, PRECISIONS);
const device = values.device as DeviceName;

if (positionals.length > 0) {
  const named = oneOf('bench', positionals.join(' '), ['store', 'report'] as const);
  if (named === 'report') await benchReport();
  else benchStore({ runs: wholeNumber('runs', values.runs ?? '300'), full: values.full });
} else if (values.task) {
  const options = {
    size,
    runs,
    dir: values.dir,
    steps: wholeNumber('steps', values.steps),
    memory: oneOf('memory', values.memory, MEMORY_MODES),
    device,
    precision,
  };
  console.log(JSON.stringify(await runTask(oneOf('task', values.task, TASKS), options)));
} else {
  const dir = makeFolder();
  process.on('exit', () => removeFolder(dir));
  const tasks = new ChildTasks({ dir, size, runs, device, precision });
  tasks.endOnSignals();
  await writeWeights(size, dir);
  await report(tasks);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        size: { type: 'string', default: 'pocket' },
        runs: { type: 'string' },
        // The store's: a million evaluations.
        full: { type: 'boolean', default: false },
        device: { type: 'string', default: 'cpu' },
        precision: { type: 'string', default: 'float32' },
        // What a task's own process is told.
        steps: { type: 'string', default: '10' },
        memory: { type: 'string', default: 'auto' },
        task: { type: 'string' },
        dir: { type: 'string', default: '' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}

async function report(tasks: ChildTasks): Promise<void> {
  const product = await tasks.run('matrix-product');
  const convolution = await tasks.run('convolution');
  const step = await tasks.run('guided-step');
  const short = await tasks.run('gradient');
  const long = await tasks.run('gradient', { steps: 50 });
  const low = await tasks.run('gradient', { memory: 'low' });
  const plain = Math.sqrt(rate(product) * rate(convolution));
  console.log(
    `${size} UNet, ${cpus()[0].model}, ${cpus().length} cores, on ${device} in ${precision}, fastest of ${runs} runs\n`,
  );
  console.log('| what | seconds | median | GFLOP/s | peak memory |');
  console.log('|---|---|---|---|---|');
  console.log(row('matrix product 2048 x 2048 x 2048', product));
  console.log(row('convolution 320 channels, 3 x 3, 64 x 64, batch 2', convolution));
  console.log(row('guided step (two branches, one picture)', step));
  console.log(row('shortcut gradient, UNet part, at 10 sampling steps', short));
  console.log(row('shortcut gradient, UNet part, at 50 sampling steps', long));
  console.log(row('shortcut gradient, UNet part, `--memory low`', low));
  if (size === 'pocket')
    console.log(row('whole shortcut gradient, no sampling before it', await tasks.run('whole-gradient')));
  console.log('');
  console.log(`Guided step / geometric mean of the plain rates: ${(rate(step) / plain).toFixed(2)}`);
  console.log(
    `Gradient / guided step, in seconds: ${(Math.min(short.seconds, long.seconds) / step.seconds).toFixed(2)}`,
  );
  console.log(
    `Peak memory of the gradient, 50 steps / 10 steps: ${(long.peakBytes / short.peakBytes).toFixed(3)}`,
  );
}

function rate({ flops, seconds }: TaskResult): number {
  return flops === null ? Number.NaN : flops / seconds / 1e9;
}

function row(what: string, result: TaskResult): string {
  const flops = result.flops === null ? '' : rate(result).toFixed(0);
  const cells = [what, result.seconds.toFixed(3), result.medianSeconds.toFixed(3), flops, gibibytes(result)];
  return `| ${cells.join(' | ')} |`;
}

function gibibytes({ peakBytes }: TaskResult): string {
  return `${(peakBytes / 2 ** 30).toFixed(2)} GiB`;
}
