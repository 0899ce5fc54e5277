/** @file What a tagger says of each word of a prompt. wink-nlp is fast and offline, and sees a prompt as a sentence, which it often is not. */

import winkModel from 'wink-eng-lite-web-model';
import winkNlp from 'wink-nlp';
import type { PromptTerm } from './prompt-words.ts';
import type { WordTag } from './word-tag.ts';

const TAGS: Readonly<Record<string, WordTag>> = {
  NOUN: 'noun',
  PROPN: 'name',
  VERB: 'verb',
  AUX: 'auxiliary',
  ADJ: 'adjective',
  ADV: 'adverb',
  DET: 'determiner',
  PRON: 'determiner',
  NUM: 'number',
};

let tagger: ReturnType<typeof winkNlp> | undefined;

/** The tag of each of `words`, which are those of `prompt` in order; `other` where the tagger cuts words differently. */
export function tagWords(prompt: string, words: readonly PromptTerm[]): WordTag[] {
  tagger ??= winkNlp(winkModel, ['sbd', 'pos']);
  const { its } = tagger;
  // The tagger takes a word with a capital at the beginning for a name
  const plain = prompt.replace(/^\s*\p{Lu}(?=\p{Ll})/u, (start) => start.toLowerCase());
  const tokens = tagger.readDoc(plain).tokens();
  const values = tokens.out(its.value) as string[];
  const names = tokens.out(its.pos) as string[];
  const tags = new Map<number, WordTag>();
  let at = 0;
  values.forEach((value, index) => {
    const start = plain.indexOf(value, at);
    if (start < 0) return;
    tags.set(start, TAGS[names[index]] ?? 'other');
    at = start + value.length;
  });
  return words.map(({ start }) => tags.get(start) ?? 'other');
}
