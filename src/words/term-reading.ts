/**
 * @file Which word of the dictionary a word of a prompt is, in its place: part of speech, base form and inflection. The
 * tagger's opinion counts, and so do what the dictionaries know and the neighbours: captions leave out articles and verbs.
 */

import { baseForms } from './inflection.ts';
import type { WordForm } from './irregular-forms.ts';
import type { WordTag } from './word-tag.ts';
import { PARTS_OF_SPEECH, type PartOfSpeech } from './wordnet.ts';

/** A word of the prompt, read. */
export interface TermReading {
  readonly pos: PartOfSpeech;
  readonly lemma: string;
  readonly form: WordForm;
  /** Base forms of the prompt's content words, for the choice of a sense. */
  readonly context: ReadonlySet<string>;
}

/** How well the dictionaries know a lemma as a part of speech: 0 not at all, 1 as a rarity, 3 as a common word. */
export type Familiarity = (lemma: string, pos: PartOfSpeech) => number;

/** A word with what stands beside it; undefined at a punctuation mark and at the ends. */
export interface WordPlace {
  readonly term: string;
  readonly tag: WordTag;
  readonly previous: { readonly term: string; readonly tag: WordTag } | undefined;
  readonly next: { readonly term: string; readonly tag: WordTag } | undefined;
}

interface Candidate {
  readonly pos: PartOfSpeech;
  readonly lemma: string;
  readonly form: WordForm;
  readonly score: number;
}

/** What a tag makes likely, best first: a noun that the tagger takes for a verb is commoner than the reverse. */
const ORDER: Readonly<Record<WordTag, readonly PartOfSpeech[]>> = {
  noun: ['noun', 'verb', 'adjective', 'adverb'],
  name: ['noun', 'adjective', 'verb', 'adverb'],
  verb: ['verb', 'adjective', 'noun', 'adverb'],
  auxiliary: ['verb', 'noun', 'adjective', 'adverb'],
  adjective: ['adjective', 'noun', 'verb', 'adverb'],
  adverb: ['adverb', 'adjective', 'noun', 'verb'],
  determiner: ['adjective', 'noun', 'adverb', 'verb'],
  number: ['noun', 'adjective', 'adverb', 'verb'],
  other: ['noun', 'adjective', 'adverb', 'verb'],
};
const ORDER_SCORES = [2.2, 0.9, 0.4, 0];

const HAVE_OR_BE = /^(?:am|is|are|was|were|be|been|being|has|have|had|having|get|gets|got)$/;

/** The likeliest reading of a word, or undefined when no dictionary knows it. */
export function readTerm(
  place: WordPlace,
  familiarity: Familiarity,
  context: ReadonlySet<string>,
): TermReading | undefined {
  let best: Candidate | undefined;
  for (const pos of PARTS_OF_SPEECH) {
    for (const { lemma, form } of formsOf(place.term, pos)) {
      const known = familiarity(lemma, pos);
      if (known === 0) continue;
      const score =
        known + ORDER_SCORES[ORDER[place.tag].indexOf(pos)] + inPlace(place, pos, form) - bentCost(form);
      if (best === undefined || score > best.score) best = { pos, lemma, form, score };
    }
  }
  if (best === undefined) return undefined;
  const { pos, lemma } = best;
  return { pos, lemma, form: participleOf(place, best), context };
}

/** A compound is bent at its last word, a phrase of a verb at its first. */
function formsOf(term: string, pos: PartOfSpeech): readonly { lemma: string; form: WordForm }[] {
  const at = term.lastIndexOf(' ') + 1;
  if (at === 0) return baseForms(term, pos);
  if (pos !== 'noun') return [{ lemma: term, form: 'base' }];
  return baseForms(term.slice(at), pos).map(({ lemma, form }) => ({
    lemma: term.slice(0, at) + lemma,
    form,
  }));
}

/** *glasses* is rather the word *glasses* than several of *glass* when a dictionary has both. */
function bentCost(form: WordForm): number {
  return form === 'base' ? 0 : 0.1;
}

/** What the neighbours make likely. */
function inPlace(place: WordPlace, pos: PartOfSpeech, form: WordForm): number {
  switch (pos) {
    case 'verb':
      return verbInPlace(place, form);
    case 'noun':
      return nounInPlace(place, form);
    case 'adjective':
      return adjectiveInPlace(place);
    case 'adverb':
      return 0;
    default:
      return pos satisfies never;
  }
}

function verbInPlace({ term, tag, previous, next }: WordPlace, form: WordForm): number {
  if (opensNounPhrase(previous)) return form === 'ing' || term.endsWith('ed') ? -0.5 : -3;
  // *a brick building*: where the tagger sees a noun that is one, it is right
  if (form === 'ing') return isNounAfterNoun(tag, previous, next) ? 0 : 1.5;
  if (form !== 'base') return next === undefined && form === 'third' ? -1 : 0.3;
  return takesBareVerb(previous) && !isNoun(next) ? 2 : -1.5;
}

/** Not where an object follows: *a girl painting a fence*. */
function isNounAfterNoun(tag: WordTag, previous: WordPlace['previous'], next: WordPlace['next']): boolean {
  return tag === 'noun' && previous?.tag === 'noun' && next?.tag !== 'determiner';
}

/** *lanterns drift*, *children play*, *to sleep*. */
function takesBareVerb(word: WordPlace['previous']): boolean {
  if (word === undefined) return false;
  return (
    (word.tag === 'noun' && word.term.endsWith('s')) || /^(?:to|people|children|men|women)$/.test(word.term)
  );
}

function nounInPlace({ previous, next, tag }: WordPlace, form: WordForm): number {
  if (form !== 'base') return next?.tag === 'verb' ? 1.5 : 0;
  // *brick building*, *leather bag*: a tagger likes adjectives before nouns
  if (opensNounPhrase(previous) && !isNoun(next)) return 1;
  return tag === 'adjective' && next === undefined ? 0.5 : 0;
}

function adjectiveInPlace({ next, previous, tag }: WordPlace): number {
  // *giant stone statues*: before a noun a tagger takes many an adjective for a noun
  if (isNoun(next)) return tag === 'noun' ? 2 : 0.8;
  if (next?.tag === 'adjective') return 0.8;
  if (previous !== undefined && /^(?:and|very|highly|so|too|is|are|was|were)$/.test(previous.term))
    return 0.3;
  return opensNounPhrase(previous) ? -1 : -0.2;
}

function opensNounPhrase(word: WordPlace['previous']): boolean {
  return word?.tag === 'determiner' || word?.tag === 'number' || word?.tag === 'adjective';
}

function isNoun(word: WordPlace['next']): boolean {
  return word?.tag === 'noun' || word?.tag === 'name';
}

/** A past may be a participle: after *has* and *is*, and where it describes (*parked in front*, *covered with snow*). */
function participleOf({ previous, next }: WordPlace, { pos, form }: Candidate): WordForm {
  if (pos !== 'verb' || form !== 'past') return form;
  const after = previous !== undefined && HAVE_OR_BE.test(previous.term);
  const before = next !== undefined && /^(?:by|with|in|from)$/.test(next.term);
  return after || before ? 'participle' : form;
}
