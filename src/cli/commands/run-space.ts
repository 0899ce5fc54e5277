/** @file What `space` does: prints the words that a search would try. */
import { openModel } from '../../study/load-pipeline.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import type { PromptSpace } from '../../words/prompt-space.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { modelOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';

export async function runSpace(host: Host, prompt: string, options: CliOptions): Promise<number> {
  const { task = 'improve', space: file, maxChoices } = options;
  const model = await openModel(options.model, modelOptionsOf(options));
  const space = buildStudySpace({ model }, prompt, { task, space: file, maxChoices });
  host.stdout.write(options.json ? `${JSON.stringify(space)}\n` : spaceTable(space));
  return EXIT_OK;
}

/** A row for each substitute; the word stands in its first row only. */
export function spaceTable({ slots, task }: PromptSpace): string {
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
    '',
  ].join('\n');
}
