/** @file What a model's text encoder understands, as the optional `vocabulary.json` of a checkpoint folder says it. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { normalizeTerm } from './dictionary.ts';
import { describeIssue } from './schema-issue.ts';

const FILE_NAME = 'vocabulary.json';
/** A hundred times the embedded model's. */
const MAX_BYTES = 2 ** 20;

const term = z.string().trim().min(1);

const vocabularySchema = z.object({
  format: z.literal('dpo-diff-vocabulary/1'),
  groups: z.array(z.object({ name: term, members: z.array(z.array(term).min(1)).min(1) })).default([]),
  opposites: z.array(z.tuple([term, term])).default([]),
  learnt: z.array(term).optional(),
  untrained: z.array(term).default([]),
});

/** Words that exclude one another (a thing has one colour), each member with its synonyms, the usual word first. */
export interface VocabularyGroup {
  readonly name: string;
  readonly members: readonly (readonly string[])[];
}

/** The words of a model, or of any small world. */
export interface Vocabulary {
  readonly groups: readonly VocabularyGroup[];
  /** Pairs that mean the opposite; synonyms of either side do as well. */
  readonly opposites: readonly (readonly [string, string])[];
  /** Every word the text encoder was trained on; undefined: no limit. */
  readonly learnt?: ReadonlySet<string>;
}

/**
 * The vocabulary of the checkpoint in `folder`, or undefined when it has none (most have none).
 * @throws {DpoError} `INVALID_CHECKPOINT` when there is a `vocabulary.json` that cannot be read or is none.
 */
export function loadVocabulary(folder: string): Vocabulary | undefined {
  const path = join(folder, FILE_NAME);
  if (!existsSync(path)) return undefined;
  if (statSync(path).size > MAX_BYTES) {
    const message = `The vocabulary ${path} is larger than ${MAX_BYTES} bytes; it cannot be what its name says.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { path } });
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new DpoError('INVALID_CHECKPOINT', `The vocabulary ${path} is no JSON file that can be read.`, {
      cause,
      details: { path },
    });
  }
  return parseVocabulary(json, path);
}

/** Checks the contents of a `vocabulary.json`; `path` is for the message. */
export function parseVocabulary(json: unknown, path: string): Vocabulary {
  const result = vocabularySchema.safeParse(json);
  if (!result.success) {
    const message = `The vocabulary ${path} is not in the format dpo-diff-vocabulary/1: ${describeIssue(result.error)}.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { cause: result.error, details: { path } });
  }
  const { groups, opposites, learnt, untrained } = result.data;
  const forgotten = new Set(untrained.map(normalizeTerm));
  return {
    groups: groups.map(({ name, members }) => ({
      name,
      members: members.map((words) => words.map(normalizeTerm)),
    })),
    opposites: opposites.map(([one, other]) => [normalizeTerm(one), normalizeTerm(other)]),
    ...(learnt && { learnt: new Set(learnt.map(normalizeTerm).filter((word) => !forgotten.has(word))) }),
  };
}

/** Whether the text encoder was trained on every word of `text`; true where the vocabulary sets no limit. */
export function isLearnt(text: string, vocabulary: Vocabulary | undefined): boolean {
  const learnt = vocabulary?.learnt;
  return (
    learnt === undefined ||
    normalizeTerm(text)
      .split(' ')
      .every((word) => learnt.has(word))
  );
}
