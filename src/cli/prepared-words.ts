/** @file Gets words from a source that takes time, for the commands that search or show them: tells of it, and ends it at Ctrl-C. */
import { DpoError } from '../errors.ts';
import type { SpaceSource } from '../study/study-space.ts';
import type { LlmRequest } from '../words/llm/cached-asker.ts';
import type { LlmOptions } from '../words/llm/llm-settings.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { parseGivenSpace } from '../words/word-sources.ts';
import type { Host } from './host.ts';
import type { CliOptions } from './shared-options.ts';
import { whileLoading } from './while-loading.ts';

export interface WordsRequest {
  readonly task: Task;
  readonly prompt: string;
  readonly options: CliOptions;
}

/**
 * Refuses what cannot be asked for, before a model is loaded for it.
 * @throws {DpoError} INVALID_OPTION
 */
export async function checkWordProvider(host: Host, options: CliOptions): Promise<void> {
  const { words = 'dictionary', keywords, space } = options;
  if (space !== undefined && parseGivenSpace(space).kind === 'file' && isPrepared(options)) {
    const option = words === 'dictionary' && keywords ? 'keywords' : 'words';
    throw new DpoError(
      'INVALID_OPTION',
      `The file of --space gives the words, so --${option} has nothing to do. Leave one of them out.`,
      { details: { option } },
    );
  }
  if (words === 'dictionary') return;
  const { readLlmSettings } = await import('../words/llm/llm-settings.ts');
  readLlmSettings(llmOptions(host, options));
}

/** The words to search; undefined where they are a file's or the dictionary's, which the study finds itself. */
export async function preparedWords(
  host: Host,
  source: SpaceSource,
  { task, prompt, options }: WordsRequest,
): Promise<PromptSpace | undefined> {
  if (!isPrepared(options)) return undefined;
  const { words, keywords, maxChoices, space, search, librarySlots } = options;
  const { prepareStudySpace } = await import('../study/prepare-study-space.ts');
  return whileLoading(host, options, ({ signal }) =>
    prepareStudySpace(source, prompt, {
      ...{ task, words, keywords, maxChoices, space, search, librarySlots, signal },
      llm: llmOptions(host, options),
      onRequest: (asked) => tellOnce(host, options, asked),
    }),
  );
}

/** Those who know whom we ask; many prompts have one language model. */
const TOLD = new WeakSet<Host>();

function tellOnce(host: Host, { quiet }: CliOptions, { model, host: server }: LlmRequest): void {
  if (quiet || TOLD.has(host)) return;
  TOLD.add(host);
  host.stderr.write(`Asking ${model} at ${server} for words.\n`);
}

function isPrepared({ words = 'dictionary', keywords = false }: CliOptions): boolean {
  return words !== 'dictionary' || keywords;
}

/** Which language model to ask, and how. */
export function llmOptions({ env }: Host, { llmModel, llmTimeout, llmRefresh }: CliOptions): LlmOptions {
  return { env, model: llmModel, timeoutSeconds: llmTimeout, refresh: llmRefresh };
}
