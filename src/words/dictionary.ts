/** @file Where substitutes come from. A language model would be one more implementation of this interface. */

import type { Task, WordChoice } from './prompt-space.ts';

/** A source of substitutes. */
export interface Dictionary {
  /** The `source` of its choices. */
  readonly name: string;
  /**
   * What may stand for `term` (attack) or against it (improve), best first; none when the dictionary does not know the term.
   * `term` is lower case, one word or several separated by single spaces; the choices have the term's inflection and neither
   * repeat one another nor the term. The list may be longer than a slot takes: the caller filters and cuts it.
   */
  substitutes(term: string, task: Task): readonly WordChoice[];
}

/** The term in the form that dictionaries take: lower case, single spaces, straight apostrophes. */
export function normalizeTerm(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'");
}
