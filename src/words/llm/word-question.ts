/** @file The question for substitutes or opposites: what is asked, which answers will do, and the slots that come of them. */
import type { Task, WordChoice, WordSlot } from '../prompt-space.ts';
import type { PromptTerm } from '../prompt-words.ts';
import { rangeOf, type TextRange, touches } from '../text-range.ts';
import type { ReplyFormat } from './chat.ts';
import { ChoiceFilter, type ChoiceRules } from './choice-filter.ts';
import type { Question, Reading } from './question.ts';
import { TEMPLATE_VERSION, wordQuestionText } from './question-templates.ts';
import { readWords, WORDS_SCHEMA } from './read-words.ts';
import { TermPlaces } from './term-places.ts';
import type { WordProposal } from './word-proposal.ts';

const RELATION: Readonly<Record<Task, string>> = { attack: 'synonym', improve: 'opposite' };
/** Words that are named in a complaint, and characters of each. */
const MAX_NAMED = 12;
const MAX_SHOWN = 60;
/** A picture model with more words than this understands ordinary English, for our purpose. */
const MAX_LEARNT = 1000;

export interface WordQuestionOptions extends ChoiceRules {
  /** Stretches of the prompt that alone are searched; undefined for all of it. */
  readonly within: readonly TextRange[] | undefined;
  /** The model's name, for the choices. */
  readonly model: string;
}

/** What the answers so far come to. */
interface Verdict {
  readonly slots: readonly WordSlot[];
  /** What the model named that the prompt does not have. */
  readonly strangers: readonly string[];
  /** Words for which nothing that it gave can be used. */
  readonly failed: readonly string[];
}

export class WordQuestion implements Question<readonly WordProposal[]> {
  readonly kind = 'words';
  readonly schema = WORDS_SCHEMA;
  readonly #options: WordQuestionOptions;
  readonly #places: TermPlaces;
  readonly #filter: ChoiceFilter;

  constructor(options: WordQuestionOptions) {
    this.#options = options;
    this.#places = new TermPlaces(options.prompt);
    this.#filter = new ChoiceFilter(options);
  }

  text(format: ReplyFormat): string {
    const { within, vocabulary, ...options } = this.#options;
    const only = within && this.#content().map(({ text }) => text);
    const learnt = vocabulary?.learnt;
    const few = learnt && learnt.size <= MAX_LEARNT ? [...learnt].sort() : undefined;
    return wordQuestionText({ ...options, only: only && [...new Set(only)], learnt: few }, format);
  }

  read(reply: string): Reading<readonly WordProposal[]> {
    return readWords(reply);
  }

  isUsable(answers: readonly (readonly WordProposal[])[]): boolean {
    return this.#judge(answers).slots.length > 0;
  }

  complaint(answers: readonly (readonly WordProposal[])[]): string | undefined {
    const { slots } = this.#judge(answers);
    // What was wrong with an earlier answer has been said already
    const { strangers, failed } = this.#judge(answers.slice(-1));
    const missing = this.#content().filter((word) => !touches(slots.map(rangeOf), rangeOf(word)));
    const named = (words: readonly string[]) =>
      [...new Set(words)]
        .slice(0, MAX_NAMED)
        .map((word) => JSON.stringify(word))
        .join(', ');
    const faults = [
      ...(strangers.length > 0 ? [`The paragraph does not have ${named(strangers)}.`] : []),
      ...(failed.length > 0 ? [`No choice for ${named(failed)} can be used.`] : []),
      ...(slots.length === 0 ? ['There was no word with a choice.'] : []),
    ];
    // Without a fault, a word that is not answered has no opposite, as far as the model knows
    if (faults.length === 0 || missing.length === 0) return undefined;
    const wanted = named(missing.map(({ text }) => text));
    return `${faults.join(' ')} Answer again, in the same format, for these words: ${wanted}. A choice is neither the word itself nor a word of the paragraph.`;
  }

  /** In the prompt's order, apart from each other; phrases go before their words. */
  slots(answers: readonly (readonly WordProposal[])[]): readonly WordSlot[] {
    return this.#judge(answers).slots;
  }

  #content(): readonly PromptTerm[] {
    const { within } = this.#options;
    return this.#places.content.filter((word) => within === undefined || touches(within, rangeOf(word)));
  }

  #judge(answers: readonly (readonly WordProposal[])[]): Verdict {
    const verdict = { slots: [] as WordSlot[], strangers: [] as string[], failed: [] as string[] };
    for (const proposal of joined(answers).sort(phrasesFirst)) {
      const places = this.#places.of(proposal.word);
      if (places.length > 0) this.#place(proposal, places, verdict);
      else if (proposal.choices.length > 0) verdict.strangers.push(proposal.word.slice(0, MAX_SHOWN));
    }
    verdict.slots.sort((one, other) => one.start - other.start);
    return verdict;
  }

  /** A slot at each place of the word that is searched and free. */
  #place(
    { choices }: WordProposal,
    places: readonly TextRange[],
    { slots, failed }: { slots: WordSlot[]; failed: string[] },
  ): void {
    for (const range of places) {
      if (touches(slots.map(rangeOf), range) || !this.#isSearched(range)) continue;
      const text = this.#options.prompt.slice(range.start, range.end);
      const { kept, isFaulty } = this.#filter.filter(text, choices);
      if (isFaulty) failed.push(text);
      if (kept.length > 0) slots.push({ text, start: range.start, choices: this.#choices(kept) });
    }
  }

  /** A phrase may begin or end with a function word (*next to*), but not be one. */
  #isSearched(range: TextRange): boolean {
    return this.#content().some((word) => touches([range], rangeOf(word)));
  }

  #choices(texts: readonly string[]): WordChoice[] {
    const { task, model } = this.#options;
    return texts.map((text, index) => ({
      text,
      source: 'llm',
      relation: RELATION[task],
      score: 1 - index / texts.length,
      model,
      template: TEMPLATE_VERSION,
    }));
  }
}

/** One proposal a word: what several answers, or one answer several times, gave for it, in order. */
function joined(answers: readonly (readonly WordProposal[])[]): WordProposal[] {
  const byWord = new Map<string, string[]>();
  for (const { word, choices } of answers.flat()) {
    const key = word.trim().toLowerCase();
    const known = byWord.get(key);
    if (known === undefined) byWord.set(key, [...choices]);
    else known.push(...choices);
  }
  return [...byWord].map(([word, choices]) => ({ word, choices }));
}

function phrasesFirst(one: WordProposal, other: WordProposal): number {
  return other.word.split(/\s+/).length - one.word.split(/\s+/).length;
}
