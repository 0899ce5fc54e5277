/**
 * @file The two JSON formats of a search space: ours, and the reference implementation's (an object that maps each prompt to
 * its substitutes by word) in the two spellings that its builder and its search use.
 */

import { z } from 'zod';
import type { Task } from './prompt-space.ts';
import { describeIssue } from './schema-issue.ts';

const choiceSchema = z
  .union(
    [
      z.string().describe('The words alone.'),
      z.object({
        text: z.string().describe('One word or several.'),
        source: z.string().optional().describe('Who proposed it: wordnet, vocabulary, library, file, …'),
        relation: z
          .string()
          .optional()
          .describe(
            'How it relates to the word: synonym, antonym, co-hyponym, …; the theme of a library word.',
          ),
        sense: z.string().optional().describe('Which meaning of the word it goes with, for people.'),
        score: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe('Higher is better. Where every choice of a slot has one, choices are sorted by it.'),
      }),
    ],
    { error: 'expected a word or an object with a text' },
  )
  .meta({ id: 'choice', description: 'A choice: a word, or an object that says where it comes from.' });

const slotSchema = z
  .object({
    text: z.string().trim().min(1).describe('A word, or several words in a row, of the prompt, in any case.'),
    start: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe(
        'Where it stands in the prompt, in UTF-16 units from 0. Without it, the first place where it stands alone.',
      ),
    part: z
      .enum(['negative', 'positive'])
      .optional()
      .describe(
        'negative: the choices go into the negative prompt; positive: they replace the word. Without it what the task searches: negative for improve, positive for attack.',
      ),
    choices: z
      .array(choiceSchema)
      .describe(
        'Substitutes, best first. The word itself, or no word, is always a choice and need not be listed.',
      ),
  })
  .meta({ id: 'slot', description: 'A word of the prompt and its substitutes.' });

const librarySlotSchema = z
  .object({
    theme: z
      .string()
      .trim()
      .min(1)
      .describe('What its words are about, such as quality. It need not be a word of the prompt.'),
    choices: z.array(choiceSchema),
  })
  .meta({
    id: 'librarySlot',
    description: 'A slot of the negative prompt that belongs to no word of the prompt.',
  });

const spaceSchema = z
  .object({
    prompt: z.string().describe('The prompt whose words are searched. Spaces around it do not matter.'),
    task: z
      .enum(['improve', 'attack'])
      .describe(
        'improve lowers the loss, by default with a negative prompt; attack raises it, by default with synonyms.',
      ),
    slots: z.array(slotSchema),
    library: z
      .array(librarySlotSchema)
      .optional()
      .describe('Words for the negative prompt beside those of slots.'),
    problem: z
      .string()
      .optional()
      .describe('Why there are no slots; written by dpo-diff space --prompts, not read.'),
  })
  .meta({ id: 'space', description: 'The search space of one prompt.' });

const substitutesSchema = z
  .record(z.string(), z.array(z.string()))
  .meta({ id: 'substitutes', description: 'Substitutes by word of the prompt.' });

const referenceSchema = z
  .record(
    z.string(),
    z.object({
      synonym: substitutesSchema.optional(),
      sub: substitutesSchema.optional(),
      antonym: substitutesSchema.optional(),
      opp: substitutesSchema.optional(),
    }),
  )
  .describe(
    "The reference implementation's format, by prompt: synonym or sub for attack, antonym or opp for improve.",
  );

/** Every file that is read: one space, several, or the reference implementation's format. `docs/space.schema.json` is made from it. */
export const spaceFileSchema = z.union([spaceSchema, z.array(spaceSchema), referenceSchema]).meta({
  title: 'Search spaces of dpo-diff',
  description: 'What dpo-diff space --json and dpo-diff space --prompts write, and what --space FILE reads.',
});

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
