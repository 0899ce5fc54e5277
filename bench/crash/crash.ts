/**
 * @file `npm run crash -- [--kills 1000] [--each 4] [--seed 0]`: kills studies with SIGKILL at random instants, goes on with each, and
 * compares what they come to with an undisturbed one. Prints the figures; exit code 1 where any study ended otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { wholeNumber } from '../option-values.ts';
import { type CrashFigures, CrashRun } from './crash-run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    each: { type: 'string', default: '4' },
    seed: { type: 'string', default: '0' },
  },
});
const kills = wholeNumber('kills', values.kills);
const each = wholeNumber('each', values.each);

const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-crash-'));
const start = performance.now();
try {
  const run = new CrashRun(dir, new MersenneTwister(wholeNumber('seed', values.seed, 0)));
  await run.begin();
  const figures: CrashFigures = { kills: 0, studies: 0, different: 0, lost: 0, damaged: 0, problems: [] };
  while (figures.kills < kills) {
    await run.study(figures, Math.min(each, kills - figures.kills));
    console.error(figuresText(figures));
  }
  console.log(`${figuresText(figures)}, in ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
  for (const problem of figures.problems.slice(0, 10)) console.log(problem);
  const isClean = figures.problems.length + figures.lost + figures.damaged === 0;
  process.exitCode = isClean ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function figuresText({ kills: done, studies, different, lost, damaged }: CrashFigures): string {
  return `${done} kills in ${studies} studies: ${different} ended otherwise, ${lost} committed evaluations lost, ${damaged} stores damaged`;
}
