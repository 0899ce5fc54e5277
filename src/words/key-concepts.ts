/**
 * @file The key concepts of a prompt by grammar alone: noun phrases with their attributes, as a tagger (wink-nlp) sees them. A language
 * model knows better which matter; this stands in where there is none. It does not resolve what pronouns or *of* refer to.
 */
import { isFunctionTerm } from './function-words.ts';
import type { KeyConcept } from './key-concept.ts';
import { isNext, type PromptTerm } from './prompt-words.ts';
import { type PartOfSpeech, partsOfSpeech } from './tagged-words.ts';
import { wordsOutsideCommands } from './words-outside-commands.ts';

interface TaggedWord extends PromptTerm {
  readonly pos: PartOfSpeech;
}

const NOUNS: ReadonlySet<PartOfSpeech> = new Set(['NOUN', 'PROPN']);
/** What may stand before a noun and belong to it: *two*, *bright red*, *parked*. */
const ATTRIBUTES: ReadonlySet<PartOfSpeech> = new Set(['ADJ', 'NUM']);
/** A verb is an attribute where it has the form of one: *flowing hair*, *parked cars*. */
const PARTICIPLE = /(?:ing|ed|en)$/;

/**
 * Noun phrases of `prompt`, each once. What is named more often comes first; else the prompt's own order stands, since people begin
 * with what matters.
 */
export function keyConcepts(prompt: string): readonly KeyConcept[] {
  const phrases = nounPhrases(prompt, taggedWords(prompt));
  const mentions = new Map<string, number>();
  for (const { head } of phrases) mentions.set(head, (mentions.get(head) ?? 0) + 1);
  const unique = new Map(phrases.map((phrase) => [phrase.text.toLowerCase(), phrase] as const).reverse());
  return phrases
    .filter((phrase) => unique.get(phrase.text.toLowerCase()) === phrase)
    .sort((one, other) => mentions.get(other.head)! - mentions.get(one.head)!)
    .map(({ text, start }) => ({ text, start }));
}

/** Our own words, since slots are made of them, each with the tag of the token that begins it. */
function taggedWords(prompt: string): TaggedWord[] {
  const tags = partsOfSpeech(prompt);
  return wordsOutsideCommands(prompt).map((word) => ({ ...word, pos: tags.get(word.start) ?? 'X' }));
}

interface NounPhrase extends KeyConcept {
  /** The last noun, lower case. */
  readonly head: string;
}

function nounPhrases(prompt: string, words: readonly TaggedWord[]): NounPhrase[] {
  const phrases: NounPhrase[] = [];
  for (let first = 0; first < words.length; ) {
    const length = phraseLength(prompt, words, first);
    if (length > 0) {
      const last = words[first + length - 1];
      const { start } = words[first];
      phrases.push({ text: prompt.slice(start, last.start + last.text.length), start, head: last.term });
    }
    first += Math.max(1, length);
  }
  return phrases;
}

/** How many words from `first` are attributes and nouns, up to the last noun; 0 when there is no noun. */
function phraseLength(prompt: string, words: readonly TaggedWord[], first: number): number {
  let length = 0;
  for (let i = first; i < words.length; i++) {
    if (i > first && !isNext(prompt, words[i - 1], words[i])) break;
    if (isNoun(words[i])) length = i - first + 1;
    // A participle after the noun is what the thing does: a man | holding | an umbrella
    else if (!isAttribute(words[i]) || length > 0) break;
  }
  return length;
}

function isNoun({ pos, term }: TaggedWord): boolean {
  return NOUNS.has(pos) && !isFunctionTerm(term);
}

function isAttribute({ pos, term }: TaggedWord): boolean {
  if (isFunctionTerm(term)) return false;
  return ATTRIBUTES.has(pos) || (pos === 'VERB' && PARTICIPLE.test(term));
}
