/** @file A model's answer to a question for a list of texts: JSON, or one text a line. */
import { z } from 'zod';
import { describeIssue } from '../schema-issue.ts';
import { jsonIn, withoutThoughts } from './json-in-text.ts';
import type { Reading } from './question.ts';

/** What list is asked for. */
export interface TextListFormat<Field extends string> {
  /** The list's name in the answer's JSON, and what its texts are called: `concepts`. */
  readonly field: Field;
  /** Texts beyond it are left. */
  readonly maxTexts: number;
  /** What is left of a line; the empty string where it is no text of the list. */
  readonly bare: (line: string) => string;
}

/** What is asked for; servers that can are told this schema. */
export function textListSchema<Field extends string>(field: Field) {
  return z.object({ [field]: z.array(z.string()) } as Record<Field, z.ZodArray<z.ZodString>>);
}

/** The texts in an answer, in its order. */
export function readTextList<Field extends string>(
  reply: string,
  { field, maxTexts, bare }: TextListFormat<Field>,
): Reading<string[]> {
  const text = withoutThoughts(reply);
  const schema = textListSchema(field);
  let issue: string | undefined;
  for (const json of jsonIn(text)) {
    const parsed = schema.safeParse(Array.isArray(json) ? { [field]: json } : json);
    if (parsed.success) return { value: (parsed.data as Record<Field, string[]>)[field].slice(0, maxTexts) };
    issue ??= `its JSON was another than asked for (${describeIssue(parsed.error)})`;
  }
  const isJson = issue !== undefined || /^\s*(?:```\w*\s*)?[[{]/.test(text);
  const lines = isJson ? [] : text.split('\n', maxTexts).map(bare).filter(Boolean);
  return lines.length > 0 ? { value: lines } : { problem: issue ?? `it had no ${field}` };
}

/** Longer lines are cut before they are looked at. */
const MAX_LINE = 2000;

/** A line without its number or bullet. */
export function withoutBullet(line: string): string {
  return line.slice(0, MAX_LINE).replace(/^\s*(?:\(?\d{1,3}[.):]\s+|[-*•]\s+)?/, '');
}
