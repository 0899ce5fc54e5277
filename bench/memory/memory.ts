/**
 * @file `npm run bench:memory -- [--size pocket|sd1|sd1-fp16|sdxl-fp16] [--memory MODE] [--work sampling|gradient] [--side PIXELS]`: what a run takes,
 * beside what `inspect` says of it. Each run has a process of its own. Models of published sizes have random weights and are written to a
 * temporary folder, or to `--dir`, where they stay and are found again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFolder, removeFolder } from '../network-sizes.ts';
import { oneOf, refuse, wholeNumber } from '../option-values.ts';
import { type MeasuredRun, measureRun, type RunToMeasure } from './measure-run.ts';
import { writeSyntheticModel } from './synthetic-model.ts';

const SIZES = ['pocket', 'sd1', 'sd1-fp16', 'sdxl-fp16'] as const;
const MODES = ['auto', 'fast', 'balanced', 'low'] as const;
const WORKS = ['sampling', 'gradient'] as const;
const TILINGS = ['on', 'off'] as const;

type Size = (typeof SIZES)[number];

const values = readOptions();
if (values.run !== undefined) {
  console.log(JSON.stringify(await measureRun(JSON.parse(values.run) as RunToMeasure)));
} else await report();

function readOptions() {
  try {
    return parseArgs({
      options: {
        size: { type: 'string', default: 'pocket' },
        memory: { type: 'string' },
        work: { type: 'string' },
        side: { type: 'string' },
        'vae-tiling': { type: 'string', default: 'off' },
        dir: { type: 'string' },
        // What a run's own process is told.
        run: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

async function report(): Promise<void> {
  const size = oneOf('size', values.size, SIZES);
  const model = await modelOf(size);
  const modes = values.memory === undefined ? MODES : [oneOf('memory', values.memory, MODES)];
  const works = values.work === undefined ? WORKS : [oneOf('work', values.work, WORKS)];
  const vaeTiling = oneOf('vae-tiling', values['vae-tiling'], TILINGS);
  const side = values.side === undefined ? {} : { side: wholeNumber('side', values.side) };
  console.log(
    '| model | run | `--memory` | predicted | measured | measured / predicted | mapped pages counted twice |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const work of works) {
    for (const memory of modes) {
      const result = measuredApart({ ...(model && { model }), memory, work, vaeTiling, ...side });
      console.log(row(size, { memory, work, vaeTiling }, result));
    }
  }
}

/** Undefined for the embedded model. */
async function modelOf(size: Size): Promise<string | undefined> {
  if (size === 'pocket') return undefined;
  const parent = values.dir ?? temporaryFolder();
  const dir = join(parent, size);
  if (existsSync(join(dir, 'scorer', 'model.safetensors'))) return dir;
  mkdirSync(dir, { recursive: true });
  const family = size.startsWith('sdxl') ? 'stable-diffusion-xl' : 'stable-diffusion-1';
  await writeSyntheticModel(dir, family, size.endsWith('fp16') ? 'float16' : 'float32');
  return dir;
}

function temporaryFolder(): string {
  const dir = makeFolder();
  process.on('exit', () => removeFolder(dir));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
  return dir;
}

function measuredApart(run: RunToMeasure): MeasuredRun {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), `--run=${JSON.stringify(run)}`];
  const { status, stdout } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`A run failed with exit code ${status}: ${JSON.stringify(run)}`);
  return JSON.parse(stdout.toString()) as MeasuredRun;
}

function row(size: Size, { work, memory, vaeTiling }: RunToMeasure, result: MeasuredRun): string {
  const { predictedBytes, residentBytes, repeatedBytes, width } = result;
  const measured = residentBytes - repeatedBytes;
  const what = `${work}, ${width} x ${width}${vaeTiling === 'on' ? ', in tiles' : ''}`;
  const cells = [size, what, memory, gigabytes(predictedBytes), gigabytes(measured)];
  return `| ${[...cells, (measured / predictedBytes).toFixed(2), gigabytes(residentBytes)].join(' | ')} |`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
