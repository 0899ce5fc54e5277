/** @file Options from a JSON file: the command line's names, in kebab or camel case, with JSON's own types. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { duplicateKey } from '../checkpoint/duplicate-key.ts';
import { fileAccessError } from '../checkpoint/read-json.ts';
import { DpoError } from '../errors.ts';
import type { OptionPlace } from '../experiment/option-rules.ts';
import { didYouMean } from '../words/nearest-name.ts';
import type { OptionKind } from './option-kind.ts';
import { camelCase, kebabCase } from './option-spec.ts';
import { optionValues } from './option-value.ts';
import { type CliOptions, OPTIONS, type OptionName } from './shared-options.ts';

/** Each type as words and as the text that the command line would have. */
const JSON_TYPES: Record<
  OptionKind<unknown>['json'],
  { words: string; toText: z.ZodType<string | boolean | readonly string[]> }
> = {
  // The words stand where JSON has no infinite number; the option's own reader judges which it takes.
  number: {
    words: 'a number',
    toText: z.union([z.number().transform(String), z.literal(['unlimited', 'never'])]),
  },
  string: { words: 'a text in quotes', toText: z.string() },
  strings: {
    words: 'a text in quotes, or a list of such',
    toText: z.union([z.string(), z.array(z.string()).min(1)]),
  },
  numbers: {
    words: 'a list of numbers, such as [0, 1]',
    toText: z.union([
      z.array(z.number()).transform((list) => (list.length === 0 ? 'none' : list.join(','))),
      z.string(),
    ]),
  },
  'number or numbers': {
    words: 'a number, or a list of numbers',
    toText: z.union([
      z.number().transform(String),
      z
        .array(z.number())
        .min(1)
        .transform((list) => list.join(',')),
      z.string(),
    ]),
  },
  flag: { words: 'true or false', toText: z.boolean() },
};

/**
 * Reads the options in the file at `path`. Paths in it mean the same as on the command line.
 * @throws {DpoError} FILE_ACCESS when it cannot be read; INVALID_OPTION naming what is unknown or wrong in it
 */
export async function readConfigFile(path: string): Promise<CliOptions> {
  return parseConfigFile(await readText(path), path);
}

/** Checks the contents of a configuration file; `path` is for messages. @throws {DpoError} INVALID_OPTION */
export function parseConfigFile(text: string, path: string): CliOptions {
  return parseOptions(parseObject(text, path), placeOf(path));
}

/**
 * Options by the command line's names, in kebab or camel case, with JSON's types.
 * @throws {DpoError} INVALID_OPTION naming what is unknown or wrong
 */
export function parseOptions(given: Readonly<Record<string, unknown>>, place: OptionPlace): CliOptions {
  const options = new Map<string, unknown>();
  for (const [key, value] of Object.entries(given)) {
    const name = knownName(key, place);
    if (options.has(name)) throw invalid(place, `has "${key}" twice, in both spellings. Keep one of them.`);
    const parsed = fileValue(name, key, value, place);
    if (parsed !== undefined) options.set(name, parsed);
  }
  return Object.fromEntries(options) as CliOptions;
}

function knownName(key: string, place: OptionPlace): OptionName {
  const name = camelCase(key);
  if (Object.hasOwn(OPTIONS, name)) return name as OptionName;
  const names = Object.keys(OPTIONS).map(kebabCase);
  throw invalid(place, `has "${key}", which is no option.${didYouMean(kebabCase(key), names)}`);
}

/** Undefined for a flag that is off, as if it were not there. */
function fileValue(name: OptionName, key: string, value: unknown, place: OptionPlace): unknown {
  const { words, toText } = JSON_TYPES[OPTIONS[name].kind.json];
  const result = toText.safeParse(value);
  if (!result.success) {
    throw invalid(place, `has "${key}": ${JSON.stringify(value)}, but it must be ${words}.`, result.error);
  }
  if (result.data === false) return undefined;
  return optionValues(name, result.data, `"${key}" in ${place.place}`);
}

function parseObject(text: string, path: string): Record<string, unknown> {
  const bare = text.replace(/^\uFEFF/, '');
  let json: unknown;
  try {
    json = JSON.parse(bare);
  } catch (cause) {
    throw invalid(
      placeOf(path),
      `is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`,
      cause,
    );
  }
  const twice = duplicateKey(bare);
  if (twice !== undefined) throw invalid(placeOf(path), `has "${twice}" twice. Keep one of them.`);
  const result = z.record(z.string(), z.unknown()).safeParse(json);
  if (result.success) return result.data;
  throw invalid(
    placeOf(path),
    'must hold a JSON object, such as {"steps": 20, "seeds": [0, 1]}.',
    result.error,
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
}

function placeOf(path: string): OptionPlace {
  return { subject: `The configuration file ${path}`, place: path };
}

function invalid({ subject, place }: OptionPlace, problem: string, cause?: unknown): DpoError {
  return new DpoError('INVALID_OPTION', `${subject} ${problem}`, { cause, details: { path: place } });
}
