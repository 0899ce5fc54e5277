/** @file What a study found: plain data, the object that `--json` prints. */
import type { ClipLoss } from '../diffusion/scorer.ts';
import type { SearchMethod } from '../search/search.ts';
import type { StopReason } from '../search/search-event.ts';
import type { PromptSearch, Task } from '../words/prompt-space.ts';
import type { PictureSettings } from './recorded-settings.ts';
import type { WordEffect } from './word-effect.ts';

/** A pair of prompts and how well its pictures follow the user's prompt. */
export interface ScoredPrompt {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Mean loss over the searched seeds, lower is better (also in an attack, which seeks a high one); null when nothing was scored. */
  readonly loss: number | null;
  /** The same of the search's own pictures; absent where these were exact. */
  readonly searchLoss?: number | null;
  /** The same over the held-out seeds; null without them, or when the study was stopped before. */
  readonly heldOutLoss: number | null;
  /** Attack on the prompt itself: cosine similarity to the user's prompt. */
  readonly similarity?: number;
  /** What each scorer says by itself, where several make up the loss. */
  readonly scorers?: readonly PromptScorerLoss[];
  /** What the held-out scorer says; absent without one. */
  readonly heldOutScorer?: HeldOutScorerLoss;
}

/** One scorer's own loss, not multiplied by its weight. */
export interface PromptScorerLoss {
  readonly scorer: string;
  readonly weight: number;
  /** Mean over the searched seeds. */
  readonly loss: number;
  /** Mean over the held-out seeds; null when they were not sampled. */
  readonly heldOutLoss: number | null;
}

/** Losses by the scorer that the search never saw. */
export interface HeldOutScorerLoss {
  /** Mean over the searched seeds; null when it was not measured. */
  readonly loss: number | null;
  /** Mean over the held-out seeds; null when it was not measured. */
  readonly heldOutLoss: number | null;
}

/** What the scorer that the search never saw makes of the best prompt. */
export interface HeldOutScorerResult {
  readonly name: string;
  /** Best minus original on the searched seeds; null when it was not measured. */
  readonly searchedDifference: PairedDifference | null;
  /** The same on the held-out seeds. */
  readonly heldOutDifference: PairedDifference | null;
  /**
   * `disagrees` where the objective went the way that was sought and this scorer the other way: the search may have gamed its
   * scorer. `agrees` where this scorer went the same way, `undecided` where it shows no difference; null when nothing was measured.
   */
  readonly verdict: 'agrees' | 'disagrees' | 'undecided' | null;
}

/** A paired difference, best minus original, over seeds. */
export interface PairedDifference {
  readonly mean: number;
  /** 95 % confidence interval (Student's t over the paired seeds); null with fewer than two seeds. */
  readonly interval: readonly [number, number] | null;
}

export interface StudyResult {
  /** Its name in the store; absent without one. */
  readonly studyId?: string;
  readonly task: Task;
  /** Which of the two prompts was searched. */
  readonly search: PromptSearch;
  /** The user's prompt, which every picture is compared with. */
  readonly prompt: string;
  /** How its pictures are made: model, sampler, sizes, device. */
  readonly settings: PictureSettings;
  /** What the losses are of: the scorers with their weights, such as `ViT-B-32 + 0.5 × PickScore`. */
  readonly scorer: string;
  /** How CLIP scorers measured; absent where no CLIP scored. */
  readonly clipLoss?: ClipLoss;
  readonly original: ScoredPrompt;
  readonly best: ScoredPrompt;
  readonly seeds: readonly number[];
  readonly heldOutSeeds: readonly number[];
  readonly searchSeed: number;
  /** Candidates that were scored, the original and those that were stopped early among them. */
  readonly evaluations: number;
  /** Races: how many were stopped early; absent without one. */
  readonly pruned?: number;
  /**
   * How many candidates were sampled exactly after the search, the original among them; absent where its own pictures are exact. 0 where
   * the study was stopped before: then the losses are those of the search's own pictures.
   */
  readonly confirmed?: number;
  /** Guided UNet evaluations: one for each picture and step, half a one where one branch is enough, and one for each backward pass of a picture. Those after the search are among them. */
  readonly unetCalls: number;
  /** Of the pictures that these calls stand for, so many came out of the store; absent without one. */
  readonly knownPictures?: number;
  readonly gradientIterations: number;
  readonly seconds: number;
  readonly stoppedBy: StopReason;
  /** The folder with pictures and report, or null when none was asked for; `--json` prints all of its path. */
  readonly runDir: string | null;
  /** Absent where the study was for pictures. */
  readonly for?: 'prompt';
  /**
   * For a prompt: whether something better than the original was found, by the held-out interval, which lies wholly on the side that was
   * sought; null where there is none. The best is given in any case.
   */
  readonly foundBetter?: boolean | null;
  readonly method: SearchMethod;
  /** Best minus original on the held-out seeds; null when they were not sampled. */
  readonly heldOutDifference: PairedDifference | null;
  /** Attack: what compared candidates with the prompt, and the least similarity; absent where nothing did. */
  readonly similarityModel?: string;
  readonly minSimilarity?: number;
  /** Attack: candidates that were too unlike the prompt. They were not sampled and are not among the evaluations. */
  readonly rejected?: number;
  /** Absent without a held-out scorer. */
  readonly heldOutScorer?: HeldOutScorerResult;
  /**
   * What each word in which the best differs from the original did, in the order of the slots; empty where the original is the best.
   * Absent where it was not asked for, and when the study was stopped before.
   */
  readonly wordEffects?: readonly WordEffect[];
  /** One sentence that says what the best prompt does and does not do. */
  readonly summary: string;
}
