/**
 * @file `npm run similarity:calibrate -- [--similarity-model DIR|org/name] [--prompts FILE.json]`: what each threshold of a sentence
 * encoder lets through, over labelled substitutions. The tables of docs/similarity.md come from here.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openSentenceEncoder } from '../../src/study/open-sentence-encoder.ts';
import { LABELS, substitutedPrompts } from './substituted-prompts.ts';
import { balancedAccuracy, bestThreshold, type Measured, passing, rocArea } from './threshold-table.ts';

const { values } = parseArgs({
  options: {
    'similarity-model': { type: 'string' },
    prompts: { type: 'string', default: 'tests/fixtures/words/prompts.json' },
  },
});

/** 0.60, 0.62, … 0.98, 0.99 */
const THRESHOLDS = [...Array.from({ length: 20 }, (_, i) => (60 + 2 * i) / 100), 0.99];

const encoder = await openSentenceEncoder(values['similarity-model']);
const prompts = await substitutedPrompts(values.prompts);
const start = performance.now();
const rows: Measured[] = [];
for (const { prompt, substituted, label, words } of prompts)
  rows.push({ label, words, similarity: await encoder.similarity(prompt, substituted) });
const seconds = (performance.now() - start) / 1000;
await encoder.release();

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
const numbers = [1, 2, 3];
const only = (words: number) => rows.filter((one) => one.words === words);

const head = [
  'at least',
  ...numbers.flatMap((words) => LABELS.map((label) => `${label}, ${words}`)),
  'balanced accuracy',
];
let table = row(head) + row(head.map(() => '---'));
for (const threshold of THRESHOLDS) {
  const shares = numbers.flatMap((words) =>
    LABELS.map((label) =>
      percent(
        passing(
          only(words).filter((one) => one.label === label),
          threshold,
        ),
      ),
    ),
  );
  const accuracies = numbers.map((words) => balancedAccuracy(only(words), threshold).toFixed(2));
  table += row([threshold.toFixed(2), ...shares, accuracies.join(' ')]);
}
const quantiles = numbers.flatMap((words) =>
  LABELS.map((label) => {
    const sorted = only(words)
      .filter((one) => one.label === label)
      .map(({ similarity }) => similarity)
      .sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(3);
    return row([`${label}, ${words}`, sorted.length, at(0.1), at(0.5), at(0.9)]);
  }),
);

process.stdout.write(
  `${encoder.name}, ${prompts.length} substituted prompts in ${seconds.toFixed(0)} s, ${cpus().length} × ${cpus()[0].model.trim()}\n\n`,
);
process.stdout.write(`${table}\n`);
process.stdout.write(
  row(['label, words', 'prompts', '10 %', 'median', '90 %']) +
    row(['---', '---', '---', '---', '---']) +
    quantiles.join(''),
);
process.stdout.write(
  `\nROC area: ${numbers.map((words) => `${rocArea(only(words)).toFixed(3)} (${words})`).join(', ')}\n`,
);
process.stdout.write(`best threshold by balanced accuracy: ${bestThreshold(rows, THRESHOLDS).toFixed(2)}\n`);
