/**
 * @file `npm run words:eval -- FILE [--half development|validation] [--show improve|attack]`: what the dictionary's spaces are
 * worth against labelled prompts. Rules are made while looking at the development half only; every other prompt of a file
 * belongs to it. `--show` lists each slot's choices with their labels.
 */

import { parseArgs } from 'node:util';
import { buildPromptSpace, generalDictionaries } from '../../src/words/build-prompt-space.ts';
import type { Task } from '../../src/words/prompt-space.ts';
import { type LabelledPrompt, readLabelledPrompts } from './labelled-prompts.ts';
import {
  count,
  countSlots,
  emptyMeasures,
  type Judgement,
  judge,
  type SlotMeasures,
} from './word-measures.ts';

const DEFAULT_FILE = 'tests/fixtures/words/prompts.json';
const TASKS: readonly Task[] = ['improve', 'attack'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { half: { type: 'string' }, show: { type: 'string' } },
});
const prompts = readLabelledPrompts(positionals[0] ?? DEFAULT_FILE);
const halves = {
  all: prompts,
  development: prompts.filter((_, index) => index % 2 === 0),
  validation: prompts.filter((_, index) => index % 2 === 1),
};
const dictionaries = generalDictionaries();

function evaluate(part: readonly LabelledPrompt[], task: Task) {
  const slots: SlotMeasures = { expected: 0, found: 0, wrong: 0 };
  const [content, closed] = [emptyMeasures(), emptyMeasures()];
  const judgements: Judgement[] = [];
  for (const prompt of part) {
    const space = buildPromptSpace(prompt.prompt, { task, dictionaries });
    countSlots(slots, prompt, space);
    for (const slot of prompt.slots) {
      if (slot.alternative) continue;
      const judgement = judge(prompt, slot, space, task);
      judgements.push(judgement);
      count(slot.closed ? closed : content, judgement, task);
    }
  }
  return { slots, content, closed, judgements };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** A column of the table. */
function column(part: readonly LabelledPrompt[], task: Task): string[] {
  const { slots, content, closed } = evaluate(part, task);
  const of = (m: typeof content) => {
    const judged = m.yes + m.close + m.no + m.stopped;
    const all = judged + m.unjudged;
    return [
      percent(m.yes, judged),
      task === 'attack' ? percent(m.yes + m.close, judged) : '–',
      percent(m.unjudged, all),
      percent(m.yes, all),
      task === 'attack' ? percent(m.yes + m.close, all) : '–',
      percent(m.threeGood, m.slots),
      task === 'attack' ? percent(m.twoUsable, m.slots) : '–',
      percent(m.inflectionErrors, all),
      String(m.stopped),
    ];
  };
  return [
    percent(slots.found, slots.expected),
    percent(slots.found, slots.found + slots.wrong),
    ...of(content),
    ...of(closed),
  ];
}

const KIND_ROWS = [
  'precision (yes / judged)',
  'precision, close ones counted',
  'unjudged share',
  'pessimistic precision (yes / all)',
  'pessimistic, close ones counted',
  'slots with 3 or more good',
  'slots with 2 or more good or close',
  'inflection errors',
  'stop-listed choices',
];
const ROWS = [
  'slot recall',
  'slot precision',
  ...KIND_ROWS.map((row) => `content words: ${row}`),
  ...KIND_ROWS.map((row) => `closed class: ${row}`),
];

function printTable(): void {
  const parts = Object.entries(halves);
  const columns = TASKS.flatMap((task) => parts.map(([, part]) => column(part, task)));
  const names = ['contrasts', 'synonyms'].flatMap((task) => parts.map(([part]) => `${task}, ${part}`));
  console.log(`| measure | ${names.join(' | ')} |`);
  console.log(`|---|${names.map(() => '--:|').join('')}`);
  ROWS.forEach((row, index) => {
    console.log(`| ${row} | ${columns.map((cells) => cells[index]).join(' | ')} |`);
  });
}

const MARKS = { yes: '+', close: '~', no: '-', stopped: '!!', unjudged: '?' } as const;

function printChoices(task: Task): void {
  const part = halves[values.half === 'validation' ? 'validation' : 'development'];
  let last = '';
  for (const { prompt, slot, labels } of evaluate(part, task).judgements) {
    if (prompt.prompt !== last) console.log(`\n## ${prompt.id} ${prompt.prompt}`);
    last = prompt.prompt;
    const shown = labels.map(({ text, label }) => `${MARKS[label]}${text}`).join(', ');
    console.log(`${slot.text} (${slot.pos}${slot.form ? ` ${slot.form}` : ''}): ${shown}`);
  }
}

if (values.show === 'improve' || values.show === 'attack') printChoices(values.show);
else printTable();
