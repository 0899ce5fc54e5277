/** @file Reads labelled prompts (`tests/fixtures/words/prompts.json`): slots with their good, close and bad substitutes. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';

const words = z.array(z.string()).default([]);

const slotSchema = z.object({
  text: z.string(),
  start: z.number(),
  pos: z.string(),
  form: z.string().optional(),
  closed: z.boolean().default(false),
  alternative: z.boolean().default(false),
  optional: z.boolean().default(false),
  synonyms: z.object({ yes: words, close: words, no: words, stop: words }),
  contrasts: z.object({ yes: words, no: words, stop: words }),
});

const promptSchema = z.object({
  id: z.number(),
  kind: z.string(),
  prompt: z.string(),
  slots: z.array(slotSchema),
  nonSlots: z.array(z.object({ text: z.string(), start: z.number(), why: z.string() })),
});

export type LabelledSlot = z.infer<typeof slotSchema>;
export type LabelledPrompt = z.infer<typeof promptSchema>;

/** The prompts of a file of labels; throws where the file is not one. */
export function readLabelledPrompts(path: string | URL): LabelledPrompt[] {
  return z.array(promptSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}
