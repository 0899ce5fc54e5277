/** @file The text gradient of a prompt where a search would begin: at one Gumbel sample of the words, with respect to their logits. */
import { resolveSearchOptions } from '../../search/search-options.ts';
import type { SlotProbabilities } from '../../search/search-space.ts';
import { WordDistribution } from '../../search/word-distribution.ts';
import { openComputationCache } from '../../study/computation-cache.ts';
import { PromptGradient, type PromptGradientOptions } from '../../study/prompt-gradient.ts';
import { promptVariants } from '../../study/prompt-variants.ts';
import { DEFAULT_SEEDS } from '../../study/resolve-study-options.ts';
import { buildStudySpace } from '../../study/study-space.ts';
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';
import type { JobContext, ResolvedJob } from './job-context.ts';

export interface ProbedGradient {
  /** d loss / d logits, all slots one after the other. */
  readonly values: readonly number[];
  readonly unetCalls: number;
}

/** The same search seed gives the same sample, whatever is asked of it. */
export class GradientProbe {
  readonly #context: JobContext;
  readonly #distribution: WordDistribution;
  readonly #relaxed: SlotProbabilities;
  readonly #options: Omit<PromptGradientOptions, 'gradientSteps'>;
  /** Timesteps of the guided steps, the noisiest first. */
  readonly timesteps: readonly number[];

  constructor(context: JobContext, { options, spec, prompt, searchSeed }: ResolvedJob) {
    const { pipeline } = context;
    const settings = pipeline.settings(options);
    const space = buildStudySpace(pipeline, prompt, { ...options, task: spec.task });
    const variants = promptVariants(space, options.negativePrompt);
    const { gradient } = resolveSearchOptions({ gradient: options.gradient ?? {} });
    this.#context = context;
    this.#distribution = new WordDistribution(variants.space, gradient);
    this.#relaxed = this.#distribution.relax(
      this.#distribution.sampleGumbel(new MersenneTwister(searchSeed)),
    );
    this.timesteps = pipeline.scheduler(settings).steps.map(({ timestep }) => timestep);
    const seeds = options.seeds ?? DEFAULT_SEEDS;
    this.#options = { target: prompt, variants, seeds, settings, sign: spec.task === 'improve' ? 1 : -1 };
  }

  /** Through `gradientSteps` steps from `stepIndex`; from the store where it is known and may be. */
  async at(stepIndex: number, gradientSteps: number, { mayBeKnown = true } = {}): Promise<ProbedGradient> {
    const { pipeline, store, signal } = this.#context;
    let unetCalls = 0;
    const text = new PromptGradient(pipeline, {
      ...this.#options,
      gradientSteps,
      cache: mayBeKnown ? await openComputationCache(pipeline, store) : undefined,
      onUnetCall: (pictures) => {
        unetCalls += pictures;
      },
    });
    const { gradient } = await text.gradient({ probabilities: this.#relaxed, stepIndex, signal });
    const rows = this.#distribution.logitGradient([...this.#relaxed], gradient);
    return { values: rows.flatMap((row) => [...row]), unetCalls };
  }
}
