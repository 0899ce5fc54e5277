/** @file How far several judges agree, by Fleiss' kappa over what all of them judged. */
import { isSuccess } from '../../statistics/attack-success.ts';
import { fleissKappa, type JudgeAgreement } from '../../statistics/fleiss-kappa.ts';
import type { JudgedCard } from './judged-card.ts';

export interface Agreement {
  /** Over pairs: win, draw or loss; in an attack success or failure. */
  readonly verdict: JudgeAgreement;
  /** Over each concept of each picture: there or not. */
  readonly concepts: JudgeAgreement;
  /** Attacks: over pairs, whether the changed prompt means something else. */
  readonly meaning?: JudgeAgreement;
}

/** What each judge said of a pair, judges always in the same order; undefined where one said nothing. */
export type PairJudgements = readonly (JudgedCard | undefined)[];

/** Agreement on pairs of one task. */
export function agreementOf(pairs: readonly PairJudgements[], task: 'improve' | 'attack'): Agreement {
  const over = (said: (judged: JudgedCard) => string) =>
    fleissKappa(pairs.map((judgements) => judgements.map((judged) => judged && said(judged))));
  const concepts = fleissKappa(pairs.flatMap(conceptAnswers));
  if (task === 'improve') return { verdict: over(({ faithfulness }) => faithfulness), concepts };
  return {
    verdict: over((judged) => (isSuccess(judged) ? 'success' : 'failure')),
    concepts,
    meaning: over(({ altersMeaning }) => (altersMeaning ? 'altered' : 'same')),
  };
}

/** A subject for each concept of each picture on both sides. */
function conceptAnswers(judgements: PairJudgements): (string | undefined)[][] {
  const said = judgements.map((judged) => judged && [...judged.original, ...judged.candidate].flat());
  const first = said.find((hits) => hits !== undefined) ?? [];
  return first.map((_, subject) => said.map((hits) => hits && (hits[subject] ? 'there' : 'not there')));
}
