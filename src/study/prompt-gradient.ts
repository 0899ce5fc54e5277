/** @file The text gradient of a prompt search: probabilities of words in, their gradient out (paper, section 6.1 and formula 7). */
import {
  addConditioning,
  type Branch,
  type Conditioning,
  mapConditioning,
} from '../diffusion/conditioning.ts';
import type { PictureSampling } from '../diffusion/picture-sampling.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import {
  type ShortcutGradient,
  type ShortcutGradientRequest,
  shortcutGradient,
} from '../diffusion/shortcut-gradient.ts';
import type { RelaxedText } from '../diffusion/text-encoding.ts';
import type { TextGradient, TextGradientRequest, TextGradientResult } from '../search/objective.ts';
import type { SlotProbabilities } from '../search/search-space.ts';
import { concatRows, repeatRows } from '../tensor/stack.ts';
import type { ComputationCache } from './computation-cache.ts';
import { digest } from './digest.ts';
import type { KeptTrajectories, TrajectoryPlace } from './kept-trajectories.ts';
import type { PromptVariants } from './prompt-variants.ts';

export interface PromptGradientOptions {
  /** The user's prompt, which pictures are compared with. */
  readonly target: string;
  readonly variants: PromptVariants;
  readonly seeds: readonly number[];
  readonly settings: SamplingSettings;
  readonly gradientSteps: number;
  /** 1 to lower the loss, −1 (attack) to raise it. */
  readonly sign: 1 | -1;
  /** Guided steps of one evaluation, in which costs are counted. @default those of `settings` */
  readonly exactSteps?: number;
  /** Where several iterations share the latents of one sampling. @default each samples its own, as in the paper */
  readonly trajectories?: KeptTrajectories;
  /** Called after each guided step before the gradient. */
  readonly onStep?: (pictures: number) => void;
  /** Called after every guided step and backward pass, those of the gradient included. */
  readonly onUnetCall?: (pictures: number) => void;
  /** What was computed before. @default everything is computed */
  readonly cache?: ComputationCache | undefined;
}

export class PromptGradient implements TextGradient {
  /** Guided steps of a picture, which is what step indices count. */
  readonly steps: number;
  readonly #pipeline: Pipeline;
  readonly #options: PromptGradientOptions;
  /** So far: guided steps before gradients, and UNet calls in all. */
  readonly #effort = { guidedSteps: 0, unetCalls: 0 };
  /** For each searched branch. */
  readonly #relaxed: ReadonlyMap<Branch, RelaxedText>;

  constructor(pipeline: Pipeline, options: PromptGradientOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.steps = pipeline.scheduler(options.settings).steps.length;
    const { variants } = options;
    const relax = (branch: Branch) =>
      pipeline.text.relax((tokenizer) => variants.template(tokenizer, branch), branch);
    this.#relaxed = new Map(variants.searched.map((branch) => [branch, relax(branch)]));
  }

  /**
   * The paper counts the steps before the gradient and not the few passes of the gradient itself. Where latents are kept these are most
   * of what there is, so that they count.
   */
  cost(stepIndex: number): number {
    const { trajectories, exactSteps = this.steps } = this.#options;
    const calls = trajectories ? trajectories.stepsBefore(stepIndex) + this.#passes : stepIndex;
    return calls / exactSteps;
  }

  /** UNet calls of a gradient itself: each step there, and back through both branches, at the first step through the searched ones alone. */
  get #passes(): number {
    const { gradientSteps, settings, variants } = this.#options;
    const branches = settings.guidanceScale === 1 ? 1 : 2;
    const first = Math.min(branches, variants.searched.length);
    return gradientSteps + branches * (gradientSteps - 1) + first;
  }

  /** What the store knows is not computed again, but counted as if it were. */
  async gradient(request: TextGradientRequest): Promise<TextGradientResult> {
    const { cache, onStep, onUnetCall, trajectories } = this.#options;
    const { probabilities, stepIndex } = request;
    const prompts = () => this.#prompts(probabilities);
    const place = trajectories?.begin({ probabilities, stepIndex, prompts });
    const key = await this.#keyOf(request, place);
    const known = key === undefined ? undefined : cache?.findGradient(key);
    if (known === undefined) return this.#computed(request, key, place);
    onStep?.(known.guidedSteps);
    onUnetCall?.(known.unetCalls);
    return { loss: known.loss ?? Number.NaN, gradient: rowsLike(request.probabilities, known.gradient) };
  }

  async #computed(
    request: TextGradientRequest,
    key: string | undefined,
    place: TrajectoryPlace | undefined,
  ): Promise<TextGradientResult> {
    const before = { ...this.#effort };
    const result = await this.#gradient(request, place);
    if (key === undefined) return result;
    const { guidedSteps, unetCalls } = this.#effort;
    this.#options.cache?.addGradient(key, {
      loss: result.loss,
      gradient: Float64Array.from(result.gradient.flatMap((row) => [...row])),
      guidedSteps: guidedSteps - before.guidedSteps,
      unetCalls: unetCalls - before.unetCalls,
    });
    return result;
  }

  /** All that the gradient depends on; undefined without a store, and where a scorer does not say what it is. */
  async #keyOf(
    { probabilities, stepIndex }: TextGradientRequest,
    place: TrajectoryPlace | undefined,
  ): Promise<string | undefined> {
    const { cache, target, variants, seeds, settings, gradientSteps, sign } = this.#options;
    if (cache === undefined) return undefined;
    const scorers: unknown[] = [];
    for (const { scorer, weight } of this.#pipeline.scorer.scorers) {
      const key = await cache.scoreKey(scorer, target);
      if (key === undefined) return undefined;
      scorers.push([key, weight]);
    }
    const templates = variants.searched.map((branch) =>
      this.#pipeline.text.tokenizers.map((tokenizer) => variants.template(tokenizer, branch)),
    );
    const original = variants.promptsOf(variants.space.slots.map(() => 0));
    const prompts = [original.prompt, original.negativePrompt].map((prompt) => cache.tokensOf(prompt));
    const words = [variants.space, variants.searched, templates, prompts];
    const rows = probabilities.map((row) => [...row]);
    const sampling = [seeds, settings, gradientSteps, stepIndex, sign];
    const latents = place ? [place.identity] : [];
    return digest([cache.pipelineFingerprint, scorers, words, sampling, rows, ...latents]);
  }

  async #gradient(
    { probabilities, stepIndex, signal }: TextGradientRequest,
    place: TrajectoryPlace | undefined,
  ): Promise<TextGradientResult> {
    const { sign, seeds } = this.#options;
    const prompts = await this.#prompts(probabilities);
    const kept = place && (await this.#kept(place, signal));
    const size = this.#pipeline.batchSize(this.#options.settings);
    const sums = new Map<Branch, Conditioning>();
    let loss = 0;
    for (let start = 0; start < seeds.length; start += size) {
      const rows = seeds.slice(start, start + size);
      const result = await this.#shortcut(prompts, rows, {
        stepIndex,
        ...(signal && { signal }),
        ...(kept && { start: kept.slice(start, start + size) }),
      });
      const share = rows.length / seeds.length;
      loss += share * result.loss;
      for (const branch of this.#relaxed.keys())
        sums.set(branch, addConditioning(sums.get(branch), result.gradients[branch]!, sign * share));
    }
    return { loss: sign * loss, gradient: await this.#toProbabilities(probabilities, sums) };
  }

  /** Pictures of an earlier sampling, one for each seed. */
  #kept(place: TrajectoryPlace, signal: AbortSignal | undefined): Promise<readonly PictureSampling[]> {
    const onStep = (pictures: number) => {
      this.#noteCalls(pictures);
      this.#noteSteps(pictures);
    };
    return this.#options.trajectories!.at(place, { signal, onStep });
  }

  #noteSteps(pictures: number): void {
    this.#effort.guidedSteps += pictures;
    this.#options.onStep?.(pictures);
  }

  #noteCalls(pictures: number): void {
    this.#effort.unetCalls += pictures;
    this.#options.onUnetCall?.(pictures);
  }

  /** Each slot belongs to one branch, from which its gradient comes. */
  async #toProbabilities(
    probabilities: SlotProbabilities,
    sums: ReadonlyMap<Branch, Conditioning>,
  ): Promise<SlotProbabilities> {
    const { variants } = this.#options;
    const gradient = probabilities.map((row) => new Float64Array(row.length));
    for (const [branch, relaxed] of this.#relaxed) {
      const rows = this.#rowsOf(branch, probabilities);
      const found = await this.#pipeline.text.relaxedTranspose(relaxed, rows, sums.get(branch)!);
      for (const [i, slot] of variants.slotsOf(branch).entries()) gradient[slot].set(found[i]);
    }
    return gradient;
  }

  #rowsOf(branch: Branch, probabilities: SlotProbabilities): SlotProbabilities {
    return this.#options.variants.slotsOf(branch).map((slot) => probabilities[slot]);
  }

  async #prompts(probabilities: SlotProbabilities): Promise<Record<Branch, Conditioning>> {
    const { variants } = this.#options;
    const { text } = this.#pipeline;
    const original = variants.promptsOf(variants.space.slots.map(() => 0));
    const texts = { positive: original.prompt, negative: original.negativePrompt };
    const promptOf = (branch: Branch) => {
      const relaxed = this.#relaxed.get(branch);
      if (relaxed === undefined) return text.encode(texts[branch], branch);
      return text.encodeRelaxed(relaxed, this.#rowsOf(branch, probabilities));
    };
    return { positive: await promptOf('positive'), negative: await promptOf('negative') };
  }

  #shortcut(
    prompts: Record<Branch, Conditioning>,
    seeds: readonly number[],
    where: Pick<ShortcutGradientRequest, 'stepIndex' | 'signal' | 'start'>,
  ): Promise<ShortcutGradient> {
    const { settings, gradientSteps, target, variants } = this.#options;
    const repeated = (branch: Branch) =>
      mapConditioning(prompts[branch], (tensor) => repeatRows(tensor, seeds.length));
    const starts = seeds.map((seed) => this.#pipeline.initialLatents(seed, settings));
    return shortcutGradient(this.#pipeline, {
      state: {
        latents: concatRows(starts.map(({ latents }) => latents)),
        positive: repeated('positive'),
        negative: repeated('negative'),
      },
      settings,
      ...where,
      gradientSteps,
      searched: variants.searched,
      target,
      generators: starts.map(({ generator }) => generator),
      onStep: () => this.#noteSteps(seeds.length),
      onUnetCall: (pictures) => this.#noteCalls(pictures),
    });
  }
}

/** `values`, one after the other, in rows of the same lengths as `like`. */
function rowsLike(like: SlotProbabilities, values: Float64Array): SlotProbabilities {
  let start = 0;
  return like.map((row) => {
    start += row.length;
    return values.slice(start - row.length, start);
  });
}
