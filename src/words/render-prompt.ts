/** @file Choices as text: the negative prompt, and the prompt with words replaced. */

import { invariant } from '../errors.ts';
import { indefiniteArticle } from './indefinite-article.ts';

/** A word of the prompt and what stands there instead; an empty replacement removes it. */
export interface Replacement {
  /** In UTF-16 units of the original prompt. */
  readonly start: number;
  /** The original word, exactly as in the prompt. */
  readonly text: string;
  readonly replacement: string;
}

/**
 * The words that are not empty, joined by `, ` (paper, section 4.2): `['dog', '', 'blue']` → `dog, blue`.
 * After punctuation the comma stands apart (`what? , blue`): tokenizers read a run of punctuation as one word, so that the tokens of
 * `what?` would depend on whether anything follows.
 */
export function negativePrompt(words: readonly string[]): string {
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .reduce(
      (joined, word) => (joined === '' ? word : `${joined}${endsInWord(joined) ? ', ' : ' , '}${word}`),
      '',
    );
}

/** Whether the last character, as tokenizers normalise it, is a letter or a digit. */
function endsInWord(text: string): boolean {
  return /[\p{L}\p{N}]$/u.test(text.slice(-8).normalize('NFC').toLowerCase());
}

/**
 * `prompt` with every replacement made at its place, in any order; they must not overlap. A replacement takes the original's
 * capital, and *a* or *an* before it is mended. A replacement by the same text changes nothing.
 */
export function substitutedPrompt(prompt: string, replacements: readonly Replacement[]): string {
  const ordered = replacements
    .filter(({ text, replacement }) => text !== replacement)
    .sort((one, other) => one.start - other.start);
  let result = '';
  let position = 0;
  for (const { start, text, replacement } of ordered) {
    const matches = start >= position && prompt.slice(start, start + text.length) === text;
    invariant(matches, `"${text}" is not at ${start} of the prompt, or another replacement holds it`);
    const before = result + prompt.slice(position, start);
    position = start + text.length;
    if (replacement.trim() === '') {
      result = before;
      position = afterSpaces(prompt, before, position);
    } else {
      result = withArticle(before, replacement) + withCapital(replacement, text);
    }
  }
  return result + prompt.slice(position);
}

/** A removed word takes the spaces after it along where the text before it ends in one, or is empty. */
function afterSpaces(prompt: string, before: string, position: number): number {
  if (before !== '' && !/\s$/.test(before)) return position;
  const spaces = /^\s*/.exec(prompt.slice(position))![0].length;
  return position + spaces;
}

/** `before` with the article at its end, if any, as `word` needs it. */
function withArticle(before: string, word: string): string {
  const match = /(?<![\p{L}\p{N}'’-])(an?)(\s+)$/iu.exec(before);
  if (match === null) return before;
  const [whole, article, space] = match;
  const needed = indefiniteArticle(word);
  const mended = article.charAt(0) === 'A' ? `A${needed.slice(1)}` : needed;
  return before.slice(0, before.length - whole.length) + mended + space;
}

function withCapital(replacement: string, original: string): string {
  const capital = /^\p{Lu}/u.test(original);
  const first = [...replacement][0];
  return capital ? first.toUpperCase() + replacement.slice(first.length) : replacement;
}
