/** @file The text gradient of a prompt search: probabilities of words in, their gradient out (paper, section 6.1 and formula 7). */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { RelaxedPrompt } from '../diffusion/relaxed-prompt.ts';
import { type Branch, type ShortcutGradient, shortcutGradient } from '../diffusion/shortcut-gradient.ts';
import type { TextGradient, TextGradientRequest, TextGradientResult } from '../search/objective.ts';
import type { SlotProbabilities } from '../search/search-space.ts';
import { concatRows, repeatRows } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
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
  /** Called after each guided step before the gradient. */
  readonly onStep?: (pictures: number) => void;
  /** Called after every guided step and backward pass, those of the gradient included. */
  readonly onUnetCall?: (pictures: number) => void;
}

export class PromptGradient implements TextGradient {
  /** Guided steps of a picture, which is what step indices count. */
  readonly steps: number;
  readonly #pipeline: Pipeline;
  readonly #options: PromptGradientOptions;
  readonly #relaxed: RelaxedPrompt;

  constructor(pipeline: Pipeline, options: PromptGradientOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.steps = pipeline.scheduler(options.settings).steps.length;
    this.#relaxed = new RelaxedPrompt(options.variants.template(pipeline.model.tokenizer));
  }

  /** The paper counts the steps before the gradient and not the few passes of the gradient itself. */
  cost(stepIndex: number): number {
    return stepIndex / this.steps;
  }

  async gradient({ probabilities, stepIndex, signal }: TextGradientRequest): Promise<TextGradientResult> {
    const { sign, seeds, variants } = this.#options;
    const contexts = await this.#contexts(probabilities);
    const size = this.#pipeline.batchSize(this.#options.settings);
    const sum = new Float32Array(contexts[variants.searched].data.length);
    let loss = 0;
    for (let start = 0; start < seeds.length; start += size) {
      const rows = seeds.slice(start, start + size);
      const result = await this.#shortcut(contexts, rows, stepIndex, signal);
      loss += (result.loss * rows.length) / seeds.length;
      result.contexts[variants.searched]!.data.forEach((value, i) => {
        sum[i] += (sign * value * rows.length) / seeds.length;
      });
    }
    const cotangent = floatTensor(contexts[variants.searched].shape, sum);
    return { loss: sign * loss, gradient: await this.#throughText(probabilities, cotangent) };
  }

  async #contexts(probabilities: SlotProbabilities): Promise<Record<Branch, FloatTensor>> {
    const { variants } = this.#options;
    const { text } = this.#pipeline;
    const original = variants.promptsOf(variants.space.slots.map(() => 0));
    const relaxed = await text.encodeRelaxed(this.#relaxed.tokens, this.#relaxed.mixture(probabilities));
    return variants.searched === 'negative'
      ? { positive: await text.encode(original.prompt), negative: relaxed }
      : { positive: relaxed, negative: await text.encode(original.negativePrompt) };
  }

  #shortcut(
    contexts: Record<Branch, FloatTensor>,
    seeds: readonly number[],
    stepIndex: number,
    signal?: AbortSignal,
  ): Promise<ShortcutGradient> {
    const { settings, gradientSteps, target, variants, onStep, onUnetCall } = this.#options;
    const starts = seeds.map((seed) => this.#pipeline.initialLatents(seed, settings));
    return shortcutGradient(this.#pipeline, {
      state: {
        latents: concatRows(starts.map(({ latents }) => latents)),
        positive: repeatRows(contexts.positive, seeds.length),
        negative: repeatRows(contexts.negative, seeds.length),
      },
      settings,
      stepIndex,
      gradientSteps,
      searched: [variants.searched],
      target,
      generators: starts.map(({ generator }) => generator),
      ...(signal && { signal }),
      ...(onStep && { onStep: () => onStep(seeds.length) }),
      ...(onUnetCall && { onUnetCall }),
    });
  }

  async #throughText(probabilities: SlotProbabilities, cotangent: FloatTensor): Promise<Float64Array[]> {
    const mixture = this.#relaxed.mixture(probabilities);
    const toMixture = await this.#pipeline.text.relaxedTranspose(this.#relaxed.tokens, mixture, cotangent);
    return this.#relaxed.transpose(probabilities, toMixture.data);
  }
}
