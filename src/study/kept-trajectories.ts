/**
 * @file Latents at which several gradient iterations are taken: those of the sampling of one relaxed prompt, or of the original. The prompt
 * moves little from one iteration to the next, and its latents at a middle step move less.
 */
import { leadOn, startWith } from '../diffusion/lead-on.ts';
import type { PicturePrompts, PictureSampling } from '../diffusion/picture-sampling.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';

export interface KeptTrajectoriesOptions {
  readonly settings: SamplingSettings;
  readonly seeds: readonly number[];
  /** Iterations that share one sampling; at least 2, or `Infinity` for the original's. */
  readonly refreshEvery: number;
  /** The original's pictures before a step, one for each seed. Needed with `Infinity`. */
  readonly originalsAt?: (
    seeds: readonly number[],
    index: number,
    signal?: AbortSignal,
  ) => Promise<PictureSampling[]>;
}

export interface TrajectoryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each guided step of a batch, with its pictures. */
  readonly onStep?: ((pictures: number) => void) | undefined;
}

export class KeptTrajectories {
  readonly #pipeline: Pipeline;
  readonly #options: KeptTrajectoriesOptions;
  #pictures: readonly PictureSampling[] = [];
  #iteration = 0;

  constructor(pipeline: Pipeline, options: KeptTrajectoriesOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
  }

  /** Whether the next iteration samples anew. */
  get isDue(): boolean {
    const { refreshEvery } = this.#options;
    return refreshEvery !== Number.POSITIVE_INFINITY && this.#iteration % refreshEvery === 0;
  }

  /** Guided steps of each picture before the next iteration's gradient, if that is at `index`. */
  stepsBefore(index: number): number {
    if (this.isDue) return index;
    const [first] = this.#pictures;
    return first === undefined ? 0 : Math.max(0, index - first.index);
  }

  /** The pictures for the next iteration, one for each seed, before step `index`: of `prompts` where a sampling is due. */
  async next(
    prompts: PicturePrompts,
    index: number,
    options: TrajectoryOptions = {},
  ): Promise<PictureSampling[]> {
    const { seeds, settings, refreshEvery, originalsAt } = this.#options;
    if (refreshEvery === Number.POSITIVE_INFINITY) return originalsAt!(seeds, index, options.signal);
    const pictures = this.isDue
      ? seeds.map((seed) => startWith(this.#pipeline, { prompts, seed }, settings, { keepsSteps: true }))
      : this.#pictures;
    if (pictures[0].index < index)
      await leadOn(this.#pipeline, pictures, { settings, until: index, ...options });
    this.#pictures = pictures;
    this.#iteration += 1;
    return pictures.map((picture) => picture.at(index));
  }
}
