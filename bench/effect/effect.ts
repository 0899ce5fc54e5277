/**
 * @file `npm run effect -- [--prompts 48] [--many-seed-prompts 8] [--steps 20] [--rows FILE.jsonl]`: does the search help, on the embedded model?
 * Prompts are chosen because their original pictures miss something, and so regress to the mean: the table shows random candidates,
 * measured by the judge too, and held-out seeds beside the best. Rows are appended to a file as they come; a second run goes on where the first stopped.
 * Several processes share the work with `--shard 0/2` and `--shard 1/2`, one thread each; a last run without it prints the tables.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { loadPipeline, type Pipeline } from '../../src/index.ts';
import { type EffectPrompt, effectPrompts } from '../../src/pocket/prompts.ts';
import { rowAt } from '../../src/tensor/stack.ts';
import { refuse, wholeNumber } from '../option-values.ts';
import { controlRow } from './control-run.ts';
import { type AnyRow, EffectRows } from './effect-rows.ts';
import {
  type EffectRow,
  type EffectSettings,
  effectRow,
  judgedHitRate,
  type Measure,
  type Variant,
} from './effect-run.ts';
import { effectTables } from './effect-table.ts';

/** The paper's budget, and what it comes to without a gradient: the same number of UNet calls, rounded up. */
const HYBRID_BUDGET = 40;
const PROMPT_SEED = 2024;
const ROWS_BESIDE = ['random', 'evolution', 'gradient'] as const;

const { values } = parseArgs({
  options: {
    prompts: { type: 'string', default: '48' },
    'many-seed-prompts': { type: 'string', default: '8' },
    steps: { type: 'string', default: '20' },
    guidance: { type: 'string', default: '7.5' },
    threads: { type: 'string', default: '1' },
    shard: { type: 'string', default: '0/1' },
    rows: { type: 'string', default: '.cache/effect/rows.jsonl' },
  },
});

const settings: EffectSettings = {
  steps: wholeNumber('steps', values.steps),
  guidanceScale: Number(values.guidance),
  heldOutSeeds: [100, 101, 102, 103, 104, 105],
};
const [shard, shards] = values.shard.split('/').map(Number);
if (!(shard >= 0 && shard < shards)) refuse(`--shard must be like 0/2, got "${values.shard}".`);
if (!(settings.guidanceScale > 1)) refuse(`--guidance must be a number above 1, got "${values.guidance}".`);
const rows = new EffectRows(values.rows, settings);

const pipeline = await loadPipeline({ threads: wholeNumber('threads', values.threads) });
const chosen = await failingPrompts(pipeline, wholeNumber('prompts', values.prompts));
const manySeeds = new Set(chosen.slice(0, wholeNumber('many-seed-prompts', values['many-seed-prompts'], 0)));
const prompts = chosen.filter((_, index) => index % shards === shard);
for (const prompt of prompts)
  await search(prompt, { method: 'hybrid', searchedSeeds: 2, budget: HYBRID_BUDGET });
for (const method of ROWS_BESIDE) {
  for (const prompt of prompts)
    await search(prompt, { method, searchedSeeds: 2, budget: equalBudget(prompt, method) });
}
for (const searchedSeeds of [4, 8]) {
  for (const prompt of prompts.filter((candidate) => manySeeds.has(candidate))) {
    await search(prompt, { method: 'hybrid', searchedSeeds, budget: HYBRID_BUDGET });
  }
}
for (const prompt of prompts) await control(prompt);

const isChosen = new Set(chosen.map(({ prompt }) => prompt));
console.log(`${cpus()[0].model}, ${cpus().length} cores, ${values.threads} thread a process\n`);
console.log(
  effectTables(
    rows.all.filter(({ prompt }) => isChosen.has(prompt)),
    settings,
  ),
);
await pipeline.release();

/** The first prompts whose original pictures on the two searched seeds miss an object or its colour. */
async function failingPrompts(model: Pipeline, count: number): Promise<EffectPrompt[]> {
  const failing: EffectPrompt[] = [];
  for (const candidate of effectPrompts(1000, PROMPT_SEED)) {
    const requests = [0, 1].map((seed) => ({ prompt: candidate.prompt, seed }));
    const images = await model.generate(requests, settings);
    const rates = [0, 1].map((i) => judgedHitRate(rowAt(images, i), candidate.facts));
    if (rates.some((rate) => rate < 1)) failing.push(candidate);
    if (failing.length === count) break;
  }
  return failing;
}

/** Random search and evolution have no gradient to pay for; gradient search pays for its own. */
function equalBudget({ prompt }: EffectPrompt, method: (typeof ROWS_BESIDE)[number]): number {
  if (method === 'gradient') return HYBRID_BUDGET;
  const hybrid = rows.find(prompt, 'hybrid', 2) as EffectRow;
  return Math.ceil(hybrid.searchCalls / (2 * settings.steps));
}

async function search(prompt: EffectPrompt, variant: Variant): Promise<void> {
  if (rows.find(prompt.prompt, variant.method, variant.searchedSeeds)) return;
  const measured = await effectRow(pipeline, prompt, variant, settings);
  rows.add(measured);
  const { original, best, seconds } = measured;
  console.error(`${progress(measured)} ${changes(original, best)}, ${seconds.toFixed(0)} s`);
}

async function control(prompt: EffectPrompt): Promise<void> {
  if (rows.find(prompt.prompt, 'control', 2)) return;
  const measured = await controlRow(pipeline, prompt, settings);
  rows.add(measured);
  console.error(`${progress(measured)} ${changes(measured.original, measured.candidate)}`);
}

function progress({ method, searchedSeeds, prompt }: AnyRow): string {
  return `${rows.all.length} ${method} ${searchedSeeds}: "${prompt}"`;
}

function changes(before: Measure, after: Measure): string {
  return `loss ${before.loss.toFixed(3)} → ${after.loss.toFixed(3)}, hits ${before.hitRate.toFixed(2)} → ${after.hitRate.toFixed(2)}`;
}
