/** @file What a study tells of a candidate that the search evaluated. */
import type { CombinedScorer } from '../diffusion/combined-scorer.ts';
import type { EvaluationEvent } from '../search/search-event.ts';
import type { CandidateOutcome, PromptObjective } from './prompt-objective.ts';
import type { PromptVariants } from './prompt-variants.ts';
import { scorerLosses } from './scorer-losses.ts';
import type { CandidateEvent, PrunedAt } from './study-event.ts';

export interface CandidateContext {
  readonly objective: PromptObjective;
  readonly variants: PromptVariants;
  readonly scorer: CombinedScorer;
  readonly sign: 1 | -1;
  /** Guided UNet evaluations so far. */
  readonly unetCalls: number;
  readonly seconds: number;
}

export function candidateEvent(event: EvaluationEvent, context: CandidateContext): CandidateEvent {
  const { scorer, sign, unetCalls, seconds } = context;
  const outcome = outcomeOf(event, context);
  const { prompt, negativePrompt, loss, losses, invalid, byScorer, similarity } = outcome;
  const scorers = byScorer && scorerLosses(scorer, byScorer);
  const { index, candidate, phase, improved, spent, score, best } = event;
  return {
    type: 'candidate',
    ...{ index, prompt, negativePrompt, candidate, loss, losses },
    ...(scorers && { scorers }),
    ...(similarity !== undefined && { similarity }),
    invalid,
    ...(score.kind === 'pruned' && { pruned: prunedAt(event, score.loss, context) }),
    ...{ phase, improved, bestLoss: best === null ? null : sign * best.loss, spent, unetCalls, seconds },
  };
}

/** A candidate that was stopped, or had no number, at an early look has no outcome of whole pictures. */
function outcomeOf(
  { candidate, score }: EvaluationEvent,
  { objective, variants }: CandidateContext,
): CandidateOutcome {
  const invalid = score.kind === 'invalid' ? score.reason : null;
  const early = { ...variants.promptsOf(candidate), losses: [], loss: null, invalid };
  return score.kind === 'pruned' ? early : (objective.outcomeOf(candidate) ?? early);
}

function prunedAt(
  { candidate }: EvaluationEvent,
  loss: number,
  { objective, sign }: CandidateContext,
): PrunedAt {
  const losses = objective.stoppedLossesOf(candidate);
  return { loss: sign * loss, ...(losses && { losses }) };
}
