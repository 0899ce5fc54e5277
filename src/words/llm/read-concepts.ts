/** @file A model's answer to the question for key concepts as a list of texts. */
import type { Reading } from './question.ts';
import { readTextList, textListSchema, withoutBullet } from './read-text-list.ts';

/** What is asked for; servers that can are told this schema. */
export const CONCEPTS_SCHEMA = textListSchema('concepts');

const MAX_CONCEPTS = 100;
const MAX_LENGTH = 200;

/** The concepts in an answer, in its order: JSON, or one a line. */
export function readConcepts(reply: string): Reading<string[]> {
  return readTextList(reply, { field: 'concepts', maxTexts: MAX_CONCEPTS, bare });
}

/** Without number, bullet, decoration and full stop. */
function bare(line: string): string {
  return withoutBullet(line.slice(0, MAX_LENGTH))
    .replace(/[*_`"“”]/g, '')
    .replace(/[.,;]\s*$/, '')
    .trim();
}
