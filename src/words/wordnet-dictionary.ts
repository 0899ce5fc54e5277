/**
 * @file WordNet as a dictionary. Improve: direct antonyms, antonyms through the adjective's cluster (hot → chilly), then
 * co-hyponyms (cat → dog). Attack: synonyms, similar adjectives, and the broader word last.
 */

import { isClosedClassTerm } from './closed-class-table.ts';
import type { Dictionary } from './dictionary.ts';
import { isFunctionTerm } from './function-words.ts';
import { inflect } from './inflection.ts';
import type { Task, WordChoice } from './prompt-space.ts';
import { isStoppedSense, isStoppedTerm } from './stop-list.ts';
import type { TermReading } from './term-reading.ts';
import { readWord, type WeightedSense, type WordReading } from './word-reading.ts';
import { PARTS_OF_SPEECH, POINTER, type Synset, WordNet } from './wordnet.ts';

/** Senses with less than this share of the commonest one are other words, for our purpose. */
const CONTRAST_SHARE = 0.3;
const SYNONYM_SHARE = 0.5;
/** As many candidates as the caller may wish to filter. */
const MAX_CANDIDATES = 40;
/** Below a hypernym with more hyponyms than this (person, device) cousins have nothing in common. */
const MAX_FAMILY = 120;
/** noun.Tops: entity, object, substance, … */
const TOPS_FILE = 3;

interface Candidate {
  readonly lemma: string;
  readonly relation: string;
  readonly score: number;
}

/** Substitutes from WordNet 3.1; open-class words and noun compounds only. */
export class WordNetDictionary implements Dictionary {
  readonly name = 'wordnet';
  readonly #wordnet: WordNet;

  constructor(wordnet: WordNet = new WordNet()) {
    this.#wordnet = wordnet;
  }

  substitutes(term: string, task: Task, known?: TermReading): readonly WordChoice[] {
    if (!isOpenClass(term)) return [];
    const reading = readWord(term, this.#wordnet, known);
    if (reading === undefined) return [];
    const candidates = task === 'improve' ? this.#contrasts(reading) : this.#synonyms(reading);
    return this.#choices(candidates, reading, term);
  }

  #contrasts(reading: WordReading): Candidate[] {
    const senses = reading.senses.filter(({ share }) => share >= CONTRAST_SHARE).slice(0, 3);
    const same = this.#sameWords(reading);
    const candidates = senses.flatMap((weighted) => [
      ...this.#antonyms(weighted, reading.lemma),
      ...this.#coHyponyms(weighted),
      ...this.#nounContrasts(weighted, reading),
    ]);
    return candidates.filter(({ lemma }) => !same.has(lemma));
  }

  #synonyms(reading: WordReading): Candidate[] {
    return reading.senses
      .filter(({ share }) => share >= SYNONYM_SHARE)
      .slice(0, 2)
      .flatMap(({ synset, share }) => [
        ...this.#wordsOf(synset, 'synonym', 0.5 * share),
        ...this.#similar(synset).flatMap((other) => this.#wordsOf(other, 'similar', 0.3 * share)),
        ...this.#parents(synset).flatMap((parent) =>
          this.#wordsOf(parent, 'hypernym', 0.05 * share).slice(0, 1),
        ),
      ]);
  }

  /** The antonyms of this very word, then those of its cluster's head and the words around the antonyms. */
  #antonyms({ synset, share }: WeightedSense, lemma: string): Candidate[] {
    const head = synset.satellite ? this.#similar(synset)[0] : synset;
    const direct = this.#antonymsOf(synset, lemma);
    const around = head === undefined ? [] : this.#antonymsOf(head);
    return [
      ...direct.map(({ word }) => ({ lemma: word, relation: 'antonym', score: 0.8 + 0.2 * share })),
      ...around.map(({ word }) => ({
        lemma: word,
        relation: 'indirect-antonym',
        score: 0.55 + 0.15 * share,
      })),
      ...around
        .flatMap(({ synset: opposite }) => this.#similar(opposite))
        .flatMap((other) => this.#wordsOf(other, 'indirect-antonym', 0.25 * share)),
    ];
  }

  #antonymsOf(synset: Synset, lemma?: string): { word: string; synset: Synset }[] {
    return synset.pointers
      .filter(({ symbol }) => symbol === POINTER.antonym)
      .filter(({ source }) => lemma === undefined || synset.words[source - 1] === lemma)
      .map((pointer) => ({ pointer, synset: this.#wordnet.synset(pointer) }))
      .map(({ pointer, synset: other }) => ({ word: other.words[pointer.target - 1], synset: other }));
  }

  /** Sisters (the hypernym's other hyponyms) and cousins (one level further), familiar ones first. */
  #coHyponyms({ synset, share }: WeightedSense): Candidate[] {
    if (synset.pos !== 'noun' && synset.pos !== 'verb') return [];
    const parents = this.#parents(synset);
    const sisters = parents.flatMap((parent) => this.#children(parent)).filter((other) => other !== synset);
    const grandparents = synset.pos === 'noun' ? parents.flatMap((parent) => this.#parents(parent)) : [];
    const aunts = grandparents
      .flatMap((parent) => this.#children(parent))
      .filter((aunt) => !parents.includes(aunt));
    const cousins = aunts.length > MAX_FAMILY ? [] : aunts.flatMap((aunt) => this.#children(aunt));
    const first = (family: readonly Synset[], weight: number) =>
      family.flatMap((member) => this.#wordsOf(member, 'co-hyponym', weight * share).slice(0, 1));
    return [...first(sisters, 0.5), ...first([...aunts, ...cousins], 0.4)];
  }

  /** An adjective that is also the name of a thing (red, square) is contrasted as that thing is. */
  #nounContrasts({ synset, share }: WeightedSense, { lemma, pos }: WordReading): Candidate[] {
    if (pos !== 'adjective') return [];
    return synset.pointers
      .filter(({ symbol, pos: target }) => symbol === POINTER.derived && target === 'noun')
      .map((pointer) => this.#wordnet.synset(pointer))
      .filter((noun) => noun.words.includes(lemma) && !isStoppedSense(noun, this.#wordnet))
      .flatMap((noun) => {
        const sense = { lemma, pos: noun.pos, offset: noun.offset, rank: 1, count: 0 };
        return this.#coHyponyms({ sense, synset: noun, share });
      });
  }

  #parents(synset: Synset): Synset[] {
    return this.#wordnet
      .related(synset, POINTER.hypernym)
      .filter(({ lexicographerFile }) => lexicographerFile !== TOPS_FILE);
  }

  #children(synset: Synset): Synset[] {
    return this.#wordnet.related(synset, POINTER.hyponym);
  }

  #similar(synset: Synset): Synset[] {
    return this.#wordnet.related(synset, POINTER.similar);
  }

  /** The words of a synset as candidates, `weight` to 2 · `weight`, the more familiar the higher. */
  #wordsOf(synset: Synset, relation: string, weight: number): Candidate[] {
    if (isStoppedSense(synset, this.#wordnet)) return [];
    return synset.words.map((lemma) => {
      const uses = this.#wordnet.tagCount(lemma, synset.pos, synset.offset);
      const familiarity = Math.log2(1 + uses) + 0.5 * Math.log2(1 + this.#wordnet.senseCount(lemma));
      return { lemma, relation, score: weight * (1 + familiarity / (familiarity + 4)) };
    });
  }

  /** The word's synonyms in every sense, what it is a kind of, and its own kinds: none of them is a contrast. */
  #sameWords(reading: WordReading): ReadonlySet<string> {
    const words = new Set<string>();
    const add = (synset: Synset) => {
      for (const word of synset.words) words.add(word);
    };
    for (const pos of PARTS_OF_SPEECH) {
      for (const sense of this.#wordnet.senses(reading.lemma, pos)) add(this.#wordnet.synset(sense));
    }
    for (const { synset } of reading.senses) {
      this.#children(synset).forEach(add);
      let line = this.#parents(synset);
      while (line.length > 0) {
        line.forEach(add);
        line = line.flatMap((ancestor) => this.#parents(ancestor));
      }
    }
    return words;
  }

  /** Best first, each word once, in the term's form, without what cannot or must not be said. */
  #choices(candidates: readonly Candidate[], reading: WordReading, term: string): WordChoice[] {
    const choices = new Map<string, WordChoice>();
    const sorted = [...candidates].sort(
      (one, other) => other.score - one.score || (one.lemma < other.lemma ? -1 : 1),
    );
    for (const { lemma, relation, score } of sorted) {
      if (choices.size >= MAX_CANDIDATES) break;
      const text = isPlain(lemma) ? inflect(lemma, reading.pos, reading.form) : undefined;
      if (text === undefined || text === term || choices.has(text) || isStoppedTerm(text)) continue;
      choices.set(text, { text, source: this.name, relation, score });
    }
    return [...choices.values()];
  }
}

function isOpenClass(term: string): boolean {
  const words = term.split(' ');
  if (words.length === 1) return term.length > 1 && !isClosedClassTerm(term) && !isFunctionTerm(term);
  const outer = [words[0], words[words.length - 1]];
  return (
    !words.includes('and') &&
    !words.includes('or') &&
    !outer.some((word) => isFunctionTerm(word) || isClosedClassTerm(word))
  );
}

/** Names, numbers and abbreviations are no substitutes. */
function isPlain(lemma: string): boolean {
  return /^[a-z][a-z]*(?:[ '-][a-z]+)*$/.test(lemma) && lemma.length > 1;
}
