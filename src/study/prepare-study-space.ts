/** @file The words of a study from a source that takes time: a language model, or a tagger. What `space` of `improve()` and `attack()` takes. */
import { DpoError } from '../errors.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { loadVocabulary } from '../words/vocabulary.ts';
import { type WordProviderOptions, wordsSpace } from '../words/words-space.ts';
import { checkPrompt } from './check-prompt.ts';
import { checkMaxChoices, type SpaceSource } from './study-space.ts';

export interface PrepareSpaceOptions extends WordProviderOptions {
  readonly task: Task;
  /** @default 5 */
  readonly maxChoices?: number | undefined;
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
  const { maxChoices, ...others } = options;
  checkMaxChoices(maxChoices);
  const vocabulary = loadVocabulary(source.model.dir);
  const space = await wordsSpace(prompt, {
    ...others,
    vocabulary,
    ...(maxChoices !== undefined && { maxChoices }),
  });
  if (space.slots.length > 0 || space.keyConcepts === undefined) return space;
  throw new DpoError(
    'INVALID_PROMPT',
    `No word of the key concepts of the prompt "${prompt}" (${space.keyConcepts.join(', ') || 'there are none'}) has a substitute that the model knows. Leave out --keywords to search all words.`,
  );
}
