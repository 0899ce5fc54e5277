/** @file Recomputes, through the public API, everything that a reference folder's `reference.safetensors` holds. */
import {
  type FloatTensor,
  floatTensor,
  intTensor,
  type Pipeline,
  type PromptTemplate,
  RelaxedPrompt,
  type SamplingSettings,
  shortcutGradient,
  softmax,
  softmaxVjp,
  type Tensor,
} from '../../src/index.ts';
import type { GivenSlot, Reference, ReferenceSettings } from './reference.ts';

const GRADIENT = /^grad\.i(\d+)\.k(\d+)\.(loss|x0|slot(\d+))$/;

export interface Recomputed {
  /** Our values under the reference's names. */
  readonly values: ReadonlyMap<string, Tensor>;
  /** The names of those that were taken from the reference. */
  readonly given: ReadonlySet<string>;
}

/** Recomputes one reference on the model of its folder. */
export class Recomputation {
  readonly #pipeline: Pipeline;
  readonly #reference: ReferenceSettings;
  readonly #expected: ReadonlyMap<string, Tensor>;
  readonly #slots: readonly GivenSlot[];
  readonly #settings: SamplingSettings;
  readonly #values = new Map<string, Tensor>();
  readonly #given = new Set<string>();

  /** @throws {DpoError} INVALID_OPTION when the model cannot sample with the reference's settings */
  constructor(pipeline: Pipeline, { settings, tensors, slots }: Reference) {
    this.#pipeline = pipeline;
    this.#reference = settings;
    this.#expected = tensors;
    this.#slots = slots;
    const { steps, guidance_scale: guidanceScale, eta, latent_size: size } = settings;
    const pixels = size * pipeline.scaleFactor;
    this.#settings = pipeline.settings({ steps, guidanceScale, eta, height: pixels, width: pixels });
  }

  async all(): Promise<Recomputed> {
    const latents = this.#text();
    const contexts = await this.#contexts();
    await this.#sampling(latents, contexts);
    await this.#gradients(latents, contexts.positive);
    return { values: this.#values, given: this.#given };
  }

  /** Token ids, and the noise that sampling starts from. */
  #text(): FloatTensor {
    const { prompt, negative_prompt: negative } = this.#reference;
    const { tokenizer } = this.#pipeline.model;
    for (const [name, text] of [
      ['ids.prompt', prompt],
      ['ids.negative', negative],
    ] as const) {
      const { ids } = tokenizer.tokenize(text);
      this.#values.set(name, intTensor([1, ids.length], ids));
    }
    const { latents } = this.#start();
    this.#values.set('latents.initial', latents);
    return latents;
  }

  /** The initial latents, and their generator, which goes on to draw the noise of stochastic steps. */
  #start() {
    return this.#pipeline.initialLatents(this.#reference.latent_seed, this.#settings);
  }

  async #contexts(): Promise<{ positive: FloatTensor; negative: FloatTensor }> {
    const positive = batched(await this.#pipeline.text.encode(this.#reference.prompt));
    const negative = batched(await this.#pipeline.text.encode(this.#reference.negative_prompt));
    this.#values.set('context.prompt', positive);
    this.#values.set('context.negative', negative);
    return { positive, negative };
  }

  async #sampling(
    latents: FloatTensor,
    contexts: { positive: FloatTensor; negative: FloatTensor },
  ): Promise<void> {
    const { denoiser, decoder, scorer } = this.#pipeline;
    const clip = scorer.clip!;
    this.#values.set(
      'unet.t500',
      await denoiser.output({ sample: latents, timestep: 500, context: contexts.positive }),
    );
    const trajectory = await this.#trajectory(latents, contexts);
    const all = Float32Array.from(trajectory.flatMap(({ data }) => [...data]));
    this.#values.set('latents.trajectory', floatTensor([trajectory.length, ...latents.shape.slice(1)], all));
    const image = await decoder.decode(trajectory.at(-1)!);
    this.#values.set('image', image);
    this.#values.set('scorer.text', await clip.textEmbedding(this.#reference.prompt));
    this.#values.set('scorer.image', await clip.imageEmbedding(image));
    this.#values.set('loss', floatTensor([1], await clip.losses(image, this.#reference.prompt)));
  }

  async #trajectory(
    latents: FloatTensor,
    contexts: { positive: FloatTensor; negative: FloatTensor },
  ): Promise<FloatTensor[]> {
    const trajectory = [latents];
    const ddim = this.#pipeline.ddim(this.#settings);
    const { generator } = this.#start();
    for (const step of ddim.steps) {
      const sample = trajectory.at(-1)!;
      const inputs = { sample, timestep: step.timestep, ...contexts };
      const output = await this.#pipeline.denoiser.guided(inputs, this.#settings.guidanceScale);
      const noise = step.sigma > 0 ? generator.randn(sample.shape).data : undefined;
      trajectory.push(floatTensor(sample.shape, ddim.next(step, sample.data, output, noise)));
    }
    return trajectory;
  }

  /** The shortcut text gradient with respect to the logits of every slot of the negative prompt. */
  async #gradients(latents: FloatTensor, positive: FloatTensor): Promise<void> {
    const { text } = this.#pipeline;
    const probabilities = this.#probabilities();
    const relaxed = new RelaxedPrompt(this.#template());
    const mixture = relaxed.mixture(probabilities);
    const negative = batched(await text.encodeRelaxed(relaxed.tokens, mixture));
    this.#values.set('context.relaxed', negative);
    for (const { stepIndex, gradientSteps } of this.#gradientPlaces()) {
      const prefix = `grad.i${stepIndex}.k${gradientSteps}`;
      const { loss, original, contexts } = await shortcutGradient(this.#pipeline, {
        state: { latents, positive, negative },
        settings: this.#settings,
        generators: [this.#start().generator],
        stepIndex,
        gradientSteps,
        searched: ['negative'],
        target: this.#reference.prompt,
      });
      this.#values.set(`${prefix}.loss`, floatTensor([1], [loss]));
      this.#values.set(`${prefix}.x0`, original);
      const toMixture = await text.relaxedTranspose(relaxed.tokens, mixture, contexts.negative!);
      for (const [slot, row] of relaxed.transpose(probabilities, toMixture.data).entries()) {
        const gradient = softmaxVjp(probabilities[slot], row, this.#reference.tau);
        this.#values.set(
          `${prefix}.slot${slot}`,
          floatTensor([gradient.length], Float32Array.from(gradient)),
        );
      }
    }
  }

  /** `softmax((logits + gumbel) / tau)` of the distributions that the reference gives. */
  #probabilities(): Float64Array[] {
    return this.#slots.map(({ logits, gumbel }, slot) => {
      this.#take(`slot${slot}.logits`, logits);
      this.#take(`slot${slot}.gumbel`, gumbel);
      return softmax(
        Float64Array.from(logits.data, (value, i) => value + gumbel.data[i]),
        this.#reference.tau,
      );
    });
  }

  #take(name: string, tensor: Tensor): void {
    this.#given.add(name);
    this.#values.set(name, tensor);
  }

  #template(): PromptTemplate {
    const { tokenizer } = this.#pipeline.model;
    return {
      pieces: this.#reference.slots.map((words) => ({
        kind: 'slot',
        choices: words.map((word) => tokenizer.encode(word)),
      })),
      separator: tokenizer.encode(','),
      special: { bos: tokenizer.bosTokenId, eos: tokenizer.eosTokenId, pad: tokenizer.padTokenId },
      length: tokenizer.maxLength,
    };
  }

  #gradientPlaces(): { stepIndex: number; gradientSteps: number }[] {
    const places = new Map<string, { stepIndex: number; gradientSteps: number }>();
    for (const name of this.#expected.keys()) {
      const match = GRADIENT.exec(name);
      if (match)
        places.set(`${match[1]} ${match[2]}`, {
          stepIndex: Number(match[1]),
          gradientSteps: Number(match[2]),
        });
    }
    return [...places.values()];
  }
}

function batched(context: FloatTensor): FloatTensor {
  return floatTensor([1, ...context.shape], context.data);
}
