/** @file What one judge's marks of one pair come to, once the key says which side is which. */
import type { AttackAttempt } from '../../statistics/attack-success.ts';
import { type ConceptHits, compareHits, type Outcome } from '../../statistics/outcome.ts';
import type { JudgeAnswers } from './read-answers.ts';
import type { SheetCard } from './sheet-key.ts';

export interface JudgedCard {
  readonly card: SheetCard;
  /** Which pictures are more faithful to the user's prompt, as the candidate sees it; in an attack it wants a `loss`. */
  readonly faithfulness: Outcome;
  /** Whether the judge says that the candidate means something else; false where nobody is asked. */
  readonly altersMeaning: boolean;
  readonly original: ConceptHits;
  readonly candidate: ConceptHits;
}

/** What `answers` say of `card`; undefined where they say nothing to the end. */
export function judgedCard(card: SheetCard, answers: JudgeAnswers): JudgedCard | undefined {
  const answer = answers.complete.get(card.card);
  if (answer === undefined) return undefined;
  const { left, right, altersMeaning = false } = answer;
  const [candidate, original] = card.candidateSide === 'left' ? [left, right] : [right, left];
  const faithfulness = compareHits(candidate, original);
  return { card, faithfulness, altersMeaning, original, candidate };
}

/** A pair whose search found nothing else: nobody looks at it, and neither side is better. */
export const UNCHANGED: AttackAttempt = { faithfulness: 'draw', altersMeaning: false };
