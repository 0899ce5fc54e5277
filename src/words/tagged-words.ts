/** @file What a tagger says of each word of a prompt. wink-nlp is fast and offline, and sees a prompt as a sentence, which it often is not. */

import { createRequire } from 'node:module';
import type winkNlp from 'wink-nlp';
import type { PartOfSpeech } from 'wink-nlp';
import type { PromptTerm } from './prompt-words.ts';
import type { WordTag } from './word-tag.ts';

export type { PartOfSpeech };

const TAGS: Readonly<Partial<Record<PartOfSpeech, WordTag>>> = {
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

/** Loaded at the first question: it takes a tenth of a second, and not every run has words to tag. */
function loadTagger(): ReturnType<typeof winkNlp> {
  const load = createRequire(import.meta.url);
  return (load('wink-nlp') as typeof winkNlp)(load('wink-eng-lite-web-model'), ['sbd', 'pos']);
}

/** The tag of each of `words`, which are those of `prompt` in order; `other` where the tagger cuts words differently. */
export function tagWords(prompt: string, words: readonly PromptTerm[]): WordTag[] {
  // The tagger takes a word with a capital at the beginning for a name
  const plain = prompt.replace(/^\s*\p{Lu}(?=\p{Ll})/u, (start) => start.toLowerCase());
  const parts = partsOfSpeech(plain);
  return words.map(({ start }) => TAGS[parts.get(start) ?? 'X'] ?? 'other');
}

/** The tagger's own tag of each of its tokens, by where the token starts in `text`. */
export function partsOfSpeech(text: string): ReadonlyMap<number, PartOfSpeech> {
  tagger ??= loadTagger();
  const { its } = tagger;
  const tokens = tagger.readDoc(text).tokens();
  const values = tokens.out(its.value) as string[];
  const parts = tokens.out(its.pos) as PartOfSpeech[];
  const byStart = new Map<number, PartOfSpeech>();
  let at = 0;
  values.forEach((value, index) => {
    const start = text.indexOf(value, at);
    if (start < 0) return;
    byStart.set(start, parts[index]);
    at = start + value.length;
  });
  return byStart;
}
