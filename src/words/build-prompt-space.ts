/** @file From a prompt to its search space: which words have a slot, and which substitutes each is given. */

import { BorrowedDictionary } from './borrowed-dictionary.ts';
import { ClosedClassDictionary } from './closed-class-dictionary.ts';
import { isClosedClassTerm } from './closed-class-table.ts';
import type { Dictionary } from './dictionary.ts';
import { normalizeTerm } from './dictionary.ts';
import { isFunctionTerm } from './function-words.ts';
import { baseForms } from './inflection.ts';
import type { PromptSpace, Task, WordChoice, WordSlot } from './prompt-space.ts';
import { type PromptTerm, promptWords, termsAt } from './prompt-words.ts';
import { readPrompt } from './read-prompt.ts';
import { isStoppedTerm } from './stop-list.ts';
import type { TermReading } from './term-reading.ts';
import { rangeOf, touches } from './text-range.ts';
import { ThesaurusDictionary } from './thesaurus-dictionary.ts';
import { isLearnt, type Vocabulary } from './vocabulary.ts';
import { VocabularyDictionary } from './vocabulary-dictionary.ts';
import { readWebUiSyntax } from './web-ui-syntax.ts';
import { WordNet } from './wordnet.ts';
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

/** One for all prompts: its files are read once. */
const WORDNET = new WordNet();

/** The dictionaries for any English prompt: the closed class, our thesaurus, the thesaurus by way of WordNet, WordNet itself. */
export function generalDictionaries(): readonly Dictionary[] {
  return [
    new ClosedClassDictionary(),
    new ThesaurusDictionary(),
    new BorrowedDictionary(WORDNET),
    new WordNetDictionary(WORDNET),
  ];
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
  const reading = readPrompt(prompt, words, WORDNET);
  const runs = words.map((_, index): Run[] =>
    termsAt(prompt, words, index).map(({ term, length }) => {
      // A table of its own knows what the closed class means, wherever it stands
      const open = !isFunctionTerm(term.term) && !isClosedClassTerm(term.term);
      return { term, length, reading: open ? reading.read(term, index, length) : undefined };
    }),
  );
  const excluded = task === 'improve' ? wantedWords(runs.flat(), source) : new Set<string>();
  const { commands } = readWebUiSyntax(prompt);

  const slots: WordSlot[] = [];
  for (let index = 0; index < words.length; ) {
    if (reading.isName(index) || touches(commands, rangeOf(words[index]))) {
      index++;
      continue;
    }
    const match = firstSlot(runs[index], (run) => source.choices(run, { task, maxChoices, excluded }));
    if (match.choices.length > 0)
      slots.push({ text: match.term.text, start: match.term.start, choices: match.choices });
    index += match.length;
  }
  return { prompt, task, slots };
}

interface Run {
  readonly term: PromptTerm;
  readonly length: number;
  readonly reading: TermReading | undefined;
}

/** The longest run that has choices, or is a function phrase; else the single word without choices. */
function firstSlot(runs: readonly Run[], choicesOf: (run: Run) => readonly WordChoice[]) {
  for (const run of runs) {
    const isFunction = isFunctionTerm(run.term.term);
    const choices = isFunction ? [] : choicesOf(run);
    if (choices.length > 0 || isFunction) return { ...run, choices };
  }
  return { ...runs[runs.length - 1], choices: [] };
}

/** What the prompt asks for: its words, their base forms and their synonyms. A contrast must be none of them. */
function wantedWords(runs: readonly Run[], source: Substitutes): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const run of runs) {
    if (isFunctionTerm(run.term.term)) continue;
    for (const word of [...bases(run.term.term), ...source.synonyms(run)]) wanted.add(word);
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

  choices(run: Run, { task, maxChoices, excluded }: Selection): readonly WordChoice[] {
    const { term } = run.term;
    const chosen = new Map<string, WordChoice>();
    for (const dictionary of this.#asked(run)) {
      for (const choice of this.#ask(dictionary, run, task)) {
        if (chosen.size >= maxChoices) return [...chosen.values()];
        const key = normalizeTerm(choice.text);
        const unwanted = key === term || chosen.has(key) || bases(key).some((base) => excluded.has(base));
        if (!unwanted && isLearnt(key, this.#vocabulary) && !isStoppedTerm(key)) chosen.set(key, choice);
      }
    }
    return [...chosen.values()];
  }

  /** From the first dictionary that has any: a rarer source would take words for synonyms that are contrasts of others. */
  synonyms(run: Run): readonly string[] {
    for (const dictionary of this.#asked(run)) {
      const said = this.#ask(dictionary, run, 'attack').filter(({ relation }) => relation === 'synonym');
      if (said.length > 0) return said.map(({ text }) => normalizeTerm(text));
    }
    return [];
  }

  /** A long prompt repeats its words. */
  #ask(dictionary: Dictionary, { term: { term }, reading }: Run, task: Task): readonly WordChoice[] {
    const read = reading && `${reading.pos} ${reading.lemma} ${reading.form}`;
    const key = `${dictionary.name}\n${task}\n${term}\n${read}`;
    const answer = this.#answers.get(key) ?? dictionary.substitutes(term, task, reading);
    this.#answers.set(key, answer);
    return answer;
  }

  /** A general dictionary does not know what a word that the model learnt means in the model's world. */
  #asked({ term: { term }, length, reading }: Run): readonly Dictionary[] {
    const chance = length > 1 && reading === undefined && !isClosedClassTerm(term);
    // Words that stand side by side by chance are no compound, even where WordNet has one of that name (*white horse*)
    const general = chance ? [] : this.#dictionaries;
    if (this.#own === undefined) return general;
    const ownWord = this.#vocabulary?.learnt !== undefined && isLearnt(term, this.#vocabulary);
    return ownWord ? [this.#own] : [this.#own, ...general];
  }
}
