/**
 * @file The thesaurus for words that it lacks: WordNet says what they are (a mackerel is a fish, enormous is like big), and the
 * nearest word on that way which heads an entry lends its contrasts, and itself as the broader word.
 */

import type { Dictionary } from './dictionary.ts';
import { inflect } from './inflection.ts';
import type { Task, WordChoice } from './prompt-space.ts';
import { isStoppedSense } from './stop-list.ts';
import type { TermReading } from './term-reading.ts';
import { type Thesaurus, type ThesaurusEntry, thesaurus } from './thesaurus/thesaurus.ts';
import { readWord, type WeightedSense } from './word-reading.ts';
import { POINTER, type Synset, WordNet } from './wordnet.ts';

/** Further up everything is a thing. */
const MAX_STEPS = 4;
/** Senses with less than this share of the likeliest one are other words. */
const MIN_SHARE = 0.5;

interface Lender {
  readonly entry: ThesaurusEntry;
  readonly steps: number;
}

/** Contrasts and broader words by way of WordNet's hypernyms and similar adjectives; needs a reading. */
export class BorrowedDictionary implements Dictionary {
  readonly name = 'thesaurus+wordnet';
  readonly #wordnet: WordNet;
  readonly #thesaurus: Thesaurus;

  constructor(wordnet: WordNet = new WordNet(), words: Thesaurus = thesaurus()) {
    this.#wordnet = wordnet;
    this.#thesaurus = words;
  }

  substitutes(term: string, task: Task, reading?: TermReading): readonly WordChoice[] {
    if (reading === undefined) return [];
    const senses = readWord(term, this.#wordnet, reading)?.senses ?? [];
    const lenders = senses
      .filter(({ share }) => share >= MIN_SHARE)
      .slice(0, 2)
      .flatMap((sense) => this.#lender(sense, reading.lemma) ?? []);
    const choices = new Map<string, WordChoice>();
    for (const lender of lenders) {
      for (const { word, relation, score } of lent(lender, task)) {
        const unbent = reading.form === 'plural' && this.#thesaurus.isUnbent(word);
        const text = unbent ? word : inflect(word, reading.pos, reading.form);
        if (text === undefined || text === term || choices.has(text)) continue;
        const sense = `${reading.lemma}, a kind of ${lender.entry.head}`;
        choices.set(text, { text, source: this.name, relation, sense, score });
      }
    }
    return [...choices.values()].sort((one, other) => other.score - one.score);
  }

  /** The nearest entry on the way up from a sense. */
  #lender({ synset }: WeightedSense, lemma: string): Lender | undefined {
    let line: Synset[] = [synset];
    for (let steps = 0; steps <= MAX_STEPS && line.length > 0; steps++) {
      for (const { words, pos } of line) {
        for (const word of words) {
          const head = word === lemma ? undefined : this.#thesaurus.find(word, pos)[0];
          if (head?.role === 'head') return { entry: head.entry, steps };
        }
      }
      line = line.flatMap((member) => this.#up(member));
    }
    return undefined;
  }

  #up(synset: Synset): Synset[] {
    const symbol = synset.pos === 'adjective' ? POINTER.similar : POINTER.hypernym;
    return this.#wordnet.related(synset, symbol).filter((other) => !isStoppedSense(other, this.#wordnet));
  }
}

function lent({ entry, steps }: Lender, task: Task): { word: string; relation: string; score: number }[] {
  const weight = 0.7 - 0.1 * steps;
  const ranked = (words: readonly string[], relation: string, factor: number) =>
    words.map((word, index) => {
      return { word, relation, score: weight * factor * (1 - index / (2 * words.length)) };
    });
  if (task === 'improve') return ranked(entry.contrasts, 'contrast', 1);
  if (steps > 0 && entry.pos === 'noun') return ranked([entry.head], 'hypernym', 1);
  return [
    ...ranked([entry.head], steps === 0 ? 'synonym' : 'similar', 1),
    ...ranked(entry.synonyms, 'similar', 0.8),
  ];
}
