/** @file The key of a blind sheet: which side is which, and what was compared. Judges do not get it. */
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import { describeIssue } from '../../words/schema-issue.ts';

export const SHEET_KEY_FORMAT = 'dpo-diff judgement key';

const task = z.enum(['improve', 'attack']);
const prompts = z.object({ prompt: z.string(), negativePrompt: z.string() });

const sheetCard = z.object({
  /** Names the card within the sheet and says nothing else. */
  card: z.string().min(1),
  /** `JudgementPair.id`. */
  pair: z.string(),
  run: z.string(),
  task,
  prompt: z.string(),
  concepts: z.array(z.string()).min(1),
  /** Pictures on each side. */
  pictures: z.int().min(1),
  /** Where the candidate's pictures stand. */
  candidateSide: z.enum(['left', 'right']),
  original: prompts,
  candidate: prompts,
});

/** A pair that nobody is asked about, and why. */
const omittedPair = z.object({
  pair: z.string(),
  run: z.string(),
  task,
  prompt: z.string(),
  /** `unchanged`: nothing better than the original was found, so that no one wins. The others cannot be judged. */
  reason: z.enum(['unchanged', 'no concepts', 'no pictures']),
});

const sheetKey = z.object({
  format: z.literal(SHEET_KEY_FORMAT),
  version: z.literal(1),
  /** Digest of all that the sheet shows; answers carry it too. */
  sheet: z.string().min(1),
  experiment: z.string(),
  title: z.string(),
  seed: z.int(),
  cards: z.array(sheetCard).readonly(),
  omitted: z.array(omittedPair).readonly(),
});

export type SheetKey = Readonly<z.infer<typeof sheetKey>>;
export type SheetCard = Readonly<z.infer<typeof sheetCard>>;
export type OmittedPair = Readonly<z.infer<typeof omittedPair>>;

/**
 * The key in `text`; `name` is its file, for messages.
 * @throws {DpoError} INVALID_ANSWERS when it is none
 */
export function parseSheetKey(text: string, name: string): SheetKey {
  let json: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw notAKey(name, 'it is no JSON', cause);
  }
  const { data, error } = sheetKey.safeParse(json);
  if (error) throw notAKey(name, describeIssue(error), error);
  return data;
}

function notAKey(name: string, problem: string, cause: unknown): DpoError {
  const message = `${name} should be the key that was written beside a sheet for judges, but ${problem}. Export the sheet again: the same pictures give the same sheet and key.`;
  return new DpoError('INVALID_ANSWERS', message, { cause, details: { file: name } });
}
