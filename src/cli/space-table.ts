/** @file A search space as a table for the terminal: each word with its substitutes, and where each comes from. */
import type { LeftOutWord, PromptSpace, WordChoice } from '../words/prompt-space.ts';
import { type SearchedSlot, searchedSlots, searchOf, slotName } from '../words/searched-slots.ts';
import { textTable } from './text-table.ts';
import { visibleText } from './visible-text.ts';

/**
 * A row for each substitute, then how many combinations there are, where the words come from, and what is not searched. Where `width`
 * columns are too few for a row to each substitute, its provenance stands below it.
 */
export function spaceTable(space: PromptSpace, width = Number.POSITIVE_INFINITY): string {
  const slots = searchedSlots(space);
  const combinations = slots.reduce((product, { slot }) => product * (slot.choices.length + 1), 1);
  const table = wideTable(slots, searchOf(space) === 'both');
  const lines = [
    ...(table.every((line) => line.length <= width) ? table : narrowList(slots, width)),
    '',
    `${sizeText(space, slots)}: ${combinations.toLocaleString('en-US')} combinations.`,
    ...sourceLines(space),
    ...leftOutLines(space.leftOut ?? []),
    '',
  ];
  return visibleText(lines.join('\n'));
}

/** The word stands in its first row only; what no choice has gets no column. */
function wideTable(slots: readonly SearchedSlot[], isJoint: boolean): string[] {
  const hasSenses = slots.some(({ slot }) => slot.choices.some(({ sense }) => sense !== undefined));
  const rows = slots.flatMap((each) =>
    each.slot.choices.map(({ text, source, relation, score, sense = '' }, index) => [
      index === 0 ? rowName(each) : '',
      text,
      source,
      relation,
      score.toFixed(2),
      ...(isJoint ? [partName(each)] : []),
      ...(hasSenses ? [sense] : []),
    ]),
  );
  const further = [...(isJoint ? ['into the'] : []), ...(hasSenses ? ['sense'] : [])];
  return textTable([['word', 'choice', 'source', 'relation', 'score', ...further], ...rows]);
}

function narrowList(slots: readonly SearchedSlot[], width: number): string[] {
  return slots.flatMap((each) => [
    rowName(each),
    ...each.slot.choices.flatMap((choice) => [
      `  ${choice.text}`,
      ...wrapped(provenance(choice), width, '    '),
    ]),
  ]);
}

function provenance({ relation, source, score, sense }: WordChoice): string {
  return [relation, source, score.toFixed(2), ...(sense === undefined ? [] : [sense])].join(', ');
}

/** `text` broken at spaces into lines of at most `width` columns, if its words allow it. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}

function rowName(slot: SearchedSlot): string {
  return slot.kind === 'library' ? `(${slotName(slot)})` : slotName(slot);
}

function partName({ part }: SearchedSlot): string {
  return part === 'negative' ? 'negative prompt' : 'prompt';
}

const WITHOUT = {
  negative: 'or none',
  positive: 'or the word itself',
  both: 'or the word itself, or none in the negative prompt',
};

function sizeText(space: PromptSpace, slots: readonly SearchedSlot[]): string {
  const search = searchOf(space);
  const noun = search === 'both' || space.library !== undefined ? 'slot' : 'word';
  return `${slots.length} ${noun}${slots.length === 1 ? '' : 's'}, each with one of its choices ${WITHOUT[search]}`;
}

function sourceLines({ languageModel, keyConcepts }: PromptSpace): string[] {
  return [
    ...(keyConcepts ? [`Key concepts, the most important first: ${keyConcepts.join(', ')}.`] : []),
    ...(languageModel
      ? [
          `Language model: ${languageModel.model} at ${languageModel.host}, question ${languageModel.template}.`,
        ]
      : []),
  ];
}

const LEFT_OUT: Readonly<Record<LeftOutWord['reason'], string>> = {
  'not-read': 'beyond what the text encoder reads',
  'no-room': 'no room left in the negative prompt',
};

function leftOutLines(words: readonly LeftOutWord[]): string[] {
  if (words.length === 0) return [];
  return [
    '',
    'Not searched:',
    ...textTable(words.map(({ text, reason }) => [`  ${text}`, LEFT_OUT[reason]])),
  ];
}
