/**
 * @file The two JSON formats of a search space: ours, and the reference implementation's (an object that maps each prompt to
 * its substitutes by word) in the two spellings that its builder and its search use.
 */

import { z } from 'zod';
import type { Task } from './prompt-space.ts';
import { describeIssue } from './schema-issue.ts';

const choiceSchema = z.union(
  [
    z.string(),
    z.object({
      text: z.string(),
      source: z.string().optional(),
      relation: z.string().optional(),
      score: z.number().min(0).max(1).optional(),
    }),
  ],
  { error: 'expected a word or an object with a text' },
);

const spaceSchema = z.object({
  prompt: z.string(),
  task: z.enum(['improve', 'attack']),
  slots: z.array(
    z.object({
      text: z.string().trim().min(1),
      start: z.number().int().nonnegative().optional(),
      choices: z.array(choiceSchema),
    }),
  ),
});

const substitutesSchema = z.record(z.string(), z.array(z.string()));

const referenceSchema = z.record(
  z.string(),
  z.object({
    synonym: substitutesSchema.optional(),
    sub: substitutesSchema.optional(),
    antonym: substitutesSchema.optional(),
    opp: substitutesSchema.optional(),
  }),
);

/** A space as a file states it, before its words are looked for in the prompt. */
export type FileSpace = z.infer<typeof spaceSchema>;

export type FileSpaces =
  | { readonly ok: true; readonly spaces: readonly FileSpace[] }
  /** `problem` is a clause: `at [0].task: …`. */
  | { readonly ok: false; readonly problem: string };

/** The spaces in the parsed JSON of a file, whichever format it is in. */
export function parseSpaces(json: unknown): FileSpaces {
  if (Array.isArray(json)) return checked(z.array(spaceSchema), json, (spaces) => spaces);
  if (typeof json !== 'object' || json === null) {
    return { ok: false, problem: 'expected an object or an array of objects with prompt, task and slots' };
  }
  if ('slots' in json || 'task' in json) return checked(spaceSchema, json, (space) => [space]);
  return checked(referenceSchema, json, fromReference);
}

function checked<T>(schema: z.ZodType<T>, json: unknown, convert: (value: T) => FileSpace[]): FileSpaces {
  const result = schema.safeParse(json);
  return result.success
    ? { ok: true, spaces: convert(result.data) }
    : { ok: false, problem: describeIssue(result.error) };
}

/** The reference's builder writes `synonym` and `antonym`, its search reads `sub` and `opp`. */
function fromReference(entries: z.infer<typeof referenceSchema>): FileSpace[] {
  return Object.entries(entries).flatMap(([prompt, { synonym, sub, antonym, opp }]) => [
    ...fromWords(prompt, 'improve', antonym ?? opp),
    ...fromWords(prompt, 'attack', synonym ?? sub),
  ]);
}

function fromWords(prompt: string, task: Task, words: Record<string, string[]> | undefined): FileSpace[] {
  if (words === undefined) return [];
  return [{ prompt, task, slots: Object.entries(words).map(([text, choices]) => ({ text, choices })) }];
}
