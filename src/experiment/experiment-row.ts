/** @file What an experiment measures: one row for each job. Plain data, kept as JSON in the store and written to CSV files. */

/** Pictures of one prompt pair: their losses, and what judges that are no scorer say of them. */
export interface MeasuredPrompts {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Loss on each searched seed, in the seeds' order; empty where nothing could be scored. */
  readonly losses: readonly number[];
  /** The same on each held-out seed. */
  readonly heldOutLosses: readonly number[];
  /** By the held-out scorer, on the searched and on the held-out seeds; absent without one. */
  readonly judgedLosses?: readonly number[];
  readonly heldOutJudgedLosses?: readonly number[];
  /** The embedded world's judge: whether each key concept is in the picture, `[seed][concept]`, concepts in the prompt's order. */
  readonly hits?: readonly (readonly boolean[])[];
  readonly heldOutHits?: readonly (readonly boolean[])[];
  /** Content hashes of the pictures in the store, seed by seed. */
  readonly images: readonly string[];
  readonly heldOutImages: readonly string[];
}

/** What every row says of its job. */
export interface RowOrigin {
  /** Name of the run in the experiment's file: what is compared. */
  readonly run: string;
  /** Place of the prompt in the experiment, from 0. */
  readonly promptIndex: number;
  /** The user's prompt. */
  readonly prompt: string;
  readonly searchSeed: number;
  readonly seconds: number;
  /** Guided UNet evaluations that the job needs, those that the store knew already among them; of a search without the pictures on held-out seeds and those of an ablation. */
  readonly unetCalls: number;
}

/**
 * A point of a search's course: what was spent, and the loss then of its best (not negated in an attack). It is of exact pictures also where
 * the search saw others; there the best of the search may be a worse one, and nothing knows it before the end.
 */
export interface CoursePoint {
  /** In evaluations, gradient iterations counted as the method counts them. */
  readonly spent: number;
  readonly unetCalls: number;
  readonly bestLoss: number;
  /** Content hashes of the best's pictures on the searched seeds at this point. */
  readonly images?: readonly string[];
}

/** One search: `improve` or `attack`. */
export interface StudyRow extends RowOrigin {
  readonly kind: 'study';
  readonly task: 'improve' | 'attack';
  readonly studyId: string;
  readonly seeds: readonly number[];
  readonly heldOutSeeds: readonly number[];
  /** Key concepts in the prompt's order; judges are asked for them. */
  readonly concepts: readonly string[];
  readonly original: MeasuredPrompts;
  readonly best: MeasuredPrompts;
  /** Attack: similarity of the best prompt to the user's. */
  readonly similarity?: number;
  /** Attack on the embedded world: whether the best prompt states other facts than the user's, by the world's own synonyms. */
  readonly altersMeaning?: boolean;
  readonly evaluations: number;
  /** How many candidates were sampled exactly after the search, the original among them; absent where the search's own pictures are exact. */
  readonly confirmed?: number;
  /** The course of the search, at each new best and at its end. */
  readonly course: readonly CoursePoint[];
  /** Mean loss of all candidates but the original, by the search's own pictures. */
  readonly meanCandidateLoss: number | null;
}

/** Random candidates of one space that nobody chose (Table 2, and the control for regression to the mean). */
export interface RandomPromptsRow extends RowOrigin {
  readonly kind: 'random-prompts';
  readonly original: MeasuredPrompts;
  /** Mean loss of each candidate over the searched seeds. */
  readonly candidateLosses: readonly number[];
  /** The judge's mean hit rate of each candidate. */
  readonly candidateHitRates?: readonly number[];
  /** Of the first candidates, for people to look at. */
  readonly negativePrompts: readonly string[];
  /** The same candidates' prompts. */
  readonly prompts?: readonly string[];
}

/** The norm of the shortcut text gradient at one step (Figure 9). */
export interface GradientNormRow extends RowOrigin {
  readonly kind: 'gradient-norm';
  readonly stepIndex: number;
  readonly steps: number;
  /** The timestep of the noise schedule at that step. */
  readonly timestep: number;
  readonly norm: number;
}

/** The shortcut gradient through K steps against the full gradient. */
export interface GradientAgreementRow extends RowOrigin {
  readonly kind: 'gradient-agreement';
  readonly gradientSteps: number;
  readonly stepIndex: number;
  readonly steps: number;
  /** Cosine similarity to the full text gradient of the same relaxed prompt (all steps, from noise). */
  readonly cosine: number;
  /** Milliseconds of this gradient and of the full one, without compiling. */
  readonly milliseconds: number;
  readonly fullMilliseconds: number;
}

/** The unchanged prompt (or, with `negative`, candidates too) on many seeds: the best picture counts. */
export interface BestOfSeedsRow extends RowOrigin {
  readonly kind: 'best-of-seeds';
  readonly seeds: number;
  readonly isNegativeSearched: boolean;
  /** The best picture's loss when 1, 2, 3, … pictures were sampled. */
  readonly bestLosses: readonly number[];
  /** UNet calls spent when each of them was known. */
  readonly unetCallsAt: readonly number[];
  readonly best: {
    readonly loss: number;
    readonly seed: number;
    readonly negativePrompt: string;
    readonly image: string;
    readonly hits?: readonly boolean[];
  };
}

export type ExperimentRow =
  | StudyRow
  | RandomPromptsRow
  | GradientNormRow
  | GradientAgreementRow
  | BestOfSeedsRow;
export type RowKind = ExperimentRow['kind'];
