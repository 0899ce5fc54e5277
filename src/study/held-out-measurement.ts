/** @file The original and the best on seeds that the search never saw. */
import type { HeldOutJudge, JudgedPictures } from './held-out-judge.ts';
import { isOriginalBest } from './is-original-best.ts';
import type { PictureEvaluator } from './picture-evaluator.ts';
import { pictureEvents } from './picture-events.ts';
import { groupFault } from './picture-fault.ts';
import type { PromptPair } from './prompt-variants.ts';
import { byScorerOf, type LossesByScorer } from './scorer-losses.ts';
import type { PictureEvent, StudyEvent } from './study-event.ts';

/** Losses on each held-out seed, in the seeds' order. */
export interface HeldOutLosses {
  readonly original: MeasuredPictures;
  readonly best: MeasuredPictures;
}

export interface MeasuredPictures {
  readonly losses: readonly number[];
  readonly byScorer: LossesByScorer;
  /** By the held-out scorer; absent without one, and where it failed. */
  readonly judged?: readonly number[];
}

export interface HeldOutOptions {
  readonly seeds: readonly number[];
  readonly signal: AbortSignal;
  readonly emit: (event: StudyEvent) => void;
  readonly judge?: HeldOutJudge;
}

export class HeldOutMeasurement {
  readonly #evaluator: PictureEvaluator;
  readonly #options: HeldOutOptions;

  constructor(evaluator: PictureEvaluator, options: HeldOutOptions) {
    this.#evaluator = evaluator;
    this.#options = options;
  }

  /** Undefined without seeds, when it is aborted, and (with a warning) where a picture cannot be scored. */
  async compare(original: PromptPair, best: PromptPair): Promise<HeldOutLosses | undefined> {
    const { signal, seeds } = this.#options;
    if (signal.aborted || seeds.length === 0) return undefined;
    try {
      const before = await this.#sample('original', original);
      const after = isOriginalBest({ original, best }) ? before : await this.#sample('best', best);
      return before && after && { original: before, best: after };
    } catch (error) {
      if (signal.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  async #sample(which: PictureEvent['which'], pair: PromptPair): Promise<MeasuredPictures | undefined> {
    const { seeds, signal, emit, judge } = this.#options;
    const requests = seeds.map((seed) => ({ ...pair, seed }));
    const pictures = await this.#evaluator.evaluate(requests, { signal });
    for (const event of await pictureEvents({ which, heldOut: true, pictures })) emit(event);
    const fault = groupFault(pictures);
    if (fault !== null) {
      emit({ type: 'warning', message: `On the held-out seeds ${fault}, so nothing is said of them.` });
      return undefined;
    }
    const judged = await judge?.losses(this.#evaluator, pictures);
    const losses = pictures.map(({ loss }) => loss);
    return { losses, byScorer: byScorerOf(pictures), ...(judged && { judged }) };
  }
}

/** What objective and held-out scorer say of the held-out seeds; undefined where one of them says nothing. */
export function judgedPictures({ original, best }: HeldOutLosses): JudgedPictures | undefined {
  if (!original.judged || !best.judged) return undefined;
  return {
    objective: { original: original.losses, best: best.losses },
    judge: { original: original.judged, best: best.judged },
  };
}
