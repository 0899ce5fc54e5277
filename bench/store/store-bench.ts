/**
 * @file `npm run bench -- store [--full] [--runs 300]`: what the store takes for a write, a hit, a resumption and a list, with 1,000 to
 * 100,000 evaluations in it (a million with `--full`, which needs 8 GB in the temporary folder and half an hour).
 * Compare only figures of one run: disks are shared and noisy. The rate of the bare disk stands beside them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureBlobTables } from './blob-tables.ts';
import { FilledStore } from './filled-store.ts';
import { measureDisk, measureStore, type StoreMeasures } from './store-measures.ts';

const SIZES = [1000, 10_000, 100_000] as const;

export function benchStore({ runs, full }: { readonly runs: number; readonly full: boolean }): void {
  const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-bench-store-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  console.log(`${cpus()[0].model}, ${cpus().length} cores, ${dir}; median of ${runs} runs\n`);
  console.log(
    '| evaluations (studies) | picture, score, PNG | evaluation, event | bare 4 KB fsync | hit | miss | resume | list 20 | list all, each | file, each |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  const filled = new FilledStore(join(dir, 'studies.db'));
  const measured: StoreMeasures[] = [];
  for (const size of full ? [...SIZES, 1_000_000] : SIZES) {
    filled.fillTo(size);
    const measures = measureStore(filled, runs);
    measured.push(measures);
    console.log(row(measures, measureDisk(join(dir, 'bare'), runs)));
  }
  filled.store.close();
  console.log(ratios(measured[0], measured[measured.length - 1]));
  console.log('');
  reportBlobs(dir, runs);
}

function row(measures: StoreMeasures, disk: number): string {
  const { evaluations, studies, picture, evaluation, hit, miss } = measures;
  const cells = [
    `${evaluations.toLocaleString('en')} (${studies.toLocaleString('en')})`,
    `${perSecond(picture)}/s`,
    `${perSecond(evaluation)}/s`,
    `${perSecond(disk)}/s`,
    `${perSecond(hit)}/s`,
    `${perSecond(miss)}/s`,
    milliseconds(measures.resume),
    milliseconds(measures.listNewest),
    `${(measures.listEach * 1e6).toFixed(1)} µs`,
    `${measures.bytes.toFixed(0)} B`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Of the costs, so that more is worse in every column. */
function ratios(smallest: StoreMeasures, largest: StoreMeasures): string {
  const names = ['hit', 'miss', 'resume', 'listNewest', 'listEach', 'bytes'] as const;
  const of = (name: 'picture' | 'evaluation' | (typeof names)[number]) =>
    (largest[name] / smallest[name]).toFixed(2);
  return `| cost, largest / smallest | ${[of('picture'), of('evaluation'), '', ...names.map(of)].join(' | ')} |`;
}

function reportBlobs(dir: string, runs: number): void {
  console.log('| pictures by key | latents | insertion | find | file, each |');
  console.log('|---|---|---|---|---|');
  for (const { layout, blobBytes, insert, find, bytes } of measureBlobTables(dir, runs * 10)) {
    const cells = [layout, `${blobBytes / 1024} KB`, `${perSecond(insert)}/s`, `${perSecond(find)}/s`];
    console.log(`| ${[...cells, `${bytes.toFixed(0)} B`].join(' | ')} |`);
  }
}

function perSecond(seconds: number): string {
  return Math.round(1 / seconds).toLocaleString('en');
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(1)} ms`;
}
