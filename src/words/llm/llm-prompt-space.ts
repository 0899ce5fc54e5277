/** @file A prompt's search space from a language model: the words it gives, and what its key concepts are. */
import type { KeyConcept } from '../key-concept.ts';
import type { LanguageModelRecord, PromptSpace, Task } from '../prompt-space.ts';
import { rangeOf } from '../text-range.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { CachedAsker, type LlmRequest } from './cached-asker.ts';
import { ConceptQuestion } from './concept-question.ts';
import type { LlmOptions } from './llm-settings.ts';
import { TEMPLATE_VERSION } from './question-templates.ts';
import { WordQuestion } from './word-question.ts';

export interface LlmSpaceOptions {
  readonly task: Task;
  /** At most so many choices for a slot, from 1. */
  readonly maxChoices: number;
  /** Where the picture model learnt only some words, no other word is a choice. */
  readonly vocabulary?: Vocabulary | undefined;
  /** Asks for the key concepts first, and for their words only; gives those that stand in where the model has none to give. */
  readonly keywords?: (() => readonly KeyConcept[]) | undefined;
  readonly llm?: LlmOptions | undefined;
  /** Aborting ends the request that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each request. */
  readonly onRequest?: ((request: LlmRequest) => void) | undefined;
}

export interface LlmSpace {
  /** Its slots are empty when the language model had nothing to give; `remarks` says why. */
  readonly space: PromptSpace;
  /** Key concepts with their places; undefined when not asked for. */
  readonly concepts: readonly KeyConcept[] | undefined;
  /** A sentence that says why there are no words; undefined when there are. */
  readonly failure: string | undefined;
}

/**
 * Asks a language model for the substitutes (attack) or opposites (improve) of the words of `prompt`.
 * @throws {DpoError} INVALID_OPTION when there is no model to ask, or its server refuses the key or the model; the signal's reason
 */
export async function llmPromptSpace(prompt: string, options: LlmSpaceOptions): Promise<LlmSpace> {
  const asker = new CachedAsker(options);
  const { keywords, task, maxChoices, vocabulary } = options;
  const concepts = keywords && ((await askConcepts(asker, prompt)) ?? keywords());
  const within = concepts?.map(rangeOf);
  const { model, host } = asker;
  const question = new WordQuestion({ prompt, task, maxChoices, vocabulary, within, model });
  const { values, failure } = await asker.ask(question, {
    template: TEMPLATE_VERSION,
    prompt,
    task,
    maxChoices,
  });
  const languageModel: LanguageModelRecord = { model, host, template: TEMPLATE_VERSION };
  const slots = question.slots(values);
  return {
    space: {
      prompt,
      task,
      slots,
      ...(slots.length > 0 && { languageModel }),
      ...(concepts && { keyConcepts: concepts.map(({ text }) => text) }),
      ...(asker.remarks.length > 0 && { remarks: asker.remarks }),
    },
    concepts,
    failure:
      failure &&
      `The language model ${model} at ${host} gave no words (${failure}); the words are the dictionary's.`,
  };
}

/** The key concepts of `prompt`; where the model has none to give, undefined, and a remark says why. */
async function askConcepts(asker: CachedAsker, prompt: string): Promise<readonly KeyConcept[] | undefined> {
  const question = new ConceptQuestion(prompt);
  const { values, failure } = await asker.ask(question, {
    template: TEMPLATE_VERSION,
    prompt,
    task: '',
    maxChoices: 0,
  });
  if (failure === undefined) return question.concepts(values);
  asker.note([
    `The language model ${asker.model} at ${asker.host} gave no key concepts: ${failure}. Noun phrases stand in for them.`,
  ]);
  return undefined;
}
