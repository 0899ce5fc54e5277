/**
 * @file Which meaning a word of a prompt probably has, by the senses that are commonest in text, with more
 * weight on what can be seen and on what shares words with the prompt. Without a reading from the prompt, part of speech and
 * form are those that are commonest, too.
 */

import { sharedWords } from './context-overlap.ts';
import { type BaseForm, baseForms } from './inflection.ts';
import { isStoppedSense } from './stop-list.ts';
import type { TermReading } from './term-reading.ts';
import {
  PARTS_OF_SPEECH,
  type PartOfSpeech,
  POINTER,
  type Sense,
  type Synset,
  type WordNet,
} from './wordnet.ts';

export interface WeightedSense {
  readonly sense: Sense;
  readonly synset: Synset;
  /** Relative to the reading's commonest sense, which has 1. */
  readonly share: number;
}

/** A word read as one form of one lemma. */
export interface WordReading extends BaseForm {
  readonly pos: PartOfSpeech;
  /** The likeliest first; at least one. */
  readonly senses: readonly WeightedSense[];
  readonly weight: number;
}

/** Lexicographer files (lexnames(5WN)) of what a picture shows: animals, artifacts, bodies, food, places, things, people, plants, … */
const VISIBLE_NOUNS: ReadonlySet<number> = new Set([5, 6, 8, 13, 15, 17, 18, 19, 20, 25, 27]);
/** Verbs of the body, contact, motion, perception and weather. */
const VISIBLE_VERBS: ReadonlySet<number> = new Set([29, 35, 38, 39, 43]);

const VISIBLE_WEIGHT = 3;
/** What each word that a sense's definition shares with the prompt adds to its weight. */
const CONTEXT_WEIGHT = 1;
/** A bare verb is rare in a caption: *fly*, *train*, *watch* are nouns there. */
const BARE_VERB_WEIGHT = 0.3;
/** *rose*, *saw*, *ground*: the noun is likelier than the verb's past. */
const IRREGULAR_PAST_WEIGHT = 0.3;

/**
 * The likeliest reading of `term`, or undefined when WordNet does not know it or every sense is stopped. `reading` says what
 * the term is in its prompt, so that only the senses remain to be weighed.
 */
export function readWord(term: string, wordnet: WordNet, reading?: TermReading): WordReading | undefined {
  if (reading !== undefined) return readingOf(reading, reading.pos, wordnet, term, reading.context);
  const compound = term.includes(' ');
  const readings = PARTS_OF_SPEECH.filter((pos) => !compound || pos === 'noun').flatMap((pos) =>
    basesOf(term, pos).map((base) => readingOf(base, pos, wordnet, term)),
  );
  let best: WordReading | undefined;
  for (const reading of readings)
    if (reading !== undefined && reading.weight > (best?.weight ?? 0)) best = reading;
  return best;
}

/** A compound is bent at its last word. */
function basesOf(term: string, pos: PartOfSpeech): readonly BaseForm[] {
  const at = term.lastIndexOf(' ') + 1;
  return baseForms(term.slice(at), pos).map(({ lemma, form }) => ({
    lemma: term.slice(0, at) + lemma,
    form,
  }));
}

function readingOf(
  base: BaseForm,
  pos: PartOfSpeech,
  wordnet: WordNet,
  term: string,
  context: ReadonlySet<string> = new Set(),
): WordReading | undefined {
  const weighted = wordnet
    .senses(base.lemma, pos)
    .map((sense) => ({ sense, synset: wordnet.synset(sense) }))
    .filter(({ sense, synset }) => isOrdinary(synset, sense.lemma) && !isStoppedSense(synset, wordnet))
    .map((entry, _, { length }) => {
      if (length === 1) return { ...entry, weight: senseWeight(entry.sense, entry.synset) };
      const fit = 1 + CONTEXT_WEIGHT * sharedWords(meaningOf(entry.synset, wordnet), context, base.lemma);
      return { ...entry, weight: senseWeight(entry.sense, entry.synset) * fit };
    })
    .sort((one, other) => other.weight - one.weight);
  if (weighted.length === 0) return undefined;
  const top = weighted[0].weight;
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...base,
    pos,
    senses: weighted.map(({ sense, synset, weight }) => ({ sense, synset, share: weight / top })),
    weight: total * formWeight(base, pos, term),
  };
}

/** The words of a sense, of its definition and of what it is a kind of (Lesk, 1986). */
function meaningOf(synset: Synset, wordnet: WordNet): string {
  const kinds = wordnet.related(synset, POINTER.hypernym).flatMap(({ words }) => words);
  return [...synset.words, ...kinds, synset.gloss].join(' ');
}

/** Names (Red, the river) are spelt with a capital. */
function isOrdinary(synset: Synset, lemma: string): boolean {
  return synset.words.some((word) => word === lemma);
}

function senseWeight(sense: Sense, synset: Synset): number {
  const visible = VISIBLE_NOUNS.has(synset.lexicographerFile) || VISIBLE_VERBS.has(synset.lexicographerFile);
  return (sense.count + 1 / sense.rank) * (visible ? VISIBLE_WEIGHT : 1);
}

function formWeight({ form }: BaseForm, pos: PartOfSpeech, term: string): number {
  if (pos !== 'verb') return 1;
  if (form === 'base') return BARE_VERB_WEIGHT;
  const irregularPast = (form === 'past' || form === 'participle') && !term.endsWith('ed');
  return irregularPast ? IRREGULAR_PAST_WEIGHT : 1;
}
