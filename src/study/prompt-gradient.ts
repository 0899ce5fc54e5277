/** @file The text gradient of a prompt search: probabilities of words in, their gradient out (paper, section 6.1 and formula 7). */
import {
  addConditioning,
  type Branch,
  type Conditioning,
  mapConditioning,
} from '../diffusion/conditioning.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { type ShortcutGradient, shortcutGradient } from '../diffusion/shortcut-gradient.ts';
import type { RelaxedText } from '../diffusion/text-encoding.ts';
import type { TextGradient, TextGradientRequest, TextGradientResult } from '../search/objective.ts';
import type { SlotProbabilities } from '../search/search-space.ts';
import { concatRows, repeatRows } from '../tensor/stack.ts';
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

  /** The paper counts the steps before the gradient and not the few passes of the gradient itself. */
  cost(stepIndex: number): number {
    return stepIndex / this.steps;
  }

  async gradient({ probabilities, stepIndex, signal }: TextGradientRequest): Promise<TextGradientResult> {
    const { sign, seeds } = this.#options;
    const prompts = await this.#prompts(probabilities);
    const size = this.#pipeline.batchSize(this.#options.settings);
    const sums = new Map<Branch, Conditioning>();
    let loss = 0;
    for (let start = 0; start < seeds.length; start += size) {
      const rows = seeds.slice(start, start + size);
      const result = await this.#shortcut(prompts, rows, stepIndex, signal);
      const share = rows.length / seeds.length;
      loss += share * result.loss;
      for (const branch of this.#relaxed.keys())
        sums.set(branch, addConditioning(sums.get(branch), result.gradients[branch]!, sign * share));
    }
    return { loss: sign * loss, gradient: await this.#toProbabilities(probabilities, sums) };
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
    stepIndex: number,
    signal?: AbortSignal,
  ): Promise<ShortcutGradient> {
    const { settings, gradientSteps, target, variants, onStep, onUnetCall } = this.#options;
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
      stepIndex,
      gradientSteps,
      searched: variants.searched,
      target,
      generators: starts.map(({ generator }) => generator),
      ...(signal && { signal }),
      ...(onStep && { onStep: () => onStep(seeds.length) }),
      ...(onUnetCall && { onUnetCall }),
    });
  }
}
