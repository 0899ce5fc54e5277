/** @file The search space word by word: its choices, what was learned of them, and what was chosen. */
import type { PromptPart } from '../../words/prompt-space.ts';
import { type SearchedSlot, searchedSlots, searchOf, slotName } from '../../words/searched-slots.ts';
import { escapeHtml } from '../escape-html.ts';
import { bestCandidate, type StudyRecord } from '../study-record.ts';
import { formatShare } from './format-number.ts';

/** One choice of a slot as the table shows it. */
interface ChoiceRow {
  readonly text: string;
  readonly isOriginal: boolean;
  readonly isChosen: boolean;
  readonly probability: number;
  /** How it relates to the word and who proposed it; empty where unknown. */
  readonly origin: string;
}

const PART_HEADS: Readonly<Record<PromptPart, string>> = {
  positive: 'In the prompt',
  negative: 'In the negative prompt',
};

const REPLACED = 'Each word of the prompt may stay or be replaced by one of its choices.';
const ADDED = 'Each word of the prompt may add one of its choices to the negative prompt, or nothing.';
const MEANINGS = { positive: REPLACED, negative: ADDED, both: `${REPLACED} ${ADDED}` };

/** A table for each searched word. */
export function spaceSection(record: StudyRecord): string {
  const { started, gradients } = record;
  const learned = gradients.at(-1)?.probabilities;
  const chosen = bestCandidate(record.candidates)?.candidate;
  const slots = searchedSlots(started.space);
  const tables = started.choices.map((choices, index) => {
    const slot = slots[index];
    const rows = choices.map((text, choice) => ({
      text,
      isOriginal: choice === 0,
      isChosen: chosen?.[index] === choice,
      probability: learned?.[index]?.[choice] ?? 1 / choices.length,
      origin: originOf(slot, text),
    }));
    return { part: slot.part, table: slotTable(captionOf(slot), rows, learned !== undefined) };
  });
  const groups = (['positive', 'negative'] as const)
    .map((part) => [part, tables.filter((each) => each.part === part).map(({ table }) => table)] as const)
    .filter(([, shown]) => shown.length > 0);
  const isJoint = groups.length > 1;
  return [
    '<section aria-labelledby="space">',
    '<h2 id="space">Words</h2>',
    `<p>${introduction(record, learned !== undefined)}</p>`,
    ...groups.flatMap(([part, shown]) => [
      ...(isJoint ? [`<h3>${PART_HEADS[part]}</h3>`] : []),
      `<div class="slots">\n${shown.join('\n')}\n</div>`,
    ]),
    '</section>',
  ].join('\n');
}

function introduction({ started }: StudyRecord, isLearned: boolean): string {
  const what = MEANINGS[searchOf(started.space)];
  const how = isLearned
    ? 'The bars are the probabilities that the gradient search learned; the best candidate need not be the likeliest.'
    : 'Nothing was learned by gradient, so every choice of a word was equally likely.';
  return `${what} ${how} “✓ chosen” marks the words of the best candidate.`;
}

function slotTable(word: string, rows: readonly ChoiceRow[], isLearned: boolean): string {
  return [
    '<table class="slot">',
    `<caption dir="auto">${escapeHtml(word)}</caption>`,
    `<thead><tr><th scope="col">Choice</th><th scope="col">${isLearned ? 'Learned' : 'Uniform'}</th></tr></thead>`,
    `<tbody>${rows.map(choiceRow).join('')}</tbody>`,
    '</table>',
  ].join('');
}

function choiceRow({ text, isOriginal, isChosen, probability, origin }: ChoiceRow): string {
  const name = text === '' ? '<i>none</i>' : `<span dir="auto">${escapeHtml(text)}</span>`;
  const mark = isChosen ? ' <span class="tick">✓ chosen</span>' : '';
  const detail = isOriginal && text !== '' ? 'the original' : origin;
  const note = detail === '' ? '' : `<small>${escapeHtml(detail)}</small>`;
  return `<tr${isChosen ? ' class="chosen"' : ''}><th scope="row">${name}${mark}${note}</th><td>${bar(probability)}</td></tr>`;
}

function bar(probability: number): string {
  const width = Math.round(1000 * Math.min(1, Math.max(0, probability))) / 10;
  return `<span class="bar" aria-hidden="true"><span style="width:${width}%"></span></span><span class="share">${formatShare(probability)}</span>`;
}

/** A theme of the library is no word of the prompt. */
function captionOf(slot: SearchedSlot): string {
  return slot.kind === 'library' ? `library: ${slotName(slot)}` : slotName(slot);
}

function originOf({ slot }: SearchedSlot, text: string): string {
  const choice = slot.choices.find((candidate) => candidate.text === text);
  if (!choice) return '';
  return choice.relation === choice.source ? choice.source : `${choice.relation}, ${choice.source}`;
}
