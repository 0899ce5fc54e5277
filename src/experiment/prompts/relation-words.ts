/** @file Relations of the embedded world as people say them. */
import type { Relation } from '../../pocket/world.ts';

export const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  left: 'left of',
  right: 'right of',
  above: 'above',
  below: 'below',
};
