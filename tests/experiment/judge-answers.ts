/** @file Answers as the judges' page saves them, of judges who see what is there, but for what a test says. */
import type { SheetKey } from '../../src/experiment/judgement/sheet-key.ts';
import { altersMeaning, truthOf } from './judged-scenes.ts';

type Card = SheetKey['cards'][number];
type Marks = ReturnType<typeof truthOf>;

export interface Judging {
  /** What the judge ticks. @default what is there */
  readonly marks?: (card: Card, truth: Marks) => Marks;
  /** @default the truth */
  readonly alters?: (card: Card) => boolean;
}

/** The file of a judge who answers everything. */
export function answersFile(key: SheetKey, judge: string, { marks, alters = altersMeaning }: Judging = {}) {
  const answers = key.cards.map((card) => ({
    card: card.card,
    ...(marks?.(card, truthOf(card)) ?? truthOf(card)),
    done: true,
    ...(card.task === 'attack' && { altersMeaning: alters(card) }),
  }));
  return {
    format: 'dpo-diff judgement',
    version: 1,
    sheet: key.sheet,
    judge,
    saved: '2026-01-01T00:00:00Z',
    answers,
  };
}
