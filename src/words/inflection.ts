/** @file A small morphology of English: which base forms a word may have, and how a base form is bent. */

import {
  IRREGULAR_ADJECTIVE_FORMS,
  IRREGULAR_NOUN_FORMS,
  IRREGULAR_VERB_FORMS,
  type IrregularForm,
  MASS_NOUNS,
  type WordForm,
} from './irregular-forms.ts';
import type { PartOfSpeech } from './wordnet.ts';

/** A base form that a word may come from. Whether it is a word at all only a dictionary knows. */
export interface BaseForm {
  readonly lemma: string;
  readonly form: WordForm;
}

/** `[ending of the word, ending of its base, form]`, after WordNet's rules of detachment (morphy(7WN)). */
type Detachment = readonly [string, string, WordForm];

const DETACHMENTS: Record<PartOfSpeech, readonly Detachment[]> = {
  noun: [
    ['ies', 'y', 'plural'],
    ['ves', 'f', 'plural'],
    ['ses', 's', 'plural'],
    ['xes', 'x', 'plural'],
    ['zes', 'z', 'plural'],
    ['ches', 'ch', 'plural'],
    ['shes', 'sh', 'plural'],
    ['men', 'man', 'plural'],
    ['s', '', 'plural'],
  ],
  verb: [
    ['ies', 'y', 'third'],
    ['es', '', 'third'],
    ['s', '', 'third'],
    ['ied', 'y', 'past'],
    ['ed', 'e', 'past'],
    ['ed', '', 'past'],
    ['ying', 'ie', 'ing'],
    ['ing', 'e', 'ing'],
    ['ing', '', 'ing'],
  ],
  adjective: [
    ['ier', 'y', 'comparative'],
    ['iest', 'y', 'superlative'],
    ['er', 'e', 'comparative'],
    ['er', '', 'comparative'],
    ['est', 'e', 'superlative'],
    ['est', '', 'superlative'],
  ],
  adverb: [],
};

const IRREGULAR: Record<PartOfSpeech, readonly IrregularForm[]> = {
  noun: IRREGULAR_NOUN_FORMS,
  verb: IRREGULAR_VERB_FORMS,
  adjective: IRREGULAR_ADJECTIVE_FORMS,
  adverb: [],
};

/** The same by the bent word. */
const IRREGULAR_BY_WORD: Record<PartOfSpeech, ReadonlyMap<string, readonly IrregularForm[]>> = {
  noun: byWord(IRREGULAR_NOUN_FORMS),
  verb: byWord(IRREGULAR_VERB_FORMS),
  adjective: byWord(IRREGULAR_ADJECTIVE_FORMS),
  adverb: new Map(),
};

function byWord(forms: readonly IrregularForm[]): ReadonlyMap<string, readonly IrregularForm[]> {
  const found = new Map<string, IrregularForm[]>();
  for (const form of forms) found.set(form.word, [...(found.get(form.word) ?? []), form]);
  return found;
}

/** Verbs of two syllables whose last one is stressed, so that it doubles its consonant. */
const DOUBLING_VERBS: ReadonlySet<string> = new Set(
  'admit begin commit compel control emit equip forbid forget occur omit permit prefer propel refer regret repel submit transmit'.split(
    ' ',
  ),
);

const DOUBLE_CONSONANT = /([bdfgklmnprt])\1$/;

/** The base forms that `word` (lower case, one word) may have as `pos`; the word itself as a base comes first. */
export function baseForms(word: string, pos: PartOfSpeech): readonly BaseForm[] {
  const found: BaseForm[] = [{ lemma: word, form: 'base' }];
  const add = (lemma: string, form: WordForm) => {
    const known = found.some((base) => base.lemma === lemma && base.form === form);
    if (lemma.length > 1 && !known) found.push({ lemma, form });
  };
  for (const irregular of IRREGULAR_BY_WORD[pos].get(word) ?? []) add(irregular.base, irregular.form);
  for (const [ending, replacement, form] of DETACHMENTS[pos]) {
    if (!word.endsWith(ending) || word.endsWith('ss')) continue;
    const stem = word.slice(0, word.length - ending.length) + replacement;
    add(stem, form);
    if (replacement === '' && form !== 'plural' && DOUBLE_CONSONANT.test(stem)) add(stem.slice(0, -1), form);
    if (ending === 'ves') add(`${stem}e`, form);
    if (replacement === '' && stem.endsWith('ick')) add(stem.slice(0, -1), form);
  }
  return found;
}

/**
 * `lemma` in the wanted form, or undefined when no form is certain to be right. Of several words the last of a noun and
 * the first of a verb is bent: *fire trucks*, *sits down*.
 */
export function inflect(lemma: string, pos: PartOfSpeech, form: WordForm): string | undefined {
  if (form === 'base') return lemma;
  const words = lemma.split(' ');
  const at = pos === 'noun' ? words.length - 1 : 0;
  const bent = inflectWord(words[at], pos, form);
  if (bent === undefined) return undefined;
  return [...words.slice(0, at), bent, ...words.slice(at + 1)].join(' ');
}

function inflectWord(word: string, pos: PartOfSpeech, form: WordForm): string | undefined {
  const irregular = IRREGULAR[pos].filter((candidate) => candidate.base === word);
  if (irregular.length > 0 && (form === 'past' || form === 'participle')) return onlyPast(irregular);
  const exact = irregular.find((candidate) => candidate.form === form);
  if (exact !== undefined) return exact.word;
  switch (form) {
    case 'base':
      return word;
    case 'plural':
      return pluralOf(word);
    case 'third':
      return withS(word);
    case 'ing':
      return ingOf(word);
    case 'past':
    case 'participle':
      return pastOf(word);
    case 'comparative':
    case 'superlative':
      return gradeOf(word, form);
    default:
      return form satisfies never;
  }
}

/** A regular `-ed` may be a past or a participle, so an irregular verb only fits where its two forms are one. */
function onlyPast(forms: readonly IrregularForm[]): string | undefined {
  return new Set(forms.map(({ word }) => word)).size === 1 ? forms[0].word : undefined;
}

function pluralOf(noun: string): string | undefined {
  if (MASS_NOUNS.has(noun) || /.wear$|.ware$/.test(noun) || noun.endsWith('spring')) return noun;
  const compound = IRREGULAR_NOUN_FORMS.find(({ base }) => base.length >= 4 && noun.endsWith(base));
  if (compound !== undefined) return noun.slice(0, -compound.base.length) + compound.word;
  if (/[a-z]{2}man$/.test(noun) && !/(?:hu|ger|ro|otto|sha|talis|cai)man$/.test(noun))
    return `${noun.slice(0, -3)}men`;
  // A word in -s is a plural already (flats), or its plural is not certain (chassis, radius, corpus)
  return /[^s]s$/.test(noun) ? undefined : withS(noun);
}

function withS(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) || /^(?:go|do)$/.test(word) ? `${word}es` : `${word}s`;
}

function ingOf(verb: string): string {
  if (/ie$/.test(verb)) return `${verb.slice(0, -2)}ying`;
  if (/[^eoy]e$/.test(verb) && verb !== 'be') return `${verb.slice(0, -1)}ing`;
  return `${doubled(verb)}ing`;
}

function pastOf(verb: string): string {
  if (/e$/.test(verb)) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return `${doubled(verb)}ed`;
}

/** `run` → `runn`: one syllable, one vowel, one consonant; in a compound (sandbag, hobnob) b and g do as well. */
function doubled(verb: string): string {
  const short =
    /^(?:un|out|over|mis)?[^aeiou]*(?:qu)?[aeiou][bdfgklmnprtz]$/.test(verb) ||
    /[^aeiou][aeiou][bg]$/.test(verb);
  if (/[^aeiou]ic$/.test(verb)) return `${verb}k`;
  return short || DOUBLING_VERBS.has(verb) ? verb + verb.slice(-1) : verb;
}

function gradeOf(adjective: string, form: 'comparative' | 'superlative'): string {
  const vowelGroups = adjective.match(/[aeiouy]+/g)?.length ?? 0;
  const syllables = vowelGroups - (/[^aeiouyl]e$/.test(adjective) ? 1 : 0);
  const ending = form === 'comparative' ? 'er' : 'est';
  if (syllables > 2 || (syllables === 2 && !adjective.endsWith('y'))) {
    return `${form === 'comparative' ? 'more' : 'most'} ${adjective}`;
  }
  if (/e$/.test(adjective)) return `${adjective}${ending.slice(1)}`;
  if (/[^aeiou]y$/.test(adjective)) return `${adjective.slice(0, -1)}i${ending}`;
  return `${doubled(adjective)}${ending}`;
}
