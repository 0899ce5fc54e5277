/** @file A prompt's search space from the source of words that was asked for: the dictionary, a language model, or both. */
import { buildPromptSpace, DEFAULT_MAX_CHOICES, type PromptSpaceOptions } from './build-prompt-space.ts';
import { normalizeTerm } from './dictionary.ts';
import type { KeyConcept } from './key-concept.ts';
import { keyConcepts } from './key-concepts.ts';
import type { LlmRequest } from './llm/cached-asker.ts';
import type { LlmOptions } from './llm/llm-settings.ts';
import type { PromptSpace, WordChoice, WordSlot } from './prompt-space.ts';
import { rangeOf, touches } from './text-range.ts';

/** Where words may come from. */
export const WORD_PROVIDERS = ['dictionary', 'llm', 'llm+dictionary'] as const;

export type WordProvider = (typeof WORD_PROVIDERS)[number];

/** How words are looked for, besides what a dictionary needs. */
export interface WordProviderOptions {
  /** `llm+dictionary`: the language model's words, then the dictionary's as far as there is room. @default 'dictionary' */
  readonly words?: WordProvider | undefined;
  /** Searches the words of the prompt's key concepts only, and lists the concepts in order. @default false */
  readonly keywords?: boolean | undefined;
  /** Which language model, where `words` asks for one. */
  readonly llm?: LlmOptions | undefined;
  /** Aborting ends a request to the language model that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each request to the language model. */
  readonly onRequest?: ((request: LlmRequest) => void) | undefined;
}

/**
 * The slots of `prompt`. Where a language model has no words to give, the dictionary's stand in, and `remarks` says so.
 * @throws {DpoError} INVALID_OPTION when there is no language model to ask, or its server refuses the key or the model; the signal's reason
 */
export async function wordsSpace(
  prompt: string,
  options: PromptSpaceOptions & WordProviderOptions,
): Promise<PromptSpace> {
  const { words = 'dictionary', keywords = false } = options;
  if (words !== 'dictionary') return languageModelSpace(prompt, words, options);
  const space = buildPromptSpace(prompt, options);
  return keywords ? aboutConcepts(space, keyConcepts(prompt)) : space;
}

async function languageModelSpace(
  prompt: string,
  words: Exclude<WordProvider, 'dictionary'>,
  options: PromptSpaceOptions & WordProviderOptions,
): Promise<PromptSpace> {
  const { llmPromptSpace } = await import('./llm/llm-prompt-space.ts');
  const { task, vocabulary, llm, signal, onRequest, maxChoices = DEFAULT_MAX_CHOICES } = options;
  const keywords = options.keywords ? () => keyConcepts(prompt) : undefined;
  const request = { task, vocabulary, keywords, llm, signal, onRequest, maxChoices };
  const { space, concepts, failure } = await llmPromptSpace(prompt, request);
  if (words === 'llm' && failure === undefined) return space;
  const dictionary = buildPromptSpace(prompt, options);
  const { slots } = concepts === undefined ? dictionary : aboutConcepts(dictionary, concepts);
  const remarks = [...(space.remarks ?? []), ...(failure === undefined ? [] : [failure])];
  return {
    ...space,
    slots: joinedSlots(space.slots, slots, maxChoices),
    ...(remarks.length > 0 && { remarks }),
  };
}

/** `space` with the slots alone that lie within a key concept, and with the list of these. */
function aboutConcepts(space: PromptSpace, concepts: readonly KeyConcept[]): PromptSpace {
  const ranges = concepts.map(rangeOf);
  return {
    ...space,
    slots: space.slots.filter((slot) => touches(ranges, rangeOf(slot))),
    keyConcepts: concepts.map(({ text }) => text),
  };
}

/** The first's slots, each filled up from the other's slot for the same word, and the other's slots where the first has none. */
function joinedSlots(
  first: readonly WordSlot[],
  other: readonly WordSlot[],
  maxChoices: number,
): readonly WordSlot[] {
  const filled = first.map((slot) => {
    const same = other.find(({ start, text }) => start === slot.start && text === slot.text);
    return { ...slot, choices: joinedChoices(slot.choices, same?.choices ?? [], maxChoices) };
  });
  const taken = first.map(rangeOf);
  const added = other.filter((slot) => !touches(taken, rangeOf(slot)));
  return [...filled, ...added].sort((one, another) => one.start - another.start);
}

/** Scores of different sources cannot be compared, so they are made anew from the order. */
function joinedChoices(
  first: readonly WordChoice[],
  other: readonly WordChoice[],
  maxChoices: number,
): readonly WordChoice[] {
  const known = new Set(first.map(({ text }) => normalizeTerm(text)));
  const added = other.filter(({ text }) => !known.has(normalizeTerm(text)));
  if (added.length === 0) return first;
  const joined = [...first, ...added].slice(0, maxChoices);
  return joined.map((choice, index) => ({ ...choice, score: 1 - index / joined.length }));
}
