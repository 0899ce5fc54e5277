/** @file The readings of all words of a prompt, made when they are asked for. */

import { isClosedClassTerm } from './closed-class-table.ts';
import { contextOf } from './context-overlap.ts';
import { isFunctionTerm } from './function-words.ts';
import { baseForms } from './inflection.ts';
import { namesAndJargon } from './names-and-jargon.ts';
import { isNext, type PromptTerm } from './prompt-words.ts';
import { americanSpellings } from './spelling.ts';
import { tagWords } from './tagged-words.ts';
import { readTerm, type TermReading, type WordPlace } from './term-reading.ts';
import { thesaurus } from './thesaurus/thesaurus.ts';
import type { WordTag } from './word-tag.ts';
import { PARTS_OF_SPEECH, type PartOfSpeech, type WordNet } from './wordnet.ts';

export interface PromptReading {
  /** Whether the word at an index is a name or jargon, which have no substitute. */
  isName(index: number): boolean;
  /** What the run of `length` words from `index` is; undefined when no dictionary knows it. */
  read(term: PromptTerm, index: number, length: number): TermReading | undefined;
}

const ROLE_FAMILIARITY = { head: 3, synonym: 2, near: 1.2 } as const;

/** Tags `prompt` and reads its words in their places. */
export function readPrompt(prompt: string, words: readonly PromptTerm[], wordnet: WordNet): PromptReading {
  const tags = tagWords(prompt, words);
  const names = namesAndJargon(prompt, words, tags);
  const isContent = (term: string, index: number) =>
    !names.has(index) && !isFunctionTerm(term) && !isClosedClassTerm(term);
  const context = contextOf(words.map(({ term }) => term).filter(isContent));
  const familiarity = (lemma: string, pos: PartOfSpeech) => familiarityOf(lemma, pos, wordnet);

  const beside = (from: number, at: number) => {
    const [one, other] = from < at ? [from, at] : [at, from];
    if (at < 0 || at >= words.length) return undefined;
    return isNext(prompt, words[one], words[other]) ? { term: words[at].term, tag: tags[at] } : undefined;
  };
  return {
    isName: (index) => names.has(index),
    read({ term }, index, length) {
      const last = index + length - 1;
      const place: WordPlace = {
        term,
        tag: length === 1 ? tags[index] : 'noun',
        previous: beside(index, index - 1),
        next: beside(last, last + 1),
      };
      if (length > 1 && !isCompound(words.slice(index, index + length), tags[index], wordnet))
        return undefined;
      const readings = [term, ...americanSpellings(term)]
        .map((spelling) => readTerm({ ...place, term: spelling }, familiarity, context))
        .filter((reading) => reading !== undefined);
      return readings.find(({ lemma, pos }) => thesaurus().find(lemma, pos).length > 0) ?? readings[0];
    },
  };
}

/**
 * A run that begins with an adjective is a compound only where both dictionaries say so (*hot dogs*, not *white horse*, which
 * WordNet knows as a wave); after a noun one of them is enough (*fire truck*, *concept art*).
 */
function isCompound(words: readonly PromptTerm[], tag: WordTag, wordnet: WordNet): boolean {
  const at = words.length - 1;
  const lasts = baseForms(words[at].term, 'noun').map(({ lemma }) => lemma);
  const first = words.slice(0, at).map(({ term }) => term);
  const nouns = lasts.map((last) => [...first, last].join(' '));
  const known = nouns.some((noun) => thesaurus().find(noun, 'noun').length > 0);
  const listed = nouns.some((noun) => wordnet.senses(noun, 'noun').length > 0);
  return describes(tag, first[0]) ? known && listed : known || listed || isPhrase(words);
}

function describes(tag: WordTag, word: string): boolean {
  return tag === 'adjective' || thesaurus().find(word, 'adjective')[0]?.role === 'head';
}

/** *black and white*, *in focus*: phrases of other parts of speech. */
function isPhrase(words: readonly PromptTerm[]): boolean {
  const phrase = words.map(({ term }) => term).join(' ');
  return PARTS_OF_SPEECH.some((pos) => pos !== 'noun' && thesaurus().find(phrase, pos).length > 0);
}

/** The thesaurus holds what captions are made of; WordNet counts how often a lemma is which part of speech. */
function familiarityOf(lemma: string, pos: PartOfSpeech, wordnet: WordNet): number {
  const [finding] = thesaurus().find(lemma, pos);
  const own = finding === undefined ? 0 : ROLE_FAMILIARITY[finding.role];
  // WordNet could not say more, and its files take time to read
  if (finding?.role === 'head') return own;
  const senses = wordnet.senses(lemma, pos);
  if (senses.length === 0) return own;
  const uses = senses.reduce((sum, { count }) => sum + count, 0);
  return Math.max(own, 0.3 + Math.min(1.5, Math.log2(1 + uses) / 4));
}
