/**
 * @file The tokenizers of sentence encoders, WordPiece (BERT) and Unigram (T5), from the `tokenizer.json` that comes with them. The work is
 * done by `@huggingface/tokenizers`; padding and cutting, which such a file asks for too, are left to the caller and done here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { parseConfig, requireObject, requireSupported } from './config-schema.ts';
import { readJson } from './read-json.ts';

const MODEL_TYPES = ['WordPiece', 'Unigram'];

// The vocabulary itself is checked by the library, as it reads it.
const tokenizerSchema = z.looseObject({ model: z.looseObject({ type: z.string() }) });

/** Text to token ids with the marks of the encoder, such as `[CLS]` and `[SEP]`, or `</s>`. */
export class SentenceTokenizer {
  /** The most tokens that come out, marks included. */
  readonly maxLength: number;
  readonly #tokenizer: Tokenizer;

  private constructor(tokenizer: Tokenizer, maxLength: number) {
    this.#tokenizer = tokenizer;
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
    const { model } = parseConfig(tokenizerSchema, json, path);
    requireSupported(model, [{ key: 'type', accepted: MODEL_TYPES }], "sentence encoder's tokenizer", path);
    try {
      const whole = { ...json, padding: null, truncation: null };
      return new SentenceTokenizer(new Tokenizer(whole, {}), maxLength);
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

function noTokenizer(dir: string): DpoError {
  const hint = existsSync(join(dir, 'spiece.model'))
    ? ' It has spiece.model, which is not read here; Python writes the other: transformers.AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR).'
    : '';
  const message = `${dir} holds no tokenizer: expected tokenizer.json.${hint}`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}
