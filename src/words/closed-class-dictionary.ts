/** @file The closed class as a dictionary: another position, direction, count or amount. */

import { closedClass } from './closed-class-table.ts';
import type { Dictionary } from './dictionary.ts';
import type { Task, WordChoice } from './prompt-space.ts';
import { candidatesOf } from './thesaurus/candidates.ts';

/** Substitutes for prepositions, directions, numbers and quantities; no reading is needed. */
export class ClosedClassDictionary implements Dictionary {
  readonly name = 'closed-class';

  substitutes(term: string, task: Task): readonly WordChoice[] {
    const [finding] = closedClass().find(term, 'closed');
    if (finding?.role !== 'head') return [];
    return candidatesOf(finding, term, task).map(({ lemma, relation, score, group }) => {
      const named = relation === 'opposite' ? `opposite-${group.replaceAll(' ', '-')}` : relation;
      return { text: lemma, source: this.name, relation: named, sense: `${term}, ${group}`, score };
    });
  }
}
