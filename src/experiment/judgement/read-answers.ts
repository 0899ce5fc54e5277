/** @file The files that judges send back, checked against the key of their sheet. */
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import { describeIssue } from '../../words/schema-issue.ts';
import type { SheetCard, SheetKey } from './sheet-key.ts';

export const ANSWERS_FORMAT = 'dpo-diff judgement';

/** `[picture][concept]`: whether the judge saw it. */
const marks = z.array(z.array(z.boolean()).readonly()).readonly();

const cardAnswer = z.object({
  card: z.string(),
  left: marks,
  right: marks,
  /** Whether the judge said that the marks are complete. */
  done: z.boolean(),
  /** Attack: whether the changed prompt means something else; absent until it was said. */
  altersMeaning: z.boolean().optional(),
});

const answersFile = z.object({
  format: z.literal(ANSWERS_FORMAT),
  version: z.literal(1),
  sheet: z.string(),
  judge: z.string().trim().min(1, "expected the judge's name, found none"),
  saved: z.string(),
  answers: z.array(cardAnswer),
});

export type CardAnswer = Readonly<z.infer<typeof cardAnswer>>;

/** What one judge said. */
export interface JudgeAnswers {
  readonly judge: string;
  /** By the card's name; only what was answered to the end. */
  readonly complete: ReadonlyMap<string, CardAnswer>;
  /** Cards that were not answered, or not to the end. */
  readonly incomplete: number;
}

/** A file that was read. */
export interface AnswersText {
  /** Of the file, for messages. */
  readonly name: string;
  readonly text: string;
}

/**
 * The answers in `texts`, one for each judge, in their order.
 * @throws {DpoError} INVALID_ANSWERS when a file holds none, or those of another sheet, or when two files are of one judge
 */
export function readAnswers(texts: readonly AnswersText[], key: SheetKey): JudgeAnswers[] {
  const cards = new Map(key.cards.map((card) => [card.card, card]));
  const files = new Map<string, string>();
  return texts.map(({ name, text }) => {
    const { sheet, judge, answers } = parseAnswers(name, text);
    if (sheet !== key.sheet) throw otherSheet(name, sheet, key);
    const earlier = files.get(judge.toLowerCase());
    if (earlier !== undefined) throw sameJudge(judge, earlier, name);
    files.set(judge.toLowerCase(), name);
    const complete = completeAnswers(name, answers, cards);
    return { judge, complete, incomplete: key.cards.length - complete.size };
  });
}

function parseAnswers(name: string, text: string): z.infer<typeof answersFile> {
  let json: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalidAnswers(name, 'it is no JSON', cause);
  }
  const { data, error } = answersFile.safeParse(json);
  if (error) throw invalidAnswers(name, describeIssue(error), error);
  return data;
}

function completeAnswers(
  name: string,
  answers: readonly CardAnswer[],
  cards: ReadonlyMap<string, SheetCard>,
): Map<string, CardAnswer> {
  const complete = new Map<string, CardAnswer>();
  const seen = new Set<string>();
  for (const answer of answers) {
    const card = cards.get(answer.card);
    if (card === undefined) throw invalidAnswers(name, `it answers ${answer.card}, which the sheet has not`);
    if (seen.has(answer.card)) throw invalidAnswers(name, `it answers ${answer.card} twice`);
    if (!fits(answer, card))
      throw invalidAnswers(name, `its marks of ${answer.card} do not fit the sheet's pictures and concepts`);
    seen.add(answer.card);
    if (isComplete(answer, card)) complete.set(answer.card, answer);
  }
  return complete;
}

function fits({ left, right }: CardAnswer, { pictures, concepts }: SheetCard): boolean {
  return [left, right].every(
    (side) => side.length === pictures && side.every((picture) => picture.length === concepts.length),
  );
}

function isComplete({ done, altersMeaning }: CardAnswer, { task }: SheetCard): boolean {
  return done && (task === 'improve' || altersMeaning !== undefined);
}

function invalidAnswers(name: string, problem: string, cause?: unknown): DpoError {
  const message = `${name} should hold a judge's answers as the sheet saves them, but ${problem}. Ask the judge for the file that "Save answers to a file" writes.`;
  return new DpoError('INVALID_ANSWERS', message, { cause, details: { file: name } });
}

function otherSheet(name: string, sheet: string, key: SheetKey): DpoError {
  const message = `${name} has the answers of sheet ${sheet}, but the key is of sheet ${key.sheet}. Give the key that was written with the judge's sheet, by --out and the sheet's name.`;
  return new DpoError('INVALID_ANSWERS', message, { details: { file: name, sheet, expected: key.sheet } });
}

function sameJudge(judge: string, one: string, other: string): DpoError {
  const message = `${one} and ${other} are both of the judge "${judge}". Give one file for each judge.`;
  return new DpoError('INVALID_ANSWERS', message, { details: { judge } });
}
