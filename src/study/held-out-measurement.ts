/** @file The original and the best on seeds that the search never saw. */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import type { HeldOutJudge, JudgedPictures } from './held-out-judge.ts';
import { isOriginalBest } from './is-original-best.ts';
import { pictureEvents } from './picture-events.ts';
import { pictureFault } from './picture-fault.ts';
import type { PromptPair } from './prompt-variants.ts';
import type { LossesByScorer } from './scorer-losses.ts';
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
  /** The user's prompt, which pictures are compared with. */
  readonly target: string;
  readonly seeds: readonly number[];
  readonly settings: SamplingSettings;
  readonly signal: AbortSignal;
  readonly emit: (event: StudyEvent) => void;
  readonly judge?: HeldOutJudge;
  /** Called after each guided step of a batch of pictures. */
  readonly onStep: (pictures: number) => void;
}

export class HeldOutMeasurement {
  readonly #pipeline: Pipeline;
  readonly #options: HeldOutOptions;

  constructor(pipeline: Pipeline, options: HeldOutOptions) {
    this.#pipeline = pipeline;
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
    const { target, seeds, settings, signal, emit, onStep, judge } = this.#options;
    const { prompt, negativePrompt } = pair;
    const images = await this.#pipeline.generate(
      seeds.map((seed) => ({ prompt, negativePrompt, seed })),
      { ...settings, signal, onStep: ({ pictures }) => onStep(pictures) },
    );
    const { losses, byScorer } = await this.#pipeline.scorer.losses(images, target);
    for (const event of pictureEvents({ which, pair, heldOut: true, seeds, images, losses })) emit(event);
    const fault = pictureFault(images, losses, this.#pipeline.execution.precision);
    if (fault !== undefined) {
      emit({ type: 'warning', message: `On the held-out seeds ${fault}, so nothing is said of them.` });
      return undefined;
    }
    const judged = await judge?.losses(images, target);
    return { losses, byScorer, ...(judged && { judged }) };
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
