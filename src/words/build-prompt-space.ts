/** @file From a prompt to its search space: which words have a slot, and which substitutes each is given. */

import { CLOSED_CLASS } from './closed-class-table.ts';
import type { Dictionary } from './dictionary.ts';
import { normalizeTerm } from './dictionary.ts';
import { isFunctionTerm } from './function-words.ts';
import { baseForms } from './inflection.ts';
import type { PromptSpace, Task, WordChoice, WordSlot } from './prompt-space.ts';
import { type PromptTerm, promptWords, termsAt } from './prompt-words.ts';
import { isStoppedTerm } from './stop-list.ts';
import { touches } from './text-range.ts';
import { isLearnt, type Vocabulary } from './vocabulary.ts';
import { VocabularyDictionary } from './vocabulary-dictionary.ts';
import { readWebUiSyntax } from './web-ui-syntax.ts';
import { WordNetDictionary } from './wordnet-dictionary.ts';

/** The paper's number of substitutes for a word (section 5). */
export const DEFAULT_MAX_CHOICES = 5;

export interface PromptSpaceOptions {
  readonly task: Task;
  /** At most this many choices for a slot, from 1. @default 5 */
  readonly maxChoices?: number;
  /** Asked in this order until a slot is full. @default generalDictionaries() */
  readonly dictionaries?: readonly Dictionary[];
  /**
   * What the model understands. It is asked before the dictionaries and has the last word on the words it learnt; where it
   * lists the learnt words, no other word is a choice.
   */
  readonly vocabulary?: Vocabulary | undefined;
}

/** The dictionaries for any English prompt: the closed class, then WordNet. */
export function generalDictionaries(): readonly Dictionary[] {
  return [new VocabularyDictionary(CLOSED_CLASS, 'closed-class'), new WordNetDictionary()];
}

/**
 * The slots of `prompt`, in its order; none when no word has a substitute. Compounds go before single words, function words
 * and words of a web UI's commands get no slot. For `improve` no choice is a word of the prompt or a synonym of one (paper, section 4.2).
 */
export function buildPromptSpace(prompt: string, options: PromptSpaceOptions): PromptSpace {
  const {
    task,
    maxChoices = DEFAULT_MAX_CHOICES,
    dictionaries = generalDictionaries(),
    vocabulary,
  } = options;
  const source = new Substitutes(dictionaries, vocabulary);
  const words = promptWords(prompt);
  const excluded = task === 'improve' ? wantedWords(runsOf(prompt, words).flat(), source) : new Set<string>();
  const runs = runsOf(prompt, withoutCommands(prompt, words));

  const slots: WordSlot[] = [];
  for (let index = 0; index < runs.length; ) {
    const match = firstSlot(runs[index], (term) => source.choices(term, { task, maxChoices, excluded }));
    if (match.choices.length > 0)
      slots.push({ text: match.term.text, start: match.term.start, choices: match.choices });
    index += match.length;
  }
  return { prompt, task, slots };
}

/** Numbers of weights, names of files and alternatives that only a web UI would choose from are not searched. */
function withoutCommands(prompt: string, words: readonly PromptTerm[]): readonly PromptTerm[] {
  const { commands } = readWebUiSyntax(prompt);
  return words.filter(({ start, text }) => !touches(commands, { start, end: start + text.length }));
}

/** For each word the runs that begin with it. */
function runsOf(prompt: string, words: readonly PromptTerm[]): Run[][] {
  return words.map((_, index) => termsAt(prompt, words, index));
}

interface Run {
  readonly term: PromptTerm;
  readonly length: number;
}

/** The longest run that has choices, or is a function phrase; else the single word without choices. */
function firstSlot(runs: readonly Run[], choicesOf: (term: string) => readonly WordChoice[]) {
  for (const { term, length } of runs) {
    const choices = isFunctionTerm(term.term) ? [] : choicesOf(term.term);
    if (choices.length > 0 || isFunctionTerm(term.term)) return { term, length, choices };
  }
  return { ...runs[runs.length - 1], choices: [] };
}

/** What the prompt asks for: its words, their base forms and their synonyms. A contrast must be none of them. */
function wantedWords(runs: readonly Run[], source: Substitutes): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const { term } of runs) {
    if (isFunctionTerm(term.term)) continue;
    for (const word of [...bases(term.term), ...source.synonyms(term.term)]) wanted.add(word);
  }
  return wanted;
}

function bases(term: string): readonly string[] {
  if (term.includes(' ')) return [term];
  return [...baseForms(term, 'noun'), ...baseForms(term, 'verb')].map(({ lemma }) => lemma);
}

interface Selection {
  readonly task: Task;
  readonly maxChoices: number;
  readonly excluded: ReadonlySet<string>;
}

/** Asks the dictionaries in order and filters what they say. */
class Substitutes {
  readonly #dictionaries: readonly Dictionary[];
  readonly #own: Dictionary | undefined;
  readonly #vocabulary: Vocabulary | undefined;
  readonly #answers = new Map<string, readonly WordChoice[]>();

  constructor(dictionaries: readonly Dictionary[], vocabulary: Vocabulary | undefined) {
    this.#dictionaries = dictionaries;
    this.#vocabulary = vocabulary;
    this.#own = vocabulary && new VocabularyDictionary(vocabulary);
  }

  choices(term: string, { task, maxChoices, excluded }: Selection): readonly WordChoice[] {
    const chosen = new Map<string, WordChoice>();
    for (const dictionary of this.#asked(term)) {
      for (const choice of this.#ask(dictionary, term, task)) {
        if (chosen.size >= maxChoices) return [...chosen.values()];
        const key = normalizeTerm(choice.text);
        const unwanted = key === term || chosen.has(key) || bases(key).some((base) => excluded.has(base));
        if (!unwanted && isLearnt(key, this.#vocabulary) && !isStoppedTerm(key)) chosen.set(key, choice);
      }
    }
    return [...chosen.values()];
  }

  synonyms(term: string): readonly string[] {
    return this.#asked(term)
      .flatMap((dictionary) => this.#ask(dictionary, term, 'attack'))
      .filter(({ relation }) => relation === 'synonym')
      .map(({ text }) => normalizeTerm(text));
  }

  /** A long prompt repeats its words. */
  #ask(dictionary: Dictionary, term: string, task: Task): readonly WordChoice[] {
    const key = `${dictionary.name}\n${task}\n${term}`;
    const answer = this.#answers.get(key) ?? dictionary.substitutes(term, task);
    this.#answers.set(key, answer);
    return answer;
  }

  /** A general dictionary does not know what a word that the model learnt means in the model's world. */
  #asked(term: string): readonly Dictionary[] {
    if (this.#own === undefined) return this.#dictionaries;
    const ownWord = this.#vocabulary?.learnt !== undefined && isLearnt(term, this.#vocabulary);
    return ownWord ? [this.#own] : [this.#own, ...this.#dictionaries];
  }
}
