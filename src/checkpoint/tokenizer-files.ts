/** @file What the files of a tokenizer folder say: vocabulary, merges, special tokens, length limit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { MAX_TEXT_LENGTH, parseConfig, requireSupported } from './config-schema.ts';
import { listOf, recordOf } from './large-json.ts';
import { readJson, readText } from './read-json.ts';
import { quoted } from './short-json.ts';

/** What texts are cut into. */
export interface Vocabulary {
  /** Token to id; the end of a word is marked `</w>`. */
  readonly vocab: Readonly<Record<string, number>>;
  /** Pairs to be joined, most frequent first. */
  readonly merges: readonly [string, string][];
}

export interface TokenizerFiles extends Vocabulary {
  /** The folder, as messages name it. */
  readonly name: string;
  readonly bosToken: string;
  readonly eosToken: string;
  readonly padToken: string;
  /** Undefined where the files set no limit. */
  readonly maxLength: number | undefined;
}

const MAX_ID = 2 ** 24;
const BOS = '<|startoftext|>';
const EOS = '<|endoftext|>';

const vocabSchema = recordOf(isTokenId, `a whole number of at most ${MAX_ID}`);
const mergesSchema = listOf(isMerge, 'two tokens');
const fastTokenizerSchema = z.object({
  model: z.object({ type: z.literal('BPE').default('BPE'), vocab: vocabSchema, merges: mergesSchema }),
});

// Messages quote it whole.
const specialToken = z.string().max(100);
// A token is a string, or an object that describes one.
const tokenSchema = z
  .union([specialToken, z.object({ content: specialToken }).transform(({ content }) => content)])
  .nullish();
const specialTokensSchema = z.object({
  bos_token: tokenSchema,
  eos_token: tokenSchema,
  pad_token: tokenSchema,
});
const tokenizerConfigSchema = specialTokensSchema.extend({
  // Room for the two marks and a word.
  model_max_length: z.number().min(3).nullish(),
});

function isTokenId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_ID;
}

function isMerge(value: unknown): value is string | [string, string] {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.length === 2 && value.every((token) => typeof token === 'string');
}

/** Whether `dir` holds a vocabulary that we can read. */
export function hasTokenizer(dir: string): boolean {
  return hasVocabulary(dir) || existsSync(join(dir, 'tokenizer.json'));
}

/**
 * Reads the tokenizer in `dir`.
 * @param vocabulary stands in for the one that the folder lacks, if it does; the special tokens are the folder's
 * @throws {DpoError} INVALID_CHECKPOINT, UNSUPPORTED_MODEL or FILE_ACCESS
 */
export async function readTokenizerFiles(dir: string, vocabulary?: Vocabulary): Promise<TokenizerFiles> {
  if (!hasTokenizer(dir)) {
    if (vocabulary) return { name: dir, ...vocabulary, ...(await readSpecialTokens(dir)) };
    const message = `${dir} holds no tokenizer: expected vocab.json and merges.txt, or tokenizer.json.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
  }
  const words = hasVocabulary(dir) ? await readVocabulary(dir) : await readFastTokenizer(dir);
  return { name: dir, ...words, ...(await readSpecialTokens(dir)) };
}

function hasVocabulary(dir: string): boolean {
  return existsSync(join(dir, 'vocab.json')) && existsSync(join(dir, 'merges.txt'));
}

async function readVocabulary(dir: string): Promise<Vocabulary> {
  const vocabPath = join(dir, 'vocab.json');
  const mergesPath = join(dir, 'merges.txt');
  const vocab = parseConfig(vocabSchema, await readJson(vocabPath), vocabPath);
  const lines = (await readText(mergesPath)).split(/\r?\n/);
  const rules = lines.filter((line, index) => line !== '' && !(index === 0 && line.startsWith('#version')));
  return { vocab, merges: rules.map((rule) => toPair(rule, mergesPath)) };
}

async function readFastTokenizer(dir: string): Promise<Vocabulary> {
  const path = join(dir, 'tokenizer.json');
  const { model } = parseConfig(fastTokenizerSchema, await readJson(path), path);
  return {
    vocab: model.vocab,
    merges: model.merges.map((rule) => (typeof rule === 'string' ? toPair(rule, path) : rule)),
  };
}

function toPair(rule: string, path: string): [string, string] {
  const parts = rule.split(' ');
  if (parts.length === 2) return [parts[0]!, parts[1]!];
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `A merge rule in ${path} should be two tokens, found ${quoted(rule)}.`,
    {
      details: { path },
    },
  );
}

type SpecialTokens = Pick<TokenizerFiles, 'bosToken' | 'eosToken' | 'padToken' | 'maxLength'>;

async function readSpecialTokens(dir: string): Promise<SpecialTokens> {
  const configPath = join(dir, 'tokenizer_config.json');
  const mapPath = join(dir, 'special_tokens_map.json');
  const json = existsSync(configPath) ? await readJson(configPath) : {};
  const requirements = [{ key: 'tokenizer_class', accepted: ['CLIPTokenizer', 'CLIPTokenizerFast'] }];
  const config = parseConfig(
    tokenizerConfigSchema,
    requireSupported(json, requirements, 'tokenizer', configPath),
    configPath,
  );
  const map = parseConfig(specialTokensSchema, existsSync(mapPath) ? await readJson(mapPath) : {}, mapPath);
  const limit = config.model_max_length ?? undefined;
  return {
    // The map has the last word: SD 2.1 pads with "!" by its map, while its configuration says <|endoftext|>.
    bosToken: map.bos_token ?? config.bos_token ?? BOS,
    eosToken: map.eos_token ?? config.eos_token ?? EOS,
    padToken: map.pad_token ?? config.pad_token ?? EOS,
    // "No limit" is written as an absurdly large number.
    maxLength: limit !== undefined && Number.isInteger(limit) && limit <= MAX_TEXT_LENGTH ? limit : undefined,
  };
}
