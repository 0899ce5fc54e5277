/** @file The words that a study searches: from a file, from a given space, or from the dictionaries. */
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { DpoError } from '../errors.ts';
import { buildPromptSpace } from '../words/build-prompt-space.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { readSpaceFile } from '../words/space-file.ts';
import { loadVocabulary } from '../words/vocabulary.ts';
import { checkPrompt } from './check-prompt.ts';
import { tokenizersOf } from './preflight/preflight.ts';
import { withinTokenLimit } from './preflight/token-limit.ts';

export interface StudySpaceOptions {
  readonly task: Task;
  /** A space, or the path of a file that holds one. @default built from the dictionaries and the model's vocabulary */
  readonly space?: PromptSpace | string | undefined;
  /** @default 5 */
  readonly maxChoices?: number | undefined;
}

/** What is needed of a pipeline: the tokenizer and the vocabulary of its model; no weights. */
export interface SpaceSource {
  readonly model: Pick<DiffusersFolder, 'dir' | 'tokenizer' | 'tokenizer2'>;
}

/**
 * The search space of `prompt`, with at least one word to search. Words that the token limit keeps out are in `leftOut`.
 * @throws {DpoError} INVALID_PROMPT when the prompt is empty or none of its words has a substitute that is read; INVALID_SPACE for a bad file or space; INVALID_OPTION
 */
export function buildStudySpace(
  source: SpaceSource,
  prompt: string,
  options: StudySpaceOptions,
): PromptSpace {
  checkPrompt(prompt);
  const given = readable(givenSpace(source, prompt, options));
  const space = withinTokenLimit(given, tokenizersOf(source.model));
  if (space.slots.length > 0) return space;
  if (given.slots.length > 0) throw nothingRead(prompt);
  const wanted = options.task === 'improve' ? 'an opposite or a contrast' : 'a synonym';
  throw new DpoError(
    'INVALID_PROMPT',
    `No word of the prompt "${prompt}" has ${wanted} that the model knows, so there is nothing to search. Name things and their properties, or give the words yourself with --space FILE.json.`,
  );
}

function nothingRead(prompt: string): DpoError {
  return new DpoError(
    'INVALID_PROMPT',
    `The words of the prompt that have substitutes lie beyond what the text encoder reads, or their substitutes are too long for it. Make the prompt shorter: ${JSON.stringify(prompt)}.`,
  );
}

function givenSpace(
  source: SpaceSource,
  prompt: string,
  { task, space, maxChoices }: StudySpaceOptions,
): PromptSpace {
  if (typeof space === 'string') return readSpaceFile(space, { prompt, task });
  if (space) return checkedSpace(space, prompt, task);
  checkMaxChoices(maxChoices);
  const vocabulary = loadVocabulary(source.model.dir);
  return buildPromptSpace(prompt, { task, vocabulary, ...(maxChoices !== undefined && { maxChoices }) });
}

function checkedSpace(space: PromptSpace, prompt: string, task: Task): PromptSpace {
  if (space.prompt !== prompt || space.task !== task) {
    const found = `the prompt "${space.prompt}" and the task ${space.task}`;
    throw new DpoError(
      'INVALID_SPACE',
      `The search space is for ${found}; expected "${prompt}" and ${task}.`,
    );
  }
  if (task === 'attack') checkPlaces(space);
  return space;
}

/** Substitutes are put into the prompt; opposites are not. */
function checkPlaces({ prompt, slots }: PromptSpace): void {
  let end = 0;
  for (const { text, start } of slots) {
    if (start < end || text === '' || !prompt.startsWith(text, start)) {
      const message = `The search space has a slot for "${text}" at ${start}; expected a word of the prompt "${prompt}" at its place, slots in order and apart from each other.`;
      throw new DpoError('INVALID_SPACE', message, { details: { text, start } });
    }
    end = start + text.length;
  }
}

/** @throws {DpoError} INVALID_OPTION */
export function checkMaxChoices(maxChoices: number | undefined): void {
  if (maxChoices === undefined || (Number.isInteger(maxChoices) && maxChoices >= 1)) return;
  throw new DpoError(
    'INVALID_OPTION',
    `The number of choices in a slot must be a whole number of at least 1, got ${maxChoices}.`,
    { details: { option: 'maxChoices', value: maxChoices } },
  );
}

function readable(space: PromptSpace): PromptSpace {
  return { ...space, slots: space.slots.filter(({ choices }) => choices.length > 0) };
}
