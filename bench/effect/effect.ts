/**
 * @file `npm run effect -- [--prompts 40] [--many-seed-prompts 16] [--steps 20] [--rows FILE.jsonl]`: does the search help, on the embedded model?
 * Prompts are chosen because their original pictures miss something, and so regress to the mean: the table shows the average candidate
 * and held-out seeds beside the best. Rows are appended to a file as they come; a second run goes on where the first stopped.
 * Several processes share the work with `--shard 0/2` and `--shard 1/2`, one thread each; a last run without it prints the tables.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type EffectPrompt, effectPrompts } from '../../pocket/prompts.ts';
import { loadPipeline, type Pipeline } from '../../src/index.ts';
import { type EffectRow, type EffectSettings, effectRow, judgedHitRate, type Variant } from './effect-run.ts';
import { effectTables } from './effect-table.ts';

/** The paper's budget, and what it comes to without a gradient: the same number of UNet calls, rounded up. */
const HYBRID_BUDGET = 40;
const PROMPT_SEED = 2024;
const ROWS_BESIDE = ['random', 'evolution', 'gradient'] as const;

const { values } = parseArgs({
  options: {
    prompts: { type: 'string', default: '40' },
    'many-seed-prompts': { type: 'string', default: '16' },
    steps: { type: 'string', default: '20' },
    guidance: { type: 'string', default: '7.5' },
    threads: { type: 'string', default: '1' },
    shard: { type: 'string', default: '0/1' },
    rows: { type: 'string', default: '.cache/effect/rows.jsonl' },
  },
});

const settings: EffectSettings = {
  steps: Number(values.steps),
  guidanceScale: Number(values.guidance),
  heldOutSeeds: [100, 101, 102, 103, 104, 105],
};
const rowsFile = values.rows;
mkdirSync(dirname(rowsFile), { recursive: true });
const rows: EffectRow[] = existsSync(rowsFile)
  ? readFileSync(rowsFile, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];

const pipeline = await loadPipeline({ threads: Number(values.threads) });
const [shard, shards] = values.shard.split('/').map(Number);
const chosen = await failingPrompts(pipeline, Number(values.prompts));
const manySeeds = new Set(chosen.slice(0, Number(values['many-seed-prompts'])));
const prompts = chosen.filter((_, index) => index % shards === shard);
for (const prompt of prompts)
  await row(prompt, { method: 'hybrid', searchedSeeds: 2, budget: HYBRID_BUDGET });
for (const method of ROWS_BESIDE) {
  for (const prompt of prompts)
    await row(prompt, { method, searchedSeeds: 2, budget: equalBudget(prompt, method) });
}
for (const searchedSeeds of [4, 8]) {
  for (const prompt of prompts.filter((candidate) => manySeeds.has(candidate))) {
    await row(prompt, { method: 'hybrid', searchedSeeds, budget: HYBRID_BUDGET });
  }
}
console.log(
  `${settings.steps} DDIM steps, guidance ${settings.guidanceScale}, ${cpus()[0].model}, ${cpus().length} cores\n`,
);
console.log(effectTables(rows));

/** The first prompts whose original pictures on the two searched seeds miss an object or its colour. */
async function failingPrompts(model: Pipeline, count: number): Promise<EffectPrompt[]> {
  const failing: EffectPrompt[] = [];
  for (const candidate of effectPrompts(1000, PROMPT_SEED)) {
    const requests = [0, 1].map((seed) => ({ prompt: candidate.prompt, seed }));
    const images = await model.generate(requests, settings);
    const pixels = images.data.length / 2;
    const rates = [0, 1].map((i) =>
      judgedHitRate(
        {
          dtype: 'float32',
          shape: images.shape.slice(1),
          data: images.data.subarray(i * pixels, (i + 1) * pixels),
        },
        candidate.facts,
      ),
    );
    if (rates.some((rate) => rate < 1)) failing.push(candidate);
    if (failing.length === count) break;
  }
  return failing;
}

/** Random search and evolution have no gradient to pay for; gradient search pays for its own. */
function equalBudget({ prompt }: EffectPrompt, method: (typeof ROWS_BESIDE)[number]): number {
  if (method === 'gradient') return HYBRID_BUDGET;
  const hybrid = rows.find(
    (known) => known.prompt === prompt && known.method === 'hybrid' && known.searchedSeeds === 2,
  )!;
  return Math.ceil(hybrid.searchCalls / (2 * settings.steps));
}

async function row(prompt: EffectPrompt, variant: Variant): Promise<void> {
  const isKnown = rows.some(
    (known) =>
      known.prompt === prompt.prompt &&
      known.method === variant.method &&
      known.searchedSeeds === variant.searchedSeeds,
  );
  if (isKnown) return;
  const measured = await effectRow(pipeline, prompt, variant, settings);
  rows.push(measured);
  appendFileSync(rowsFile, `${JSON.stringify(measured)}\n`);
  const { original, best } = measured;
  console.error(
    `${rows.length} ${variant.method} ${variant.searchedSeeds}: "${prompt.prompt}" loss ${original.loss.toFixed(3)} → ${best.loss.toFixed(3)}, hits ${original.hitRate.toFixed(2)} → ${best.hitRate.toFixed(2)}, ${measured.seconds.toFixed(0)} s`,
  );
}
