/** @file What `space` does: prints the words that a search would try. */
import { openWordModel } from '../../study/open-word-model.ts';
import { preflightSpace } from '../../study/preflight/preflight.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import type { LeftOutWord, PromptSpace, WordSlot } from '../../words/prompt-space.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { modelOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';

export async function runSpace(host: Host, prompt: string, options: CliOptions): Promise<number> {
  const { task = 'improve', space: file, maxChoices } = options;
  const source = await whileLoading(host, options, (download) =>
    openWordModel(options.model, { ...modelOptionsOf(options), ...download }),
  );
  const space = buildStudySpace(source, prompt, { task, space: file, maxChoices });
  warn(host, options, preflightSpace(source.model, space));
  host.stdout.write(options.json ? `${JSON.stringify(space)}\n` : spaceTable(space, host.stdout.columns));
  return EXIT_OK;
}

/**
 * The words with their substitutes, and where each comes from. Where `width` columns are too few for a row to each substitute,
 * its provenance stands below it.
 */
export function spaceTable(
  { slots, task, leftOut = [] }: PromptSpace,
  width = Number.POSITIVE_INFINITY,
): string {
  const combinations = slots.reduce((product, { choices }) => product * (choices.length + 1), 1);
  const without = task === 'improve' ? 'or none' : 'or the word itself';
  const words = `${slots.length} word${slots.length === 1 ? '' : 's'}`;
  const table = wideTable(slots);
  return [
    ...(table.every((line) => line.length <= width) ? table : narrowList(slots, width)),
    '',
    `${words}, each with one of its choices ${without}: ${combinations.toLocaleString('en-US')} combinations.`,
    ...leftOutLines(leftOut),
    '',
  ].join('\n');
}

/** A row for each substitute; the word stands in its first row only. */
function wideTable(slots: readonly WordSlot[]): string[] {
  const rows = slots.flatMap(({ text: word, choices }) =>
    choices.map(({ text, source, relation, score, sense = '' }, index) => {
      return [index === 0 ? word : '', text, source, relation, score.toFixed(2), sense];
    }),
  );
  return textTable([['word', 'choice', 'source', 'relation', 'score', 'sense'], ...rows]);
}

function narrowList(slots: readonly WordSlot[], width: number): string[] {
  return slots.flatMap(({ text: word, choices }) => [
    word,
    ...choices.flatMap(({ text, source, relation, score, sense }) => {
      const from = [relation, source, score.toFixed(2), ...(sense === undefined ? [] : [sense])];
      return [`  ${text}`, ...wrapped(from.join(', '), width, '    ')];
    }),
  ]);
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
