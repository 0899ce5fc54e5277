/** @file What a model does not read of a long prompt. Where it has several text encoders, the one that reads least counts. */
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';

/** The tokenizers of a model, one for each text encoder. */
export function tokenizersOf({
  tokenizer,
  tokenizer2,
}: Pick<DiffusersFolder, 'tokenizer' | 'tokenizer2'>): readonly ClipTokenizer[] {
  return tokenizer2 ? [tokenizer, tokenizer2] : [tokenizer];
}

/** The end of `text`, as the user typed it, that one of `tokenizers` has no room for; undefined when all of it is read. */
export function truncatedText(tokenizers: readonly ClipTokenizer[], text: string): string | undefined {
  const ends = tokenizers.flatMap((tokenizer) => tokenizer.tokenize(text).truncatedText ?? []);
  return ends.reduce<string | undefined>(
    (longest, end) => (longest === undefined || end.length > longest.length ? end : longest),
    undefined,
  );
}
