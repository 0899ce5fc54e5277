/** @file Where substitutes come from. A language model would be one more implementation of this interface. */

import type { Task, WordChoice } from './prompt-space.ts';
import type { TermReading } from './term-reading.ts';

/** A source of substitutes. */
export interface Dictionary {
  /** The `source` of its choices. */
  readonly name: string;
  /**
   * What may stand for `term` (attack) or against it (improve), best first; none when the dictionary does not know the term.
   * `term` is lower case, one word or several separated by single spaces; the choices have the term's inflection and neither
   * repeat one another nor the term. The list may be longer than a slot takes: the caller filters and cuts it.
   * `reading` is what the term is in its prompt; without it a dictionary assumes the commonest reading, or has no answer.
   */
  substitutes(term: string, task: Task, reading?: TermReading): readonly WordChoice[];
}

/** The term in the form that dictionaries take: lower case, single spaces, straight apostrophes. */
export function normalizeTerm(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'");
}
