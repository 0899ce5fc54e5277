/**
 * @file `npm run similarity:calibrate -- [--similarity-model DIR|org/name] [--prompts FILE.json]`: what each threshold of a sentence
 * encoder lets through, over labelled substitutions. With `--pocket`, over those of the embedded model's world; `--similarity-model clip`
 * is then its scorer's text tower. The tables of docs/similarity.md come from here.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { loadPipeline } from '../../src/index.ts';
import { openSentenceEncoder } from '../../src/study/open-sentence-encoder.ts';
import { refuse } from '../option-values.ts';
import { pocketSubstitutions } from './pocket-substitutions.ts';
import { LABELS, type SubstitutedPrompt, substitutedPrompts } from './substituted-prompts.ts';
import { balancedAccuracy, bestThreshold, type Measured, passing, rocArea } from './threshold-table.ts';

const { values } = parseArgs({
  options: {
    'similarity-model': { type: 'string', default: 'minilm' },
    prompts: { type: 'string', default: 'tests/fixtures/words/prompts.json' },
    pocket: { type: 'boolean', default: false },
  },
});

/** 0.60, 0.62, … 0.98, 0.99 */
const THRESHOLDS = [...Array.from({ length: 20 }, (_, i) => (60 + 2 * i) / 100), 0.99];
const NUMBERS = [1, 2, 3];

const model = values['similarity-model'];
if (model === 'clip' && !values.pocket)
  refuse('--similarity-model clip is for --pocket: no other CLIP comes with the program.');
const pipeline = await loadPipeline();
const prompts = values.pocket
  ? await pocketSubstitutions(pipeline)
  : await substitutedPrompts(values.prompts);
const encoder = await openSentenceEncoder(model === 'clip' ? 'minilm' : model);
const start = performance.now();
const rows: Measured[] = [];
for (const one of prompts) rows.push({ ...one, similarity: await similarityOf(one) });
const seconds = (performance.now() - start) / 1000;
await encoder.release();
await pipeline.release();

const labels = LABELS.filter((label) => rows.some((one) => one.label === label));
const groups = NUMBERS.flatMap((words) => labels.map((label) => ({ words, label })));
const name = model === 'clip' ? "the embedded model's scorer" : encoder.name;
process.stdout.write(
  `${name}, ${prompts.length} substituted prompts in ${seconds.toFixed(0)} s, ${machine()}\n\n`,
);
process.stdout.write(`${thresholdTable()}\n${quantileTable()}\n`);
const areas = NUMBERS.map((words) => `${rocArea(rowsOf(words)).toFixed(3)} (${words})`).join(', ');
process.stdout.write(`ROC area by words replaced: ${areas}\n`);
process.stdout.write(`best mean balanced accuracy: at ${bestThreshold(rows, THRESHOLDS).toFixed(2)}\n`);

function similarityOf({ prompt, substituted }: SubstitutedPrompt): Promise<number> {
  return model === 'clip'
    ? pipeline.scorer.textSimilarity(prompt, substituted)
    : encoder.similarity(prompt, substituted);
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0].model.trim()}`;
}

function rowsOf(words: number): Measured[] {
  return rows.filter((one) => one.words === words);
}

function thresholdTable(): string {
  const head = ['at least', ...groups.map(({ words, label }) => `${label}, ${words}`), 'balanced accuracy'];
  const lines = THRESHOLDS.map((threshold) => {
    const shares = groups.map(({ words, label }) => {
      const share = passing(
        rowsOf(words).filter((one) => one.label === label),
        threshold,
      );
      return `${(100 * share).toFixed(0)} %`;
    });
    const accuracies = NUMBERS.map((words) => balancedAccuracy(rowsOf(words), threshold).toFixed(2));
    return line([threshold.toFixed(2), ...shares, accuracies.join(' ')]);
  });
  return [line(head), line(head.map(() => '---')), ...lines].join('');
}

function quantileTable(): string {
  const head = ['label, words', 'prompts', '10 %', 'median', '90 %'];
  const lines = groups.map(({ words, label }) => {
    const sorted = rowsOf(words)
      .filter((one) => one.label === label)
      .map(({ similarity }) => similarity)
      .sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(3);
    return line([`${label}, ${words}`, sorted.length, at(0.1), at(0.5), at(0.9)]);
  });
  return [line(head), line(head.map(() => '---')), ...lines].join('');
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
