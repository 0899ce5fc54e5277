/** @file The objective of a prompt search: sample a candidate's pictures on every seed and score them against the user's prompt. */
import type { TextSimilarity } from '../diffusion/sentence-encoder.ts';
import type {
  CandidateRace,
  EvaluateOptions,
  EvaluationCosts,
  Objective,
  Score,
} from '../search/objective.ts';
import type { Candidate } from '../search/search-space.ts';
import type { Acceleration } from './acceleration-options.ts';
import type { EvaluatedPicture, PictureEvaluator } from './picture-evaluator.ts';
import { groupFault } from './picture-fault.ts';
import type { PromptPair, PromptVariants } from './prompt-variants.ts';
import { byScorerOf, type LossesByScorer, meanOf } from './scorer-losses.ts';
import { evaluationCosts, lookCosts, type StepCounts } from './search-costs.ts';
import { isHopeless, promptKey, SeedInstalments } from './seed-race.ts';

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
  /** The user's prompt, which candidates are compared with. */
  readonly target: string;
  readonly variants: PromptVariants;
  readonly seeds: readonly number[];
  /** How many pictures are worth sampling at once. */
  readonly pictures: number;
  /** 1 to lower the loss, −1 (attack) to raise it. */
  readonly sign: 1 | -1;
  /** Attack: what compares candidates with the user's prompt, and the least similarity that they need. */
  readonly constraint?: { readonly judge: Pick<TextSimilarity, 'similarity'>; readonly min: number };
  /** Absent where all pictures are exact and whole. */
  readonly shortcuts?: SearchShortcuts;
  /** How many seeds a candidate has been seen on at each look of a race over seeds. @default no such race */
  readonly seedLooks?: readonly number[];
}

/** How a search's pictures are made cheaper than exact ones. */
export interface SearchShortcuts {
  readonly acceleration: Acceleration;
  readonly steps: StepCounts;
}

export class PromptObjective implements Objective {
  readonly batchSize: number;
  readonly race?: CandidateRace;
  readonly costs?: EvaluationCosts;
  readonly #evaluator: PictureEvaluator;
  readonly #instalments: SeedInstalments;
  readonly #options: PromptObjectiveOptions;
  /** By the rendered prompts: choices that differ may read the same. */
  readonly #outcomes = new Map<string, CandidateOutcome>();
  /** Of the original and of the best so far, a picture for each seed: the ones that will be shown. */
  readonly #pictures = new Map<string, readonly EvaluatedPicture[]>();
  /** Losses on the seeds that they saw, of those that were stopped in a race over seeds. */
  readonly #stopped = new Map<string, readonly number[]>();
  /** Scores at early looks, by look and rendered prompts. */
  readonly #glimpses = new Map<string, Score>();
  /** To the user's prompt, by the candidate's. */
  readonly #similarities = new Map<string, Promise<number>>();
  readonly #originalKey: string;
  #bestKey: string | undefined;

  constructor(evaluator: PictureEvaluator, options: PromptObjectiveOptions) {
    this.#evaluator = evaluator;
    this.#instalments = new SeedInstalments(evaluator, options.seeds);
    this.#options = options;
    this.batchSize = Math.max(1, Math.floor(options.pictures / options.seeds.length));
    const { variants, shortcuts, seedLooks = [] } = options;
    if (shortcuts) {
      const { acceleration, steps } = shortcuts;
      this.costs = evaluationCosts(steps, acceleration);
      const race = { looks: lookCosts(steps, acceleration), keep: acceleration.raceKeep };
      if (race.looks.length > 0) this.race = { ...race, glimpse: (...asked) => this.#glimpse(...asked) };
    }
    if (seedLooks.length > 0) this.race = this.#seedRace(seedLooks);
    this.#originalKey = promptKey(variants.promptsOf(variants.space.slots.map(() => 0)));
  }

  /** What became of an evaluated candidate. */
  outcomeOf(candidate: Candidate): CandidateOutcome | undefined {
    return this.#outcomes.get(this.#keyOf(candidate));
  }

  /** Of the original or of the best candidate so far, a picture for each seed, where they are kept. */
  picturesOf(candidate: Candidate): readonly EvaluatedPicture[] | undefined {
    return this.#pictures.get(this.#keyOf(candidate));
  }

  /** Losses of a candidate that was stopped in a race over seeds, on the first of the seeds, as many as it saw. */
  stoppedLossesOf(candidate: Candidate): readonly number[] | undefined {
    return this.#stopped.get(this.#keyOf(candidate));
  }

  /** Takes over what another objective knows of a candidate, whose pictures are the same here. */
  adopt(candidate: Candidate, from: PromptObjective): void {
    const [outcome, pictures] = [from.outcomeOf(candidate), from.picturesOf(candidate)];
    if (outcome && pictures) this.#remember(outcome, pictures);
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
    const byKey = new Map(pairs.map((pair) => [promptKey(pair), pair]));
    await this.#evaluateNew(
      [...byKey].filter(([key]) => !this.#outcomes.has(key)).map(([, pair]) => pair),
      signal,
    );
    return pairs.map((pair) => this.#asScore(this.#outcomes.get(promptKey(pair))!));
  }

  /** Scores of the pictures that a look estimates. What was evaluated whole, for other choices, is known already. */
  async #glimpse(
    candidates: readonly Candidate[],
    look: number,
    { signal }: EvaluateOptions = {},
  ): Promise<Score[]> {
    const { seeds, variants } = this.#options;
    const pairs = candidates.map((candidate) => variants.promptsOf(candidate));
    const keyAt = (pair: PromptPair) => `${look} ${promptKey(pair)}`;
    const isNew = (pair: PromptPair) =>
      !this.#outcomes.has(promptKey(pair)) && !this.#glimpses.has(keyAt(pair));
    const fresh = [...new Map(pairs.map((pair) => [promptKey(pair), pair])).values()].filter(isNew);
    const requests = fresh.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed })));
    const pictures = await this.#evaluator.evaluate(requests, { signal, look });
    for (const [i, pair] of fresh.entries()) {
      const own = pictures.slice(i * seeds.length, (i + 1) * seeds.length);
      this.#glimpses.set(keyAt(pair), this.#earlyScore(own));
    }
    return pairs.map((pair) => {
      const outcome = this.#outcomes.get(promptKey(pair));
      return outcome ? this.#asScore(outcome) : this.#glimpses.get(keyAt(pair))!;
    });
  }

  /** An estimate may well be dark; only what is no number is at fault. */
  #earlyScore(pictures: readonly EvaluatedPicture[]): Score {
    const loss = meanOf(pictures.map((picture) => picture.loss));
    if (Number.isFinite(loss)) return { kind: 'valid', loss: this.#options.sign * loss };
    return { kind: 'invalid', reason: 'the scorer gave no number for an early look' };
  }

  /** One candidate at a time, so that each is compared with the best that there is. */
  #seedRace(counts: readonly number[]): CandidateRace {
    const whole = this.costs?.candidate ?? 1;
    const looks = counts.map((count) => (whole * count) / this.#options.seeds.length);
    const glimpse: CandidateRace['glimpse'] = async (candidates, look, { signal } = {}) => {
      const scores: Score[] = [];
      for (const candidate of candidates) {
        const pair = this.#options.variants.promptsOf(candidate);
        scores.push(await this.#scoreOnSeeds(pair, counts[look], signal));
      }
      return scores;
    };
    return { looks, keep: 1, heat: 1, glimpse };
  }

  async #scoreOnSeeds(pair: PromptPair, count: number, signal?: AbortSignal): Promise<Score> {
    const key = promptKey(pair);
    const known = this.#outcomes.get(key);
    if (known) return this.#asScore(known);
    const { sign, seeds } = this.#options;
    const stopped = this.#stopped.get(key);
    if (stopped) return { kind: 'pruned', loss: sign * meanOf(stopped) };
    const [pictures] = await this.#instalments.first(count, [pair], signal);
    const early = outcomeOf(pair, pictures, await this.#similarity(pair));
    if (early.loss === null) {
      this.#instalments.forget(pair);
      this.#remember(early, pictures);
      return this.#asScore(early);
    }
    const best = this.#bestKey === undefined ? undefined : this.#outcomes.get(this.#bestKey);
    const differences = early.losses.map((loss, i) => sign * (loss - (best?.losses[i] ?? loss)));
    if (!isHopeless(differences, seeds.length)) return this.#asScore(early);
    this.#instalments.forget(pair);
    this.#stopped.set(key, early.losses);
    return { kind: 'pruned', loss: sign * early.loss };
  }

  async #evaluateNew(pairs: readonly PromptPair[], signal?: AbortSignal): Promise<void> {
    if (pairs.length === 0) return;
    const pictures = await this.#instalments.first(this.#options.seeds.length, pairs, signal);
    for (const [i, pair] of pairs.entries()) {
      this.#instalments.forget(pair);
      this.#remember(outcomeOf(pair, pictures[i], await this.#similarity(pair)), pictures[i]);
    }
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

  #remember(outcome: CandidateOutcome, pictures: readonly EvaluatedPicture[]): void {
    const key = promptKey(outcome);
    this.#outcomes.set(key, outcome);
    const isBest = outcome.loss !== null && this.#isBetterThanBest(outcome.loss);
    if (key === this.#originalKey || isBest) this.#pictures.set(key, pictures);
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
    return promptKey(this.#options.variants.promptsOf(candidate));
  }
}

function outcomeOf(
  pair: PromptPair,
  pictures: readonly EvaluatedPicture[],
  similarity: number | undefined,
): CandidateOutcome {
  const what = { ...pair, ...(similarity !== undefined && { similarity }) };
  const fault = groupFault(pictures);
  if (fault !== null) return { ...what, losses: [], loss: null, invalid: fault };
  const losses = pictures.map(({ loss }) => loss);
  return { ...what, losses, byScorer: byScorerOf(pictures), loss: meanOf(losses), invalid: null };
}
