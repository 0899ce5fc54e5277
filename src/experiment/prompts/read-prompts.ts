/** @file The prompts of an experiment, from wherever its file says. */
import { extname, resolve } from 'node:path';
import { DpoError } from '../../errors.ts';
import { effectPrompts } from '../../pocket/prompts.ts';
import type { CachedAskerOptions } from '../../words/llm/cached-asker.ts';
import { llmSentences } from '../../words/llm/llm-sentences.ts';
import { readPromptList } from '../../words/prompt-list.ts';
import type { PromptSource } from '../experiment-definition.ts';
import { cleanPrompt } from './clean-prompt.ts';
import { readCocoCaptions } from './coco-captions.ts';
import { type ExperimentPrompt, experimentPrompt } from './experiment-prompt.ts';
import { readJsonLines } from './json-lines-prompts.ts';
import { readParquetPrompts } from './parquet-prompts.ts';
import { PromptSample } from './prompt-sample.ts';
import { forEachLine } from './text-lines.ts';

/** `llm`, `signal` and `onRequest` are for prompts from a language model; `signal` ends the reading of long files too. */
export interface ReadPromptsContext extends CachedAskerOptions {
  /** Paths of the source are relative to it. @default the working folder */
  readonly folder?: string | undefined;
}

type FileSource = Extract<PromptSource, { path: string }>;
type SourceFrom<From extends PromptSource['from']> = Extract<PromptSource, { from: From }>;

/** Prompts that are drawn from the large collections where no count is given: as many as the paper filtered (G.1). */
export const DEFAULT_COLLECTION_COUNT = 4000;

/** Sentences that one question to a language model asks for, at most. */
const MAX_BATCH = 20;
/** Answers one after another that bring nothing new before the language model is taken to have no more. */
const MAX_IDLE_ANSWERS = 10;

/**
 * The prompts of `source`, cleaned (`cleanPrompt`), each once; fewer than its count where it has no more. With a count a file gives a sample that
 * its seed (0 if none) decides, else all in its order; COCO and DiffusionDB give 4000 where no count is said.
 * @throws {DpoError} INVALID_OPTION, FILE_ACCESS, INVALID_PROMPT or NETWORK, naming file, line or record; the signal's reason
 */
export async function readPrompts(
  source: PromptSource,
  context: ReadPromptsContext = {},
): Promise<ExperimentPrompt[]> {
  if ('count' in source) checkCount(source.count);
  if (source.from === 'world') {
    const { count, seed, heldOut = false } = source;
    return effectPrompts(count, seed, { heldOut }).map(({ prompt, facts }) => ({ prompt, facts }));
  }
  return (await textsOf(source, context)).map(experimentPrompt);
}

async function textsOf(
  source: Exclude<PromptSource, { from: 'world' }>,
  context: ReadPromptsContext,
): Promise<readonly string[]> {
  if (source.from === 'list') return listedPrompts(source);
  if (source.from === 'llm') return llmPrompts(source, context);
  return sampledPrompts(source, context);
}

/** Written by hand, so that a prompt which is none is a mistake. */
function listedPrompts({ prompts }: SourceFrom<'list'>): readonly string[] {
  const cleaned = prompts.map((text, index) => {
    const prompt = cleanPrompt(text);
    if (prompt !== undefined) return prompt;
    const message = `Prompt ${index + 1} of the list, ${JSON.stringify(text)}, holds no word. Write one, or take it out.`;
    throw new DpoError('INVALID_PROMPT', message, { details: { index } });
  });
  if (cleaned.length === 0)
    throw new DpoError('INVALID_PROMPT', 'The list of prompts is empty: write at least one.');
  return [...new Set(cleaned)];
}

async function sampledPrompts(
  source: FileSource,
  { folder = '.', signal }: ReadPromptsContext,
): Promise<readonly string[]> {
  const path = resolve(folder, source.path);
  const count = source.count ?? (source.from === 'file' ? undefined : DEFAULT_COLLECTION_COUNT);
  const sample = new PromptSample({ count, seed: source.seed });
  await readFile(source.from, path, sample.take, signal);
  const { prompts } = sample;
  if (prompts.length > 0) return prompts;
  throw new DpoError('INVALID_PROMPT', `The file ${path} holds no prompt.`, { details: { path } });
}

async function readFile(
  from: FileSource['from'],
  path: string,
  take: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const extension = extname(path).toLowerCase();
  const isJsonLines = extension === '.jsonl' || extension === '.ndjson';
  if (from === 'coco') await readCocoCaptions(path, take);
  else if (extension === '.parquet') await readParquetPrompts(path, take, signal);
  else if (isJsonLines) await readJsonLines(path, take, signal);
  else if (from === 'file') readPromptList(path).forEach(take);
  else await forEachLine(path, { what: "DiffusionDB's prompts, one on each line", signal }, take);
}

/** The instructions share the count, so that each of them has its part even of a few prompts. */
async function llmPrompts(
  { count }: SourceFrom<'llm'>,
  context: ReadPromptsContext,
): Promise<readonly string[]> {
  const prompts = new Set<string>();
  const batch = Math.min(MAX_BATCH, Math.ceil(count / 5));
  let idle = 0;
  for await (const sentences of llmSentences({ ...context, batch })) {
    const before = prompts.size;
    for (const prompt of sentences.flatMap((text) => cleanPrompt(text) ?? [])) prompts.add(prompt);
    idle = prompts.size > before ? 0 : idle + 1;
    if (prompts.size >= count || idle === MAX_IDLE_ANSWERS) break;
  }
  return [...prompts].slice(0, count);
}

function checkCount(count: number | undefined): void {
  if (count === undefined || (Number.isInteger(count) && count > 0)) return;
  throw new DpoError('INVALID_OPTION', `The count of prompts must be a whole number from 1, got ${count}.`, {
    details: { option: 'prompts.count', value: count },
  });
}
