/** @file What a study computes with: evaluators and objectives of its pictures and the text gradient, with a count of what they took. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import type { ComputationCache } from './computation-cache.ts';
import { KeptTrajectories } from './kept-trajectories.ts';
import { PictureEvaluator } from './picture-evaluator.ts';
import { PromptGradient } from './prompt-gradient.ts';
import { PromptObjective } from './prompt-objective.ts';
import type { PromptVariants } from './prompt-variants.ts';
import { recordedAcceleration, stepCounts } from './recorded-acceleration.ts';
import type { ResolvedStudyOptions } from './resolve-study-options.ts';
import { SearchSampler } from './search-sampler.ts';
import type { SamplingEvent, StudyEvent } from './study-event.ts';

export interface StudyComputationOptions {
  readonly prompt: string;
  readonly variants: PromptVariants;
  readonly options: ResolvedStudyOptions;
  /** 1 to lower the loss, −1 (attack) to raise it. */
  readonly sign: 1 | -1;
  readonly emit: (event: StudyEvent) => void;
  readonly cache?: ComputationCache | undefined;
}

/** Which pictures: those of the search may be cheaper than exact ones. */
export type PicturePhase = SamplingEvent['phase'];

export class StudyComputation {
  readonly #pipeline: Pipeline;
  readonly #study: StudyComputationOptions;
  /** Undefined where the search's pictures are exact and whole. */
  readonly #sampler: SearchSampler | undefined;
  #unetCalls = 0;
  #knownPictures = 0;

  constructor(pipeline: Pipeline, study: StudyComputationOptions) {
    this.#pipeline = pipeline;
    this.#study = study;
    const { options, variants } = study;
    const original = variants.promptsOf(variants.space.slots.map(() => 0));
    const { searchSettings: settings, acceleration } = options;
    const isPaper = recordedAcceleration(pipeline, options) === undefined;
    this.#sampler = isPaper ? undefined : new SearchSampler(pipeline, { settings, original, acceleration });
  }

  /** So far; what the store knew among them. */
  get unetCalls(): number {
    return this.#unetCalls;
  }

  /** Pictures that the store knew. */
  get knownPictures(): number {
    return this.#knownPictures;
  }

  evaluatorFor(phase: PicturePhase): PictureEvaluator {
    const { prompt, options, cache } = this.#study;
    const isSearch = phase === 'search';
    return new PictureEvaluator(this.#pipeline, {
      target: prompt,
      settings: isSearch ? options.searchSettings : options.settings,
      sampler: isSearch ? this.#sampler : undefined,
      cache,
      onStep: (unetCalls) => this.#noteStep(phase, unetCalls),
      onKnown: () => {
        this.#knownPictures += 1;
      },
    });
  }

  objectiveOn(evaluator: PictureEvaluator, phase: PicturePhase): PromptObjective {
    const { prompt, variants, options, sign } = this.#study;
    const { acceleration, similarity, seeds } = options;
    const takesShortcuts = this.#sampler !== undefined && phase === 'search';
    return new PromptObjective(evaluator, {
      target: prompt,
      ...{ variants, seeds, sign },
      pictures: this.#pipeline.batchSize(options.settings),
      ...(similarity && { constraint: similarity }),
      ...(phase === 'search' && { seedLooks: options.seedLooks }),
      ...(takesShortcuts && { shortcuts: { acceleration, steps: stepCounts(this.#pipeline, options) } }),
    });
  }

  textGradient(): PromptGradient {
    const { prompt, variants, options, sign, emit, cache } = this.#study;
    const trajectories = this.#trajectories();
    return new PromptGradient(this.#pipeline, {
      target: prompt,
      ...{ variants, sign, cache },
      seeds: options.seeds,
      settings: options.searchSettings,
      exactSteps: stepCounts(this.#pipeline, options).exact,
      ...(trajectories && { trajectories }),
      gradientSteps: options.gradientSteps,
      onStep: (guidedSteps) => emit({ type: 'sampling', phase: 'search', guidedSteps }),
      onUnetCall: (pictures) => {
        this.#unetCalls += pictures;
      },
    });
  }

  /** Undefined where each gradient iteration samples its own latents. */
  #trajectories(): KeptTrajectories | undefined {
    const { seeds, searchSettings: settings, acceleration } = this.#study.options;
    const { gradientRefresh: refreshEvery } = acceleration;
    const sampler = this.#sampler;
    if (refreshEvery === 1 || sampler === undefined) return undefined;
    return new KeptTrajectories(this.#pipeline, {
      ...{ settings, seeds, refreshEvery },
      originalsAt: (...asked) => sampler.originalsAt(...asked),
    });
  }

  #noteStep(phase: PicturePhase, guidedSteps: number): void {
    this.#unetCalls += guidedSteps;
    this.#study.emit({ type: 'sampling', phase, guidedSteps });
  }
}
