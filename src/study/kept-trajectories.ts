/**
 * @file Latents at which several gradient iterations are taken: those of the sampling of one relaxed prompt, or of the original. The prompt
 * moves little from one iteration to the next, and its latents at a middle step move less. They are sampled when they are first needed:
 * an iteration whose gradient is known already needs none.
 */

import { leadOn, startWith } from '../diffusion/lead-on.ts';
import type { PicturePrompts, PictureSampling } from '../diffusion/picture-sampling.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { invariant } from '../errors.ts';
import type { SlotProbabilities } from '../search/search-space.ts';

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

/** One gradient iteration. */
export interface TrajectoryRequest {
  readonly probabilities: SlotProbabilities;
  readonly stepIndex: number;
  /** The relaxed prompts of these probabilities. */
  readonly prompts: () => Promise<PicturePrompts>;
}

/** Where an iteration stands. */
export interface TrajectoryPlace {
  readonly stepIndex: number;
  /** Steps before this one were counted by earlier iterations. */
  readonly countedFrom: number;
  /** What tells the latents from all others. */
  readonly identity: unknown;
}

export interface TrajectoryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each guided step of a batch, with its pictures; not for steps that an earlier iteration counted. */
  readonly onStep?: ((pictures: number) => void) | undefined;
}

export class KeptTrajectories {
  readonly #pipeline: Pipeline;
  readonly #options: KeptTrajectoriesOptions;
  /** Of the iteration that the latents come from. */
  #source: TrajectoryRequest | undefined;
  /** How far they were counted. */
  #reached = 0;
  #pictures: readonly PictureSampling[] = [];
  #iteration = 0;

  constructor(pipeline: Pipeline, options: KeptTrajectoriesOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
  }

  /** Guided steps of each picture before the next iteration's gradient, if that is at `index`. */
  stepsBefore(index: number): number {
    if (this.#isOriginal) return 0;
    return this.#isDue ? index : Math.max(0, index - this.#reached);
  }

  /** Begins the next iteration. */
  begin(request: TrajectoryRequest): TrajectoryPlace {
    const { stepIndex } = request;
    if (this.#isOriginal) return { stepIndex, countedFrom: stepIndex, identity: 'original' };
    if (this.#isDue) {
      this.#source = request;
      this.#reached = 0;
      this.#pictures = [];
    }
    const countedFrom = this.#reached;
    this.#reached = Math.max(countedFrom, stepIndex);
    this.#iteration += 1;
    const rows = this.#source!.probabilities.map((row) => [...row]);
    return { stepIndex, countedFrom, identity: [rows, countedFrom] };
  }

  /** The pictures for that iteration, one for each seed, before its step. */
  async at(
    { stepIndex, countedFrom }: TrajectoryPlace,
    { signal, onStep }: TrajectoryOptions = {},
  ): Promise<PictureSampling[]> {
    const { seeds, settings, originalsAt } = this.#options;
    if (this.#isOriginal) return originalsAt!(seeds, stepIndex, signal);
    if (this.#pictures.length === 0) this.#pictures = await this.#started();
    const stages = [
      { until: Math.min(countedFrom, stepIndex), onStep: undefined },
      { until: stepIndex, onStep },
    ];
    for (const stage of stages)
      if (this.#pictures[0].index < stage.until)
        await leadOn(this.#pipeline, this.#pictures, { settings, signal, ...stage });
    return this.#pictures.map((picture) => picture.at(stepIndex));
  }

  get #isOriginal(): boolean {
    return this.#options.refreshEvery === Number.POSITIVE_INFINITY;
  }

  /** Whether the next iteration's latents are its own. */
  get #isDue(): boolean {
    return this.#iteration % this.#options.refreshEvery === 0;
  }

  async #started(): Promise<PictureSampling[]> {
    const { seeds, settings } = this.#options;
    invariant(this.#source !== undefined, 'no iteration has begun');
    const prompts = await this.#source.prompts();
    return seeds.map((seed) => startWith(this.#pipeline, { prompts, seed }, settings, { keepsSteps: true }));
  }
}
