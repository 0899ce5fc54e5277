/** @file A vocabulary as a dictionary: synonyms from a word's own list, contrasts from opposites and from the other lists of its group. */

import type { Dictionary } from './dictionary.ts';
import type { Task, WordChoice } from './prompt-space.ts';
import { stableHash } from './stable-hash.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How many words for the opposite come before the siblings: *above* → below, under, then beside, … */
const FIRST_OPPOSITES = 2;

interface Candidate {
  readonly text: string;
  readonly relation: string;
}

/** Substitutes from a closed list of words. */
export class VocabularyDictionary implements Dictionary {
  readonly name: string;
  readonly #vocabulary: Vocabulary;
  /** Every list that holds a word, with the group's other lists. */
  readonly #places = new Map<
    string,
    { members: readonly string[]; siblings: readonly (readonly string[])[] }[]
  >();

  constructor(vocabulary: Vocabulary, name = 'vocabulary') {
    this.name = name;
    this.#vocabulary = vocabulary;
    for (const { members } of vocabulary.groups) {
      for (const words of members) {
        const place = { members: words, siblings: members.filter((other) => other !== words) };
        for (const word of words) this.#places.set(word, [...(this.#places.get(word) ?? []), place]);
      }
    }
  }

  substitutes(term: string, task: Task): readonly WordChoice[] {
    const synonyms = this.#synonyms(term);
    const found = task === 'attack' ? asCandidates(synonyms, 'synonym') : this.#contrasts(term, synonyms);
    const unique = new Map<string, Candidate>();
    for (const candidate of found) {
      if (candidate.text !== term && !unique.has(candidate.text)) unique.set(candidate.text, candidate);
    }
    const count = unique.size;
    return [...unique.values()].map(({ text, relation }, index) => {
      return { text, relation, source: this.name, score: 1 - index / count };
    });
  }

  #synonyms(term: string): readonly string[] {
    return (this.#places.get(term) ?? []).flatMap(({ members }) => members).filter((word) => word !== term);
  }

  #contrasts(term: string, synonyms: readonly string[]): Candidate[] {
    const same = new Set([term, ...synonyms]);
    const opposites = this.#vocabulary.opposites
      .flatMap(([one, other]) => [...(same.has(one) ? [other] : []), ...(same.has(other) ? [one] : [])])
      .flatMap((word) => [word, ...this.#synonyms(word)]);
    // Nothing says which sibling a model confuses with the word, so each word gets another stable sample of them
    const siblings = (this.#places.get(term) ?? [])
      .flatMap((place) => place.siblings.map((words) => words[0]))
      .map((word) => ({ word, order: stableHash(`${term}\n${word}`) }))
      .sort((one, other) => one.order - other.order)
      .map(({ word }) => word);
    return [
      ...asCandidates(opposites.slice(0, FIRST_OPPOSITES), 'opposite'),
      ...asCandidates(siblings, 'sibling'),
      ...asCandidates(opposites.slice(FIRST_OPPOSITES), 'opposite'),
    ].filter(({ text }) => !same.has(text));
  }
}

function asCandidates(words: readonly string[], relation: string): Candidate[] {
  return words.map((text) => ({ text, relation }));
}
