/** @file The held-out scorer: it judges what the search found, and whether the search has gamed its own scorer. */
import type { CombinedScorer } from '../diffusion/combined-scorer.ts';
import type { Task } from '../words/prompt-space.ts';
import { pairedDifference } from './paired-difference.ts';
import type { EvaluatedPicture, PictureEvaluator } from './picture-evaluator.ts';
import type { HeldOutScorerResult, PairedDifference } from './study-result.ts';

/** Smaller differences do not show in three digits. */
const LEAST_DIFFERENCE = 0.0005;

/** Losses of original and best on the same seeds. */
export interface LossPair {
  readonly original: readonly number[];
  readonly best: readonly number[];
}

/** What objective and held-out scorer say of the same pictures. */
export interface JudgedPictures {
  readonly objective: LossPair;
  readonly judge: LossPair;
}

export class HeldOutJudge {
  readonly #scorer: CombinedScorer;
  readonly #warn: (message: string) => void;
  #hasFailed = false;

  constructor(scorer: CombinedScorer, warn: (message: string) => void) {
    this.#scorer = scorer;
    this.#warn = warn;
  }

  get name(): string {
    return this.#scorer.name;
  }

  /** A loss for each of the pictures. Failing costs nothing but its opinion: a warning, and undefined. */
  async losses(
    evaluator: PictureEvaluator,
    pictures: readonly EvaluatedPicture[],
  ): Promise<readonly number[] | undefined> {
    if (this.#hasFailed) return undefined;
    try {
      const byPart = await evaluator.lossesBy(this.#scorer, pictures);
      const losses = pictures.map((_, i) => this.#scorer.total(byPart.map((part) => part[i])));
      if (losses.every(Number.isFinite)) return losses;
      this.#fail('gave no number');
    } catch (error) {
      this.#fail(`failed (${error instanceof Error ? error.message : String(error)})`);
    }
    return undefined;
  }

  /** The same for pictures of original and best; undefined where one of them is not there or not judged. */
  async pair(
    evaluator: PictureEvaluator,
    original: readonly EvaluatedPicture[] | undefined,
    best: readonly EvaluatedPicture[] | undefined,
  ): Promise<LossPair | undefined> {
    const before = original && (await this.losses(evaluator, original));
    const after = best === original ? before : before && best && (await this.losses(evaluator, best));
    return before && after && { original: before, best: after };
  }

  /** What to make of its losses on searched and on held-out seeds. Where they say that the search has gamed its scorer, it warns. */
  verdict(
    task: Task,
    searched: JudgedPictures | undefined,
    heldOut: JudgedPictures | undefined,
  ): HeldOutScorerResult {
    const groups = [searched, heldOut].filter((group) => group !== undefined);
    const verdict = groups.length === 0 ? null : verdictOf(task, groups);
    if (verdict === 'disagrees') {
      this.#warn(
        `The held-out scorer ${this.name}, which the search never saw, judges the other way: the search may have gamed its scorer.`,
      );
    }
    return {
      name: this.name,
      searchedDifference: searched ? difference(searched.judge) : null,
      heldOutDifference: heldOut ? difference(heldOut.judge) : null,
      verdict,
    };
  }

  #fail(what: string): void {
    this.#hasFailed = true;
    this.#warn(`The held-out scorer ${this.name} ${what}, so nothing more is said of it.`);
  }
}

function verdictOf(
  task: Task,
  groups: readonly JudgedPictures[],
): NonNullable<HeldOutScorerResult['verdict']> {
  if (groups.some((group) => isGamed(task, group))) return 'disagrees';
  const gains = groups.map(({ judge }) => towardsGoal(task, difference(judge).mean));
  return gains.some((gain) => gain > LEAST_DIFFERENCE) ? 'agrees' : 'undecided';
}

/** Whether the objective went where the search wanted it, and the held-out scorer the other way. */
function isGamed(task: Task, { objective, judge }: JudgedPictures): boolean {
  const gained = towardsGoal(task, difference(objective).mean) > 0;
  return gained && towardsGoal(task, difference(judge).mean) < -LEAST_DIFFERENCE;
}

/** Above 0 where the loss changed as the task wants. */
function towardsGoal(task: Task, change: number): number {
  return task === 'improve' ? -change : change;
}

function difference({ original, best }: LossPair): PairedDifference {
  return pairedDifference(original, best);
}
