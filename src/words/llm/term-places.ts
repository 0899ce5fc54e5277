/** @file Where the words of a model's answer stand in the prompt: as whole words, in any case, wherever they occur. */
import { normalizeTerm } from '../dictionary.ts';
import { isFunctionTerm } from '../function-words.ts';
import type { PromptTerm } from '../prompt-words.ts';
import { promptWords } from '../prompt-words.ts';
import type { TextRange } from '../text-range.ts';
import { wordsOutsideCommands } from '../words-outside-commands.ts';

/** The longest phrase that is looked for, in words. */
const MAX_WORDS = 8;

/** The words of one prompt, made for looking up phrases. */
export class TermPlaces {
  readonly #prompt: string;
  readonly #words: readonly PromptTerm[];

  constructor(prompt: string) {
    this.#prompt = prompt;
    this.#words = wordsOutsideCommands(prompt);
  }

  /** The prompt's words that can be searched: no function words, no commands of a web UI. */
  get content(): readonly PromptTerm[] {
    return this.#words.filter(({ term }) => !isFunctionTerm(term));
  }

  /** Every place of `text`, one word or several with nothing but spaces between; none when it is not in the prompt. */
  of(text: string): TextRange[] {
    const terms = promptWords(text).map(({ term }) => term);
    if (terms.length === 0 || terms.length > MAX_WORDS) return [];
    return this.#words.flatMap((first, at) => {
      const run = this.#words.slice(at, at + terms.length);
      if (run.length < terms.length || run.some(({ term }, i) => term !== terms[i])) return [];
      const last = run[run.length - 1];
      const range = { start: first.start, end: last.start + last.text.length };
      const isSame = normalizeTerm(this.#prompt.slice(range.start, range.end)) === terms.join(' ');
      return isSame || terms.length === 1 ? [range] : [];
    });
  }
}
