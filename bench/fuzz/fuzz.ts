/**
 * @file `npm run fuzz -- [--cases 100000] [--seed 0] [--target NAME] [--workers 2] [--failures DIR]`: opens damaged model files by the
 * thousand and looks whether each is accepted, or refused by a sentence that names the file. `--case N` makes one case again.
 * Exit code 1 when any case fails; its files are then in the folder for failures.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { oneOf, refuse, wholeNumber } from '../option-values.ts';
import { FREE_BYTES, FuzzCases, MAX_MS } from './fuzz-case.ts';
import { FuzzTable } from './fuzz-table.ts';
import { runWorker } from './fuzz-worker.ts';
import { TARGETS } from './targets.ts';

const NAMES = TARGETS.map(({ name }) => name);
/** Failures whose files are kept; one bug makes many. */
const MAX_KEPT = 50;

const values = readOptions();
const seed = wholeNumber('seed', values.seed, 0);
const only = values.target === undefined ? undefined : oneOf('target', values.target, NAMES);
const targets = TARGETS.filter(({ name }) => only === undefined || name === only);
const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'dpo-diff-fuzz-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

if (values.case === undefined)
  await runAll(wholeNumber('cases', values.cases), wholeNumber('workers', values.workers));
else await runOne(wholeNumber('case', values.case, 0));

function readOptions() {
  try {
    return parseArgs({
      options: {
        cases: { type: 'string', default: '100000' },
        seed: { type: 'string', default: '0' },
        case: { type: 'string' },
        target: { type: 'string' },
        workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
        failures: { type: 'string', default: 'fuzz-failures' },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

async function runAll(cases: number, workers: number): Promise<void> {
  const table = new FuzzTable();
  const inputs = new FuzzCases(dir, seed, targets);
  const start = performance.now();
  let peak = 0;
  const fail = (index: number, problem: string) => {
    console.error(`case ${index}: ${problem.slice(0, 500)}`);
    if (table.failed <= MAX_KEPT) keep(inputs, index, problem);
  };
  const listener = {
    onResult: (result: Parameters<FuzzTable['add']>[0]) => {
      table.add(result);
      if (result.problem !== null) fail(result.index, result.problem);
      if (table.cases % 10_000 === 0) console.error(`${table.cases} of ${cases} cases`);
    },
    onLost: (index: number, problem: string) => {
      table.addLost(inputs.input(index).target.name);
      fail(index, problem);
    },
    onPeak: (bytes: number) => {
      peak = Math.max(peak, bytes);
    },
  };
  const shares = Array.from({ length: workers }, (_, first) =>
    runWorker({ first, step: workers, end: cases, seed, dir, only }, listener),
  );
  await Promise.all(shares);
  report(table, { seconds: (performance.now() - start) / 1000, peak, workers });
}

function report(table: FuzzTable, run: { seconds: number; peak: number; workers: number }): void {
  console.log(table.lines(NAMES).join('\n'));
  console.log(`
${table.cases} cases, seed ${seed}, in ${run.seconds.toFixed(0)} s on ${run.workers} processes; peak memory of one ${(run.peak / 2 ** 20).toFixed(0)} MiB.
A case fails when it throws anything but a sentence for the user that names the file, takes over ${MAX_MS} ms of a processor
twice, says nothing for 20 s (its process is killed), or asks at once for more than twice its files' bytes (${FREE_BYTES / 1024} KiB are free, and the table of CLIP's own 49,408 tokens).
"Largest request / file" comes from watching array buffers, typed arrays, sized arrays and Node's buffers. "Heap / file" is the growth
of V8's heap in cases of ${FREE_BYTES / 1024} KiB and more, garbage and parsed JSON included; it is printed, not limited: three bytes of
JSON, "{},", take 64 bytes as an object.`);
  console.log(`${table.failed} of ${table.cases} cases failed.`);
  if (table.failed > 0) process.exitCode = 1;
}

async function runOne(index: number): Promise<void> {
  const cases = new FuzzCases(dir, seed, targets);
  const result = await cases.run(index);
  console.log(result);
  keep(cases, index, result.problem ?? 'no problem');
  if (result.problem !== null) process.exitCode = 1;
}

/** The files of a case, as they were opened. */
function keep(cases: FuzzCases, index: number, problem: string): void {
  const { target, corpus, changed } = cases.input(index);
  const folder = join(values.failures, `${target.name.replaceAll(/\W/g, '-')}-${seed}-${index}`);
  mkdirSync(folder, { recursive: true });
  const chosen = only === undefined ? '' : ` --target "${only}"`;
  writeFileSync(
    join(folder, 'problem.txt'),
    `${problem}\n\nnpm run fuzz -- --seed ${seed}${chosen} --case ${index}\n`,
  );
  for (const [name, original] of corpus) {
    const bytes = changed.has(name) ? changed.get(name)! : original;
    if (bytes === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  console.error(`  its files are in ${folder}`);
}
