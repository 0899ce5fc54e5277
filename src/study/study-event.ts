/** @file What a study tells while it runs. Everything but pictures is plain data. */
import type { NamedModel } from '../checkpoint/diffusers-folder.ts';
import type { SchedulerName } from '../diffusion/schedulers/scheduler-names.ts';
import type { PassedOver } from '../runtime/executor.ts';
import type { EvaluationCosts } from '../search/objective.ts';
import type { SearchMethod } from '../search/search.ts';
import type { SearchPhase } from '../search/search-event.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { PromptSpace } from '../words/prompt-space.ts';
import type { Acceleration } from './acceleration-options.ts';
import type { NamedScorers, PictureSettings } from './recorded-settings.ts';
import type { ScorerLoss } from './scorer-losses.ts';
import type { StudyResult } from './study-result.ts';
import type { WordEffect } from './word-effect.ts';

/** What holds an attack to the meaning of the prompt. */
export interface SimilarityConstraint {
  /** What compares, such as `all-MiniLM-L6-v2`. */
  readonly similarityModel: string;
  /** Where that came from, as the user named it; absent for the one that comes with the package. */
  readonly source?: string;
  readonly minSimilarity: number;
}

/** How the pictures of a search are made cheaper than exact ones; the options with places as step indices. */
export interface RecordedAcceleration extends Omit<Acceleration, 'gradientRefresh'> {
  readonly gradientRefresh: number | 'never';
  /** Steps, sampler and guided steps of the search's pictures. */
  readonly steps: number;
  readonly scheduler: SchedulerName;
  readonly sampler: string;
  readonly guidedSteps: number;
  /** What whole evaluations cost, in evaluations of exact pictures. */
  readonly costs: EvaluationCosts;
}

/** The first event. */
export interface StartedEvent {
  readonly type: 'started';
  /** Its name in the store; absent without one. */
  readonly studyId?: string;
  readonly space: PromptSpace;
  /** What the search may choose from, slot by slot; choice 0 is no word (improve) or the original word (attack). */
  readonly choices: readonly (readonly string[])[];
  readonly settings: PictureSettings;
  /** The model as somebody named it; absent for the embedded one, and where a pipeline was put together by hand. */
  readonly namedModel?: NamedModel;
  /** The scorers that somebody named, as they did; absent where the model's own is used. */
  readonly namedScorers?: NamedScorers;
  readonly seeds: readonly number[];
  readonly heldOutSeeds: readonly number[];
  readonly searchSeed: number;
  readonly method: SearchMethod;
  readonly budget: number;
  /** Whether each word's effect is measured at the end; absent where it is not. */
  readonly ablation?: true;
  /** Absent where the study is for pictures. */
  readonly for?: 'prompt';
  /** How many seeds a candidate has been seen on at each look of a race over seeds; absent without one. */
  readonly seedLooks?: readonly number[];
  /** Absent where the search takes no short cuts, as the paper's. */
  readonly acceleration?: RecordedAcceleration;
  /** Absent where candidates are not compared with the prompt. */
  readonly constraint?: SimilarityConstraint;
  /** Better devices that `auto` passed over, and why; absent where there are none. */
  readonly passedOver?: readonly PassedOver[];
}

/** Something the user should know, such as words beyond the text encoder's length. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly message: string;
}

/** Work done within one search step: for progress bars. Not recorded. */
export interface SamplingEvent {
  readonly type: 'sampling';
  readonly phase: 'search' | 'confirmation' | 'held-out' | 'ablation';
  /** Guided steps of pictures done since the last event, all pictures counted; half a one where one branch was enough. */
  readonly guidedSteps: number;
}

/** One candidate was scored, or stopped at an early look. */
export interface CandidateEvent {
  readonly type: 'candidate';
  /** Counts from 0, the original. */
  readonly index: number;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** The chosen index of each slot. */
  readonly candidate: readonly number[];
  /** Mean loss over the seeds (not negated in an attack); null when the candidate is invalid, or was stopped early. */
  readonly loss: number | null;
  /** Loss on each searched seed; empty when invalid. */
  readonly losses: readonly number[];
  /** What each scorer says by itself, where several make up the loss and the candidate is valid. */
  readonly scorers?: readonly ScorerLoss[];
  /** Attack: similarity to the user's prompt. */
  readonly similarity?: number;
  /** Why it does not count as a success, such as a black picture. */
  readonly invalid: string | null;
  /** Where it was stopped early; absent for every other candidate. */
  readonly pruned?: PrunedAt;
  readonly phase: SearchPhase;
  readonly improved: boolean;
  /** Loss of the best so far; null while there is none. */
  readonly bestLoss: number | null;
  /** Spent of the budget, in evaluations. */
  readonly spent: number;
  /** Guided UNet evaluations so far, as `StudyResult.unetCalls` counts them. */
  readonly unetCalls?: number;
  readonly seconds: number;
}

/** Where a race stopped a candidate. */
export interface PrunedAt {
  /** Mean loss of the pictures as they were estimated there, or of those that it saw, by which it was stopped. */
  readonly loss: number;
  /** Race over seeds: its loss on each of the first seeds, as many as it saw. */
  readonly losses?: readonly number[];
}

/** What became of a candidate. */
export type CandidateState = 'valid' | 'invalid' | 'pruned';

export function candidateState({ loss, pruned }: Pick<CandidateEvent, 'loss' | 'pruned'>): CandidateState {
  if (pruned) return 'pruned';
  return loss === null ? 'invalid' : 'valid';
}

/** After a search whose pictures are not exact: the original or one of its best was sampled exactly. The best of these is the result. */
export interface ConfirmationEvent {
  readonly type: 'confirmation';
  /** Counts from 0. */
  readonly index: number;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** The chosen index of each slot. */
  readonly candidate: readonly number[];
  /** Mean loss of the search's own pictures. */
  readonly searchLoss: number | null;
  /** Mean loss of the exact ones; null when they cannot be scored. */
  readonly loss: number | null;
  readonly losses: readonly number[];
  readonly invalid: string | null;
  readonly seconds: number;
}

/** Attack: one candidate was too unlike the prompt, and nothing was sampled for it. */
export interface RejectedEvent {
  readonly type: 'rejected';
  /** Counts from 0. */
  readonly index: number;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** The chosen index of each slot. */
  readonly candidate: readonly number[];
  readonly similarity: number;
  readonly phase: SearchPhase;
  readonly seconds: number;
}

/** One gradient iteration was done. */
export interface GradientIterationEvent {
  readonly type: 'gradient';
  readonly iteration: number;
  readonly stepIndex: number;
  /** Loss of the relaxed prompt's estimated picture; null when not finite. */
  readonly loss: number | null;
  readonly gradientNorm: number | null;
  /** Learned probabilities, `[slot][choice]`. */
  readonly probabilities: readonly (readonly number[])[];
  readonly spent: number;
  /** As in the event of a candidate. */
  readonly unetCalls?: number;
  readonly seconds: number;
}

/** A picture of the original or of the best prompt; all come after the search. */
export interface PictureEvent {
  readonly type: 'picture';
  readonly which: 'original' | 'best';
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  readonly heldOut: boolean;
  /** Null when the picture could not be scored. */
  readonly loss: number | null;
  /** Content hash of its file in the store; absent without a store. */
  readonly imageHash?: string;
  /** `[3, H, W]` in [0, 1]. */
  readonly image: FloatTensor;
}

/** What a word of the best prompt did; all come after the pictures. */
export interface WordEffectEvent extends WordEffect {
  readonly type: 'word-effect';
  /** Counts from 0. */
  readonly index: number;
  readonly seconds: number;
}

/** Always the last event. */
export interface StudyFinishedEvent {
  readonly type: 'finished';
  readonly result: StudyResult;
  /** Names of files in the run folder that could not be written; absent when all are there. */
  readonly unwritten?: readonly string[];
}

export type StudyEvent =
  | StartedEvent
  | WarningEvent
  | SamplingEvent
  | CandidateEvent
  | RejectedEvent
  | ConfirmationEvent
  | GradientIterationEvent
  | PictureEvent
  | WordEffectEvent
  | StudyFinishedEvent;
