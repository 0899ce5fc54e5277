/** @file The objective of a prompt search: sample a candidate's pictures on every seed and score them against the user's prompt. */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import type { TextSimilarity } from '../diffusion/sentence-encoder.ts';
import type {
  CandidateRace,
  EvaluateOptions,
  EvaluationCosts,
  Objective,
  Score,
} from '../search/objective.ts';
import type { Candidate } from '../search/search-space.ts';
import { rowsOf } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { Acceleration } from './acceleration-options.ts';
import { pictureFault } from './picture-fault.ts';
import type { PromptPair, PromptVariants } from './prompt-variants.ts';
import { type LossesByScorer, meanOf } from './scorer-losses.ts';
import { evaluationCosts, lookCosts } from './search-costs.ts';
import type { SearchSampler } from './search-sampler.ts';

/** What became of one candidate on each seed. */
export interface CandidateOutcome extends PromptPair {
  /** Loss on each seed, never negated; empty when the candidate is invalid. */
  readonly losses: readonly number[];
  /** Mean of `losses`; null when the candidate is invalid. */
  readonly loss: number | null;
  readonly invalid: string | null;
  /** What each scorer says of each seed's picture; absent when the candidate is invalid. */
  readonly byScorer?: LossesByScorer;
  /** Attack: cosine similarity to the user's prompt. */
  readonly similarity?: number;
}

export interface PromptObjectiveOptions {
  readonly target: string;
  readonly variants: PromptVariants;
  readonly seeds: readonly number[];
  readonly settings: SamplingSettings;
  /** 1 to lower the loss, −1 (attack) to raise it. */
  readonly sign: 1 | -1;
  /** Attack: what compares candidates with the user's prompt, and the least similarity that they need. */
  readonly constraint?: { readonly judge: Pick<TextSimilarity, 'similarity'>; readonly min: number };
  /** How the pictures of a search are sampled; absent where they are exact ones. */
  readonly search?: SearchSampling;
  readonly onStep?: (unetCalls: number) => void;
}

/** A search that takes short cuts. */
export interface SearchSampling {
  readonly sampler: SearchSampler;
  readonly acceleration: Acceleration;
  /** Guided steps of an exact picture, in which costs are counted. */
  readonly exactSteps: number;
}

export class PromptObjective implements Objective {
  readonly batchSize: number;
  readonly race?: CandidateRace;
  readonly costs?: EvaluationCosts;
  readonly #pipeline: Pipeline;
  readonly #options: PromptObjectiveOptions;
  /** By the rendered prompts: choices that differ may read the same. */
  readonly #outcomes = new Map<string, CandidateOutcome>();
  /** Pictures `[seeds, 3, H, W]` of the original and of the best so far: the ones that will be shown. */
  readonly #pictures = new Map<string, FloatTensor>();
  /** Scores at each look, by the rendered prompts. */
  readonly #glimpses = new Map<string, Score>();
  /** To the user's prompt, by the candidate's. */
  readonly #similarities = new Map<string, Promise<number>>();
  readonly #originalKey: string;
  #bestKey: string | undefined;

  constructor(pipeline: Pipeline, options: PromptObjectiveOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.batchSize = Math.max(1, Math.floor(pipeline.batchSize(options.settings) / options.seeds.length));
    const { variants, search } = options;
    if (search) {
      const steps = { search: search.sampler.steps, exact: search.exactSteps };
      this.costs = evaluationCosts(steps, search.acceleration);
      const looks = lookCosts(steps, search.acceleration);
      const keep = search.acceleration.raceKeep;
      if (looks.length > 0) this.race = { looks, keep, glimpse: (...asked) => this.#glimpse(...asked) };
    }
    this.#originalKey = keyOf(variants.promptsOf(variants.space.slots.map(() => 0)));
  }

  /** What became of an evaluated candidate. */
  outcomeOf(candidate: Candidate): CandidateOutcome | undefined {
    return this.#outcomes.get(this.#keyOf(candidate));
  }

  /** Pictures `[seeds, 3, H, W]` of the original or of the best candidate so far, where they are kept. */
  picturesOf(candidate: Candidate): FloatTensor | undefined {
    return this.#pictures.get(this.#keyOf(candidate));
  }

  /** Takes over what another objective knows of a candidate whose pictures are exact there. */
  adopt(candidate: Candidate, from: PromptObjective): void {
    const [outcome, images] = [from.outcomeOf(candidate), from.picturesOf(candidate)];
    if (outcome && images) this.#remember(outcome, images);
  }

  /** Attacks are held to the user's meaning before anything is sampled. */
  async screen(candidate: Candidate): Promise<string | null> {
    const { constraint } = this.#options;
    const similarity = await this.similarityOf(candidate);
    if (constraint === undefined || similarity === undefined || similarity >= constraint.min) return null;
    // Rounded down, or 0.8996 would read as 0.900 that is below 0.9.
    const shown = (Math.floor(similarity * 1000) / 1000).toFixed(3);
    return `its similarity to the prompt, ${shown}, is below ${constraint.min}`;
  }

  /** Similarity of a candidate's prompt to the user's; undefined where nothing compares them. */
  similarityOf(candidate: Candidate): Promise<number | undefined> {
    return this.#similarity(this.#options.variants.promptsOf(candidate));
  }

  /** Prompts that were sampled before, for other choices, are answered from memory. */
  async evaluate(candidates: readonly Candidate[], { signal }: EvaluateOptions = {}): Promise<Score[]> {
    const pairs = candidates.map((candidate) => this.#options.variants.promptsOf(candidate));
    const byKey = new Map(pairs.map((pair) => [keyOf(pair), pair]));
    await this.#evaluateNew(
      [...byKey].filter(([key]) => !this.#outcomes.has(key)).map(([, pair]) => pair),
      signal,
    );
    return pairs.map((pair) => this.#asScore(this.#outcomes.get(keyOf(pair))!));
  }

  /** Scores of the pictures that a look estimates. What was evaluated whole, for other choices, is known already. */
  async #glimpse(
    candidates: readonly Candidate[],
    look: number,
    { signal }: EvaluateOptions = {},
  ): Promise<Score[]> {
    const pairs = candidates.map((candidate) => this.#options.variants.promptsOf(candidate));
    const keyAt = (pair: PromptPair) => `${look} ${keyOf(pair)}`;
    const isKnown = (pair: PromptPair) => this.#outcomes.has(keyOf(pair)) || this.#glimpses.has(keyAt(pair));
    const fresh = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()].filter(
      (pair) => !isKnown(pair),
    );
    if (fresh.length > 0) {
      const images = await this.#sample(fresh, look, signal);
      const { losses } = await this.#pipeline.scorer.losses(images, this.#options.target);
      const count = this.#options.seeds.length;
      for (const [i, pair] of fresh.entries())
        this.#glimpses.set(keyAt(pair), this.#earlyScore(losses.slice(i * count, (i + 1) * count)));
    }
    return pairs.map((pair) => {
      const outcome = this.#outcomes.get(keyOf(pair));
      return outcome ? this.#asScore(outcome) : this.#glimpses.get(keyAt(pair))!;
    });
  }

  /** An estimate may well be dark; only what is no number is at fault. */
  #earlyScore(losses: readonly number[]): Score {
    return losses.every(Number.isFinite)
      ? { kind: 'valid', loss: this.#options.sign * meanOf(losses) }
      : { kind: 'invalid', reason: 'the scorer gave no number for an early look' };
  }

  async #evaluateNew(pairs: readonly PromptPair[], signal?: AbortSignal): Promise<void> {
    if (pairs.length === 0) return;
    const images = await this.#sample(pairs, null, signal);
    for (const [i, pair] of pairs.entries()) {
      const rows = this.#rows(images, i);
      this.#remember(await this.#score(pair, rows, await this.#similarity(pair)), rows);
    }
  }

  /** Whole pictures, or those that a look estimates. */
  async #sample(
    prompts: readonly PromptPair[],
    look: number | null,
    signal?: AbortSignal,
  ): Promise<FloatTensor> {
    const { seeds, settings, search, onStep } = this.#options;
    const requests = prompts.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed })));
    if (search) {
      const latents = await search.sampler.latents(requests, { look, signal, onStep });
      return this.#pipeline.decode(latents, settings);
    }
    return this.#pipeline.generate(requests, {
      ...settings,
      ...(signal && { signal }),
      ...(onStep && { onStep: ({ pictures }) => onStep(pictures) }),
    });
  }

  async #score(
    pair: PromptPair,
    images: FloatTensor,
    similarity: number | undefined,
  ): Promise<CandidateOutcome> {
    const extra = similarity === undefined ? {} : { similarity };
    const { losses, byScorer } = await this.#pipeline.scorer.losses(images, this.#options.target);
    const fault = pictureFault(images, losses, this.#pipeline.execution.precision);
    if (fault) return { ...pair, ...extra, losses: [], loss: null, invalid: fault };
    return {
      ...pair,
      ...extra,
      losses,
      byScorer,
      loss: meanOf(losses),
      invalid: null,
    };
  }

  async #similarity({ prompt }: PromptPair): Promise<number | undefined> {
    const { constraint, target } = this.#options;
    if (constraint === undefined) return undefined;
    const known = this.#similarities.get(prompt) ?? constraint.judge.similarity(prompt, target);
    this.#similarities.set(prompt, known);
    return known;
  }

  #asScore({ loss, invalid }: CandidateOutcome): Score {
    return loss === null
      ? { kind: 'invalid', reason: invalid! }
      : { kind: 'valid', loss: this.#options.sign * loss };
  }

  #remember(outcome: CandidateOutcome, images: FloatTensor): void {
    const key = keyOf(outcome);
    this.#outcomes.set(key, outcome);
    const isBest = outcome.loss !== null && this.#isBetterThanBest(outcome.loss);
    if (key === this.#originalKey || isBest) this.#pictures.set(key, images);
    if (!isBest) return;
    if (this.#bestKey !== undefined && this.#bestKey !== this.#originalKey)
      this.#pictures.delete(this.#bestKey);
    this.#bestKey = key;
  }

  #isBetterThanBest(loss: number): boolean {
    const best = this.#bestKey === undefined ? undefined : this.#outcomes.get(this.#bestKey)!.loss;
    return best == null || this.#options.sign * loss < this.#options.sign * best;
  }

  #keyOf(candidate: Candidate): string {
    return keyOf(this.#options.variants.promptsOf(candidate));
  }

  #rows(images: FloatTensor, place: number): FloatTensor {
    const count = this.#options.seeds.length;
    return rowsOf(images, place * count, (place + 1) * count);
  }
}

/** A text that is equal for equal prompts only. */
function keyOf({ prompt, negativePrompt }: PromptPair): string {
  return JSON.stringify([prompt, negativePrompt]);
}
