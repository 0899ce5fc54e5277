/** @file Cuts a prompt into words and runs of words, each with its place. */

import { normalizeTerm } from './dictionary.ts';

/** A stretch of the prompt that may become a slot. */
export interface PromptTerm {
  /** Exactly as in the prompt. */
  readonly text: string;
  /** In UTF-16 units. */
  readonly start: number;
  /** As dictionaries want it. */
  readonly term: string;
}

/** The longest compound in words: *on the left side*. */
const MAX_COMPOUND_WORDS = 4;

/** A number with inner points (1.8, 16:9), or letters and digits with inner hyphens and apostrophes. */
const WORD =
  /\p{N}+(?:[.:/]\p{N}+)+|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;

/** The words of `prompt` in order. A possessive *'s* is left outside: *cat's* is the word *cat*. */
export function promptWords(prompt: string): PromptTerm[] {
  return [...prompt.matchAll(WORD)].map((match) => {
    const text = match[0].replace(/['’]s$/i, '');
    return { text, start: match.index, term: normalizeTerm(text) };
  });
}

/** The runs of words that begin at word `index` and hold nothing but spaces between, the longest first, the word itself last. */
export function termsAt(
  prompt: string,
  words: readonly PromptTerm[],
  index: number,
): { term: PromptTerm; length: number }[] {
  const { start } = words[index];
  const terms = [{ term: words[index], length: 1 }];
  for (let length = 2; length <= MAX_COMPOUND_WORDS && index + length <= words.length; length++) {
    const last = words[index + length - 1];
    const previous = words[index + length - 2];
    if (!isNext(prompt, previous, last)) break;
    const text = prompt.slice(start, last.start + last.text.length);
    terms.unshift({ term: { text, start, term: normalizeTerm(text) }, length });
  }
  return terms;
}

/** Whether nothing but spaces stands between two words of `prompt`, the first of which comes first. */
export function isNext(prompt: string, one: PromptTerm, other: PromptTerm): boolean {
  return /^\s+$/.test(prompt.slice(one.start + one.text.length, other.start));
}
