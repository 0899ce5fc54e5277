/** @file How much a text has in common with the words of a prompt: the cheapest judge of a sense that needs no model. */

import { baseForms } from './inflection.ts';

/** Shorter words are in every definition. */
const MIN_LETTERS = 4;

/** The words of a prompt as `sharedWords` wants them: in all base forms that they may have. */
export function contextOf(words: readonly string[]): ReadonlySet<string> {
  const long = words.filter((word) => word.length >= MIN_LETTERS);
  const bases = long.flatMap((word) => [...baseForms(word, 'noun'), ...baseForms(word, 'verb')]);
  return new Set(bases.map(({ lemma }) => lemma).filter((lemma) => lemma.length >= MIN_LETTERS - 1));
}

/** How many words of `context`, but for `own`, stand in `text`, as they are or with a common ending. */
export function sharedWords(text: string, context: ReadonlySet<string>, own = ''): number {
  if (context.size === 0) return 0;
  const shared = new Set<string>();
  for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
    const stem = word.replace(/(?:ing|ed|es|s)$/, '');
    for (const form of [word, stem, `${stem}e`]) if (form !== own && context.has(form)) shared.add(stem);
  }
  return shared.size;
}
