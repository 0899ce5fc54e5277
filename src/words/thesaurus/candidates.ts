/** @file What an entry of a thesaurus offers for a word, ranked. */

import type { Task } from '../prompt-space.ts';
import type { ThesaurusEntry, ThesaurusFinding } from './thesaurus.ts';

/** A word that an entry offers, not yet bent. */
export interface ThesaurusCandidate {
  readonly lemma: string;
  readonly relation: string;
  readonly score: number;
  readonly group: string;
}

/** What a role in an entry is worth: *kitten* has the contrasts of *cat*, a little less surely. */
const ROLE_SCORES = { head: 1, synonym: 0.65, near: 0.45 } as const;

/** What an entry offers for `lemma`, which stands in it. */
export function candidatesOf(
  { entry, role }: ThesaurusFinding,
  lemma: string,
  task: Task,
): ThesaurusCandidate[] {
  const weight = ROLE_SCORES[role];
  const ranked = (
    words: readonly string[],
    relation: string,
    from: number,
    to: number,
  ): ThesaurusCandidate[] =>
    words.map((word, index) => {
      const score = weight * (from - ((from - to) * index) / words.length);
      return { lemma: word, relation, score, group: entry.group };
    });
  if (task === 'improve') {
    const relation = entry.pos === 'noun' ? 'contrast' : 'opposite';
    return [
      ...ranked(entry.contrasts, relation, 1, 0.7),
      ...(entry.pos === 'closed' ? [] : ranked(siblingsOf(entry), 'sibling', 0.4, 0.1)),
    ].filter((candidate) => candidate.lemma !== lemma);
  }
  const others = [...(role === 'head' ? [] : [entry.head]), ...entry.synonyms];
  return [
    ...ranked(others, role === 'near' ? 'similar' : 'synonym', 1, 0.7),
    ...ranked(entry.near, 'similar', 0.65, 0.4),
    ...ranked(entry.broader, 'hypernym', 0.35, 0.3),
  ].filter((candidate) => candidate.lemma !== lemma);
}

/** The heads of the group's other entries. */
function siblingsOf({ head, synonyms, near, groupHeads }: ThesaurusEntry): readonly string[] {
  const own = new Set([head, ...synonyms, ...near]);
  return groupHeads.filter((other) => !own.has(other));
}
