/** @file A model's answer to the question for key concepts as a list of texts. */
import { z } from 'zod';
import { describeIssue } from '../schema-issue.ts';
import { jsonIn, withoutThoughts } from './json-in-text.ts';
import type { Reading } from './question.ts';

/** What is asked for; servers that can are told this schema. */
export const CONCEPTS_SCHEMA = z.object({ concepts: z.array(z.string()) });

const MAX_CONCEPTS = 100;
const MAX_LENGTH = 200;

/** The concepts in an answer, in its order: JSON, or one a line. */
export function readConcepts(reply: string): Reading<string[]> {
  const text = withoutThoughts(reply);
  let issue: string | undefined;
  for (const json of jsonIn(text)) {
    const parsed = CONCEPTS_SCHEMA.safeParse(Array.isArray(json) ? { concepts: json } : json);
    if (parsed.success) return { value: parsed.data.concepts.slice(0, MAX_CONCEPTS) };
    issue ??= `its JSON was another than asked for (${describeIssue(parsed.error)})`;
  }
  const isJson = issue !== undefined || /^\s*(?:```\w*\s*)?[[{]/.test(text);
  const lines = isJson ? [] : text.split('\n', MAX_CONCEPTS).map(bare).filter(Boolean);
  return lines.length > 0 ? { value: lines } : { problem: issue ?? 'it had no concepts' };
}

/** Without number, bullet, decoration and full stop. */
function bare(line: string): string {
  return line
    .slice(0, MAX_LENGTH)
    .replace(/^\s*(?:\(?\d{1,3}[.):]\s+|[-*•]\s+)?/, '')
    .replace(/[*_`"“”]/g, '')
    .replace(/[.,;]\s*$/, '')
    .trim();
}
