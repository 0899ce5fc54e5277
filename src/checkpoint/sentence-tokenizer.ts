/**
 * @file The tokenizers of sentence encoders, WordPiece (BERT) and Unigram (T5), from the `tokenizer.json` that comes with them. The work is
 * done by `@huggingface/tokenizers`; padding and cutting, which such a file asks for too, are left to the caller and done here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { type JsonObject, parseConfig, requireObject, requireSupported } from './config-schema.ts';
import { listOf, recordOf } from './large-json.ts';
import { readJson } from './read-json.ts';

const MODEL_TYPES = ['WordPiece', 'Unigram'];

const typeSchema = z.object({ model: z.object({ type: z.string() }) });
const addedTokens = z.array(z.object({ id: z.int().nonnegative() })).default([]);
const wordPieceSchema = z.object({
  model: z.object({ vocab: recordOf(isId, 'a whole number') }),
  added_tokens: addedTokens,
});
const unigramSchema = z.object({
  model: z.object({ vocab: listOf(isScored, 'a token and its score') }),
  added_tokens: addedTokens,
});

function isId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isScored(value: unknown): value is [string, number] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number'
  );
}

/** Text to token ids with the marks of the encoder, such as `[CLS]` and `[SEP]`, or `</s>`. */
export class SentenceTokenizer {
  /** The most tokens that come out, marks included. */
  readonly maxLength: number;
  /** One more than the largest id that can come out. */
  readonly idBound: number;
  readonly #tokenizer: Tokenizer;

  private constructor(tokenizer: Tokenizer, maxLength: number, idBound: number) {
    this.#tokenizer = tokenizer;
    this.idBound = idBound;
    this.maxLength = maxLength;
  }

  /**
   * Reads `tokenizer.json` of `dir`.
   * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT where there is none or it is not sound, UNSUPPORTED_MODEL for another kind
   */
  static async load(dir: string, maxLength: number): Promise<SentenceTokenizer> {
    const path = join(dir, 'tokenizer.json');
    if (!existsSync(path)) throw noTokenizer(dir);
    const json = requireObject(await readJson(path), path);
    const { model } = parseConfig(typeSchema, json, path);
    requireSupported(model, [{ key: 'type', accepted: MODEL_TYPES }], "sentence encoder's tokenizer", path);
    const idBound = 1 + largestId(json, model.type, path);
    try {
      const whole = { ...json, padding: null, truncation: null };
      return new SentenceTokenizer(new Tokenizer(whole, {}), maxLength, idBound);
    } catch (cause) {
      const message = `${path} is no tokenizer that can be read: ${cause instanceof Error ? cause.message : String(cause)}.`;
      throw new DpoError('INVALID_CHECKPOINT', message, { details: { path }, cause });
    }
  }

  /** Ids of `text` with its marks; of a text that is too long the beginning, and the last mark. */
  encode(text: string): readonly number[] {
    const { ids } = this.#tokenizer.encode(text);
    return ids.length <= this.maxLength ? ids : [...ids.slice(0, this.maxLength - 1), ids.at(-1)!];
  }
}

function largestId(json: JsonObject, type: string, path: string): number {
  if (type === 'Unigram') {
    const { model, added_tokens } = parseConfig(unigramSchema, json, path);
    return added_tokens.reduce((most, { id }) => Math.max(most, id), model.vocab.length - 1);
  }
  const { model, added_tokens } = parseConfig(wordPieceSchema, json, path);
  const ids = [...Object.values(model.vocab), ...added_tokens.map(({ id }) => id)];
  return ids.reduce((most, id) => Math.max(most, id), -1);
}

function noTokenizer(dir: string): DpoError {
  const hint = existsSync(join(dir, 'spiece.model'))
    ? ' It has spiece.model, which is not read here; Python writes the other: transformers.AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR).'
    : '';
  const message = `${dir} holds no tokenizer: expected tokenizer.json.${hint}`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}
