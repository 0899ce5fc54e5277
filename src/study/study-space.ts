/** @file The words that a study searches: from a file, from a given space, or from dictionaries and the negative prompt library. */
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { DpoError } from '../errors.ts';
import { buildPromptSpace } from '../words/build-prompt-space.ts';
import { jointSpace } from '../words/joint-space.ts';
import {
  MAX_LIBRARY_SLOTS,
  type NegativeLibraryOptions,
  negativeLibrary,
} from '../words/negative-library.ts';
import type { LibrarySlot, PromptSearch, PromptSpace, Task, WordSlot } from '../words/prompt-space.ts';
import { limitedTo, searchOf } from '../words/searched-slots.ts';
import { readSpaceFile } from '../words/space-file.ts';
import { loadVocabulary, type Vocabulary } from '../words/vocabulary.ts';
import { parseGivenSpace, plannedSources, type WordSource } from '../words/word-sources.ts';
import { checkPrompt } from './check-prompt.ts';
import { tokenizersOf } from './preflight/preflight.ts';
import { withinTokenLimit } from './preflight/token-limit.ts';

export interface StudySpaceOptions {
  readonly task: Task;
  /**
   * A space, the path of a file that holds one, or names of word sources joined by `+`: `antonym` and `library` for the negative
   * prompt, `synonym` for the prompt itself. @default the task's own source, or one for each prompt that `search` names
   */
  readonly space?: PromptSpace | string | undefined;
  /** Which prompts are searched. @default those that `space` has words for; else the negative one to improve, the prompt to attack */
  readonly search?: PromptSearch | undefined;
  /** @default 5 */
  readonly maxChoices?: number | undefined;
  /** Slots of the negative prompt library, 1 to 20: its themes in turn. @default 5 */
  readonly librarySlots?: number | undefined;
  /** A negative prompt that stays before the chosen words. @default '' */
  readonly negativePrompt?: string | undefined;
  /** Words found elsewhere, instead of the dictionaries' synonyms (attack) or opposites (improve): see `neededWords()`. */
  readonly words?: Readonly<Partial<Record<Task, PromptSpace>>> | undefined;
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
  const given = usable(givenSpace(source, prompt, options));
  const space = withinTokenLimit(
    given,
    tokenizersOf(source.model),
    checkNegativePrompt(options.negativePrompt),
  );
  if (isSearchable(space)) return space;
  if (isSearchable(given)) throw nothingRead(prompt);
  const wanted = {
    negative: 'an opposite or a contrast',
    positive: 'a synonym',
    both: 'a synonym, an opposite or a contrast',
  }[options.search ?? searchOf(given)];
  throw new DpoError(
    'INVALID_PROMPT',
    `No word of the prompt "${prompt}" has ${wanted} that the model knows, so there is nothing to search. Name things and their properties, or give the words yourself with --space FILE.json.`,
  );
}

/** @throws {DpoError} INVALID_OPTION */
export function checkNegativePrompt(text: string | undefined): string | undefined {
  if (text === undefined || typeof text === 'string') return text;
  const message = `The negative prompt must be a text, got ${String(text)}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'negativePrompt', value: text } });
}

/**
 * Which words of a prompt a search would look up: synonyms (attack), opposites (improve), both, or none where they are given.
 * @throws {DpoError} INVALID_OPTION
 */
export function neededWords({
  task,
  space,
  search,
}: Pick<StudySpaceOptions, 'task' | 'space' | 'search'>): Task[] {
  if (space !== undefined && typeof space !== 'string') return [];
  const named = space === undefined ? undefined : parseGivenSpace(space);
  if (named?.kind === 'file') return [];
  const sources = plannedSources(task, search, named?.sources);
  return [
    ...(sources.includes('antonym') ? (['improve'] as const) : []),
    ...(sources.includes('synonym') ? (['attack'] as const) : []),
  ];
}

export function isSearchable({ slots, library = [] }: PromptSpace): boolean {
  return slots.length + library.length > 0;
}

function nothingRead(prompt: string): DpoError {
  return new DpoError(
    'INVALID_PROMPT',
    `The words of the prompt that have substitutes lie beyond what the text encoder reads, or their substitutes are too long for it. Make the prompt shorter: ${JSON.stringify(prompt)}.`,
  );
}

function givenSpace(source: SpaceSource, prompt: string, options: StudySpaceOptions): PromptSpace {
  const { task, space, search } = options;
  checkSpaceOptions(options);
  if (space !== undefined && typeof space !== 'string') return checkedSpace(space, prompt, options);
  const named = space === undefined ? undefined : parseGivenSpace(space);
  if (named?.kind === 'file') return readSpaceFile(named.path, { prompt, task, search });
  const sources = plannedSources(task, search, named?.sources);
  return sourcedSpace(prompt, sources, options, loadVocabulary(source.model.dir));
}

/** What `sources` have for the prompt: the dictionaries, or `words` in their place, and the library. */
export function sourcedSpace(
  prompt: string,
  sources: readonly WordSource[],
  {
    task,
    maxChoices,
    librarySlots,
    words,
  }: Pick<StudySpaceOptions, 'task' | 'maxChoices' | 'librarySlots' | 'words'>,
  vocabulary: Vocabulary | undefined,
): PromptSpace {
  const found = { vocabulary, ...(maxChoices !== undefined && { maxChoices }) };
  const wordsFor = (kind: Task) => words?.[kind] ?? buildPromptSpace(prompt, { task: kind, ...found });
  const opposites = sources.includes('antonym') ? wordsFor('improve') : undefined;
  const synonyms = sources.includes('synonym') ? wordsFor('attack') : undefined;
  const joint = jointSpace(prompt, task, {
    negative: opposites?.slots,
    positive: synonyms?.slots,
    library: sources.includes('library') ? libraryFor(prompt, { ...found, slots: librarySlots }) : [],
  });
  const remarks = [...new Set([opposites, synonyms].flatMap((space) => space?.remarks ?? []))];
  // Whatever else is known of the words, such as who was asked for them.
  return { ...synonyms, ...opposites, ...joint, ...(remarks.length > 0 && { remarks }) };
}

/** @throws {DpoError} INVALID_OPTION where the model learnt none of its words */
function libraryFor(prompt: string, options: NegativeLibraryOptions): LibrarySlot[] {
  const slots = negativeLibrary(prompt, options);
  if (slots.length > 0) return slots;
  const message =
    'The model learnt none of the words of the negative prompt library, so there is nothing of it to search. Leave library out of --space, or give words that the model knows with --space FILE.json.';
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'space', value: 'library' } });
}

function checkedSpace(space: PromptSpace, prompt: string, { task, search }: StudySpaceOptions): PromptSpace {
  if (space.prompt !== prompt || space.task !== task) {
    const found = `the prompt "${space.prompt}" and the task ${space.task}`;
    throw new DpoError(
      'INVALID_SPACE',
      `The search space is for ${found}; expected "${prompt}" and ${task}.`,
    );
  }
  checkPlaces(limitedTo(space, 'positive'));
  return search === undefined ? space : limitedTo(space, search);
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
export function checkSpaceOptions({
  search,
  maxChoices,
  librarySlots,
}: Pick<StudySpaceOptions, 'search' | 'maxChoices' | 'librarySlots'>): void {
  checkSearch(search);
  checkCount('maxChoices', 'choices in a slot', maxChoices, Number.POSITIVE_INFINITY);
  checkCount('librarySlots', 'library slots', librarySlots, MAX_LIBRARY_SLOTS);
}

function checkSearch(search: PromptSearch | undefined): void {
  if (search === undefined || ['negative', 'positive', 'both'].includes(search)) return;
  const message = `The searched prompt must be negative, positive or both, got ${String(search)}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'search', value: search } });
}

function checkCount(option: string, what: string, value: number | undefined, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return;
  const range = most === Number.POSITIVE_INFINITY ? 'of at least 1' : `from 1 to ${most}`;
  throw new DpoError(
    'INVALID_OPTION',
    `The number of ${what} must be a whole number ${range}, got ${value}.`,
    {
      details: { option, value },
    },
  );
}

/** Without empty choices, which choice 0 stands for or which would leave a hole in the prompt, and slots that have no other. */
function usable(space: PromptSpace): PromptSpace {
  const { library = [], ...rest } = space;
  const kept = withChoices(library);
  return { ...rest, slots: withChoices(space.slots), ...(kept.length > 0 && { library: kept }) };
}

function withChoices<Slot extends Pick<WordSlot, 'choices'>>(slots: readonly Slot[]): Slot[] {
  return slots
    .map((slot) => ({ ...slot, choices: slot.choices.filter(({ text }) => text.trim() !== '') }))
    .filter(({ choices }) => choices.length > 0);
}
