/** @file A model's answer to the question for words as proposals: by the schema, or in the shapes that models give instead. */
import { z } from 'zod';
import { describeIssue } from '../schema-issue.ts';
import { jsonIn, withoutThoughts } from './json-in-text.ts';
import type { Reading } from './question.ts';
import { splitChoices, wordLines } from './word-lines.ts';
import type { WordProposal } from './word-proposal.ts';

/** What is asked for; servers that can are told this schema. */
export const WORDS_SCHEMA = z.object({
  words: z.array(z.object({ word: z.string(), choices: z.array(z.string()) })),
});

/** Far more than any prompt has words; those that it does not have are passed over further on. */
const MAX_PROPOSALS = 20_000;
const MAX_WORD_LENGTH = 200;
/** More than anybody asks for. */
const MAX_CHOICES = 100;

const choices = z.union([z.array(z.string()), z.string().transform((text) => [text])]);

/** The list without its frame, and an object that maps words to candidates. */
const LOOSE_SCHEMAS: readonly z.ZodType<WordProposal[]>[] = [
  z.array(z.object({ word: z.string(), choices })),
  z.object({ words: z.array(z.object({ word: z.string(), choices })) }).transform(({ words }) => words),
  z
    .union([z.object({ words: z.record(z.string(), choices) }).transform(({ words }) => words), mapOfWords()])
    .transform((map) => Object.entries(map).map(([word, list]) => ({ word, choices: list }))),
];

/** An object with the keys of the schema is a wrong answer, not a map. */
function mapOfWords() {
  return z
    .record(z.string(), choices)
    .refine((map) => Object.keys(map).length > 0 && !('words' in map) && !('choices' in map));
}

/** The proposals in an answer, whichever format it was asked in; JSON first, else lines. */
export function readWords(reply: string): Reading<WordProposal[]> {
  const text = withoutThoughts(reply);
  let issue: string | undefined;
  for (const json of jsonIn(text)) {
    const reading = readJson(json);
    if (reading.problem === undefined) return reading;
    issue ??= reading.problem;
  }
  const lines = issue === undefined && !looksLikeJson(text) ? wordLines(text) : [];
  if (lines.length > 0) return { value: lines };
  return {
    problem: issue ?? (looksLikeJson(text) ? 'its JSON was cut off' : 'it had no words with choices'),
  };
}

function readJson(json: unknown): Reading<WordProposal[]> {
  const strict = WORDS_SCHEMA.safeParse(json);
  if (strict.success) return { value: splitAll(strict.data.words) };
  for (const schema of LOOSE_SCHEMAS) {
    const loose = schema.safeParse(json);
    if (loose.success) return { value: splitAll(loose.data) };
  }
  return { problem: `its JSON was another than asked for (${describeIssue(strict.error)})` };
}

/** `["blue, green"]` is two candidates. */
function splitAll(proposals: readonly WordProposal[]): WordProposal[] {
  return proposals.slice(0, MAX_PROPOSALS).map(({ word, choices }) => ({
    word: word.slice(0, MAX_WORD_LENGTH),
    choices: choices.slice(0, MAX_CHOICES).flatMap(splitChoices),
  }));
}

function looksLikeJson(text: string): boolean {
  return /^\s*(?:```\w*\s*)?[[{]/.test(text);
}
