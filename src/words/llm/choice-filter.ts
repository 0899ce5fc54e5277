/** @file Which candidates of a model can be used for a word: the dictionary's own rules, and what a dictionary never gets wrong. */
import { normalizeTerm } from '../dictionary.ts';
import { baseForms } from '../inflection.ts';
import type { Task } from '../prompt-space.ts';
import { promptWords } from '../prompt-words.ts';
import { isStoppedTerm } from '../stop-list.ts';
import { isLearnt, type Vocabulary } from '../vocabulary.ts';

export interface ChoiceRules {
  readonly prompt: string;
  readonly task: Task;
  readonly maxChoices: number;
  readonly vocabulary: Vocabulary | undefined;
}

export interface FilteredChoices {
  /** In the model's order, at most `maxChoices`. */
  readonly kept: readonly string[];
  /** Whether the model itself gave what cannot be used; what the picture model never learnt is not its mistake. */
  readonly isFaulty: boolean;
}

/** Candidates that are looked at for one word. */
const MAX_CANDIDATES = 50;
const MAX_WORDS = 5;
const MAX_LENGTH = 60;
/** Words, with hyphens and apostrophes. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[ '’.-]+[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u;

export class ChoiceFilter {
  readonly #rules: ChoiceRules;
  /** Base forms of what the prompt asks for: no contrast may be one of them (paper, section 4.2). */
  readonly #asked: ReadonlySet<string>;

  constructor(rules: ChoiceRules) {
    this.#rules = rules;
    const words = rules.task === 'improve' ? promptWords(rules.prompt) : [];
    this.#asked = new Set(words.flatMap(({ term }) => basesOf(term)));
  }

  /** @param word as it stands in the prompt */
  filter(word: string, candidates: readonly string[]): FilteredChoices {
    const { maxChoices, vocabulary } = this.#rules;
    const seen = new Set([normalizeTerm(word)]);
    const sound: string[] = [];
    for (const candidate of candidates.slice(0, MAX_CANDIDATES)) {
      const text = inCaseOf(word, candidate.normalize('NFC').replace(/\s+/g, ' ').trim());
      const key = normalizeTerm(text);
      if (seen.has(key) || !isPlain(text) || isStoppedTerm(key) || this.#isAsked(key)) continue;
      seen.add(key);
      sound.push(text);
    }
    const agreed = withFormOf(word, sound);
    const kept = agreed.filter((text) => isLearnt(normalizeTerm(text), vocabulary)).slice(0, maxChoices);
    return { kept, isFaulty: candidates.length > 0 && agreed.length === 0 };
  }

  #isAsked(key: string): boolean {
    return this.#asked.has(key) || basesOf(key).some((base) => this.#asked.has(base));
  }
}

function basesOf(term: string): string[] {
  if (term.includes(' ')) return [term];
  const bases = [...baseForms(term, 'noun'), ...baseForms(term, 'verb')].map(({ lemma }) => lemma);
  return [term, ...bases];
}

function isPlain(text: string): boolean {
  return text.length <= MAX_LENGTH && text.split(' ').length <= MAX_WORDS && PLAIN.test(text);
}

/** Answers begin lines, so their capitals say nothing unless the word has one too. */
function inCaseOf(word: string, candidate: string): string {
  return word === word.toLowerCase() ? candidate.toLowerCase() : candidate;
}

interface VisibleForm {
  /** Words that show it by their end. */
  readonly ending: RegExp;
  readonly has: (text: string) => boolean;
}

/** Forms that can be seen; which form a word without these endings has cannot. */
const VISIBLE_FORMS: readonly VisibleForm[] = [
  { ending: /ing$/, has: (text) => text.split(' ').some((part) => part.endsWith('ing')) },
  {
    ending: /(?<![su])s$/,
    has: (text) => text.split(' ').some((part) => part.endsWith('s')) || isPlural(text),
  },
];

/**
 * Without candidates of another form than the word's, where that can be seen: if the word and most of its candidates end in *-ing*
 * (or *-s*), the others are slips. A word like *building*, whose candidates do not, keeps them all.
 */
function withFormOf(word: string, candidates: readonly string[]): readonly string[] {
  const form = VISIBLE_FORMS.find(({ ending }) => ending.test(word.toLowerCase()));
  if (form === undefined) return candidates;
  const formed = candidates.filter(form.has);
  return 2 * formed.length > candidates.length ? formed : candidates;
}

/** *men*, *people*: plurals without the ending. */
function isPlural(text: string): boolean {
  const last = text.split(' ').pop()!;
  return baseForms(last, 'noun').some(({ form }) => form === 'plural');
}
