/** @file The words of a study from a source that takes time: a language model, or a tagger. What `space` of `improve()` and `attack()` takes. */
import { DpoError } from '../errors.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { loadVocabulary } from '../words/vocabulary.ts';
import { parseGivenSpace, plannedSources, type WordSource } from '../words/word-sources.ts';
import { type WordProviderOptions, wordsSpace } from '../words/words-space.ts';
import { checkPrompt } from './check-prompt.ts';
import {
  checkSpaceOptions,
  isSearchable,
  neededWords,
  type SpaceSource,
  type StudySpaceOptions,
  sourcedSpace,
} from './study-space.ts';

export interface PrepareSpaceOptions
  extends WordProviderOptions,
    Pick<StudySpaceOptions, 'task' | 'search' | 'maxChoices' | 'librarySlots'> {
  /** Names of word sources, such as `antonym+library`. @default those of the prompts that are searched */
  readonly space?: string | undefined;
}

/**
 * The words of `prompt` for the option `space` of a study; `source` is a pipeline, or anything with its model's folder. Words that the
 * model does not read are still among them: the study leaves them out.
 * @throws {DpoError} INVALID_PROMPT; INVALID_OPTION, also when there is no language model to ask or its server refuses the key; the
 * signal's reason when it is aborted
 * @example
 * const space = await prepareStudySpace(pipeline, prompt, { task: 'improve', words: 'llm', llm: { model: 'gpt-4o-mini' } });
 * const result = await improve(pipeline, prompt, { space }).result();
 */
export async function prepareStudySpace(
  source: SpaceSource,
  prompt: string,
  options: PrepareSpaceOptions,
): Promise<PromptSpace> {
  checkPrompt(prompt);
  checkSpaceOptions(options);
  const { maxChoices, space: names, search, librarySlots, task, ...providers } = options;
  const sources = plannedSources(task, search, namedSources(names));
  const vocabulary = loadVocabulary(source.model.dir);
  const found = { vocabulary, ...(maxChoices !== undefined && { maxChoices }) };
  const words: Partial<Record<Task, PromptSpace>> = {};
  for (const kind of neededWords({ task, space: names, search }))
    words[kind] = await wordsSpace(prompt, { ...providers, ...found, task: kind });
  const space = sourcedSpace(prompt, sources, { task, maxChoices, librarySlots, words }, vocabulary);
  if (isSearchable(space) || space.keyConcepts === undefined) return space;
  throw new DpoError(
    'INVALID_PROMPT',
    `No word of the key concepts of the prompt "${prompt}" (${space.keyConcepts.join(', ') || 'there are none'}) has a substitute that the model knows. Leave out --keywords to search all words.`,
  );
}

function namedSources(names: string | undefined): readonly WordSource[] | undefined {
  if (names === undefined) return undefined;
  const given = parseGivenSpace(names);
  if (given.kind === 'sources') return given.sources;
  const message = `The file ${given.path} gives the words, so there is nothing to prepare. Give it as the option space of the study.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'space', value: names } });
}
