/** @file What `space` does: prints the words that a search would try. */
import { checkPrompt } from '../../study/check-prompt.ts';
import { openWordModel } from '../../study/open-word-model.ts';
import { preflightSpace } from '../../study/preflight/preflight.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import type { LeftOutWord, PromptSpace } from '../../words/prompt-space.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { checkWordProvider, preparedWords } from '../prepared-words.ts';
import type { CliOptions } from '../shared-options.ts';
import { modelOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';

export async function runSpace(host: Host, prompt: string, options: CliOptions): Promise<number> {
  const { task = 'improve', space: file, maxChoices } = options;
  checkPrompt(prompt);
  await checkWordProvider(host, options);
  const source = await whileLoading(host, options, (download) =>
    openWordModel(options.model, { ...modelOptionsOf(options), ...download }),
  );
  const prepared = await preparedWords(host, source, { task, prompt, options });
  const space = buildStudySpace(source, prompt, { task, space: prepared ?? file, maxChoices });
  warn(host, options, preflightSpace(source.model, space));
  host.stdout.write(options.json ? `${JSON.stringify(space)}\n` : spaceTable(space));
  return EXIT_OK;
}

/** A row for each substitute; the word stands in its first row only. */
export function spaceTable(space: PromptSpace): string {
  const { slots, task, leftOut = [] } = space;
  const rows = slots.flatMap((slot) =>
    slot.choices.map(({ text, source, relation }, i) => [i === 0 ? slot.text : '', text, source, relation]),
  );
  const combinations = slots.reduce((product, { choices }) => product * (choices.length + 1), 1);
  const without = task === 'improve' ? 'or none' : 'or the word itself';
  const words = `${slots.length} word${slots.length === 1 ? '' : 's'}`;
  return [
    ...textTable([['word', 'choice', 'source', 'relation'], ...rows]),
    '',
    `${words}, each with one of its choices ${without}: ${combinations.toLocaleString('en-US')} combinations.`,
    ...sourceLines(space),
    ...leftOutLines(leftOut),
    '',
  ].join('\n');
}

const LEFT_OUT: Readonly<Record<LeftOutWord['reason'], string>> = {
  'not-read': 'beyond what the text encoder reads',
  'no-room': 'no room left in the negative prompt',
};

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

function leftOutLines(words: readonly LeftOutWord[]): string[] {
  if (words.length === 0) return [];
  return [
    '',
    'Not searched:',
    ...textTable(words.map(({ text, reason }) => [`  ${text}`, LEFT_OUT[reason]])),
  ];
}
