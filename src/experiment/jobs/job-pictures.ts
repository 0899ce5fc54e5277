/** @file Pictures of a job that no study samples: through the store's cache, with what the judges say of them. */
import type { SamplingSettings } from '../../diffusion/pipeline.ts';
import { openComputationCache } from '../../study/computation-cache.ts';
import { PictureEvaluator, type PictureEvaluatorOptions } from '../../study/picture-evaluator.ts';
import type { PromptPair } from '../../study/prompt-variants.ts';
import type { MeasuredPrompts } from '../experiment-row.ts';
import type { JobContext } from './job-context.ts';
import { type WorldJudge, worldJudge } from './world-judge.ts';

export interface JudgedPicture {
  readonly seed: number;
  readonly negativePrompt: string;
  /** Not finite where it cannot be scored. */
  readonly loss: number;
  readonly judgedLoss?: number;
  readonly hits?: readonly boolean[];
  /** Content hash in the store; empty where the picture holds no numbers. */
  readonly image: string;
}

export type PictureWish = PromptPair & { readonly seed: number };

export class JobPictures {
  readonly #context: JobContext;
  readonly #evaluator: PictureEvaluator;
  readonly #judge: WorldJudge | undefined;
  readonly #stepsPerPicture: number;
  /** UNet calls of all pictures so far, those that the store knew among them. */
  unetCalls = 0;

  private constructor(context: JobContext, options: PictureEvaluatorOptions) {
    const { pipeline } = context;
    const { target, settings } = options;
    this.#context = context;
    this.#evaluator = new PictureEvaluator(pipeline, options);
    this.#judge = worldJudge(pipeline, target);
    this.#stepsPerPicture = pipeline.scheduler(settings).steps.length;
  }

  /**
   * To be opened when a study of the job is done: the memory that it found may have changed how the pipeline computes.
   * @param target the user's prompt
   */
  static async open(context: JobContext, target: string, settings: SamplingSettings): Promise<JobPictures> {
    const cache = await openComputationCache(context.pipeline, context.store);
    return new JobPictures(context, { settings, target, cache });
  }

  /** In the order of the wishes. */
  async sample(wishes: readonly PictureWish[]): Promise<JudgedPicture[]> {
    const { pipeline, signal } = this.#context;
    const pictures = await this.#evaluator.evaluate(wishes, { signal });
    this.unetCalls += wishes.length * this.#stepsPerPicture;
    const { heldOutScorer } = pipeline;
    const judged = heldOutScorer && (await this.#evaluator.lossesBy(heldOutScorer, pictures));
    const result: JudgedPicture[] = [];
    for (const [i, { request, loss, fault, imageHash, sampled }] of pictures.entries()) {
      result.push({
        seed: request.seed,
        negativePrompt: request.negativePrompt,
        loss: fault === null ? loss : Number.NaN,
        ...(judged && { judgedLoss: heldOutScorer.total(judged.map((losses) => losses[i])) }),
        ...(this.#judge && fault === null && { hits: this.#judge(await sampled.image()) }),
        image: imageHash ?? '',
      });
    }
    return result;
  }

  /** One pair of prompts on the seeds. */
  async measure(pair: PromptPair, seeds: readonly number[]): Promise<MeasuredPrompts> {
    const pictures = await this.sample(seeds.map((seed) => ({ ...pair, seed })));
    return { ...measuredOf(pair, pictures), heldOutLosses: [], heldOutImages: [] };
  }
}

/** What pictures of one pair say on the searched seeds. */
export function measuredOf(
  { prompt, negativePrompt }: PromptPair,
  pictures: readonly JudgedPicture[],
): Pick<MeasuredPrompts, 'prompt' | 'negativePrompt' | 'losses' | 'judgedLosses' | 'hits' | 'images'> {
  const judged = pictures.map(({ judgedLoss }) => judgedLoss);
  const hits = pictures.map((picture) => picture.hits);
  return {
    prompt,
    negativePrompt,
    losses: pictures.map(({ loss }) => loss),
    ...(isWhole(judged) && { judgedLosses: judged }),
    ...(isWhole(hits) && { hits }),
    images: pictures.map(({ image }) => image),
  };
}

function isWhole<T>(values: readonly (T | undefined)[]): values is readonly T[] {
  return values.every((value) => value !== undefined);
}
