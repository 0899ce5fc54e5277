/** @file What `space` does: prints the words that a search would try. */
import { DpoError } from '../../errors.ts';
import { openWordModel } from '../../study/open-word-model.ts';
import { preflightSpace } from '../../study/preflight/preflight.ts';
import { buildStudySpace, type SpaceSource } from '../../study/study-space.ts';
import type { PromptSpace } from '../../words/prompt-space.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { checkWordProvider, preparedWords } from '../prepared-words.ts';
import type { CliOptions } from '../shared-options.ts';
import { spaceTable } from '../space-table.ts';
import { modelOptionsOf } from '../study-options-of.ts';
import { unusedWords } from '../unused-options.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';
import { runSpaceBatch } from './run-space-batch.ts';

/** @param prompt undefined where a file has the prompts */
export async function runSpace(host: Host, prompt: string | undefined, options: CliOptions): Promise<number> {
  checkRequest(prompt, options);
  await checkWordProvider(host, options);
  warn(host, options, unusedWords(options));
  const source = await whileLoading(host, options, (download) =>
    openWordModel(options.model, { ...modelOptionsOf(options), ...download }),
  );
  const build = (text: string) => spaceOf(host, source, text, options);
  if (prompt === undefined) return runSpaceBatch(host, options, build);
  const space = await build(prompt);
  // Not refused, because a configuration file may be made for searches too.
  const unused =
    options.out === undefined
      ? undefined
      : 'One space is printed, not written to --out; use --json > FILE.json.';
  warn(host, options, [unused]);
  warn(host, options, preflightSpace(source.model, space, options.search));
  host.stdout.write(options.json ? `${JSON.stringify(space)}\n` : spaceTable(space, host.stdout.columns));
  return EXIT_OK;
}

async function spaceOf(
  host: Host,
  source: SpaceSource,
  prompt: string,
  options: CliOptions,
): Promise<PromptSpace> {
  const { task = 'improve', search, maxChoices, librarySlots } = options;
  const space = (await preparedWords(host, source, { task, prompt, options })) ?? options.space;
  return buildStudySpace(source, prompt, { task, search, space, maxChoices, librarySlots });
}

/** @throws {DpoError} INVALID_OPTION unless there is one prompt, or a file of prompts */
function checkRequest(prompt: string | undefined, { prompts }: CliOptions): void {
  const refuse = (message: string, option: string) =>
    new DpoError('INVALID_OPTION', message, { details: { option } });
  if (prompt === undefined && prompts === undefined)
    throw refuse(
      'The PROMPT is missing; put it in quotes if it has spaces. For many prompts use --prompts FILE.',
      'prompts',
    );
  if (prompt !== undefined && prompts !== undefined)
    throw refuse('There is a prompt and a file of prompts (--prompts). Leave one of them out.', 'prompts');
}
