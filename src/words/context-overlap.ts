/** @file How much a text has in common with the words of a prompt: the cheapest judge of a sense that needs no model. */

import { baseForms } from './inflection.ts';

/** How many of `words` (of four letters or more) stand in `text`, in any inflection. */
export function sharedWords(text: string, words: readonly string[]): number {
  const present = new Set((text.toLowerCase().match(/[a-z]{4,}/g) ?? []).flatMap(bases));
  return words.filter((word) => word.length >= 4 && bases(word).some((base) => present.has(base))).length;
}

function bases(word: string): string[] {
  const forms = [...baseForms(word, 'noun'), ...baseForms(word, 'verb')];
  return forms.map(({ lemma }) => lemma).filter((lemma) => lemma.length >= 3);
}
