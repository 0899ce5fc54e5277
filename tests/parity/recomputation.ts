/** @file Recomputes, through the public API, everything that a reference folder's `reference.safetensors` holds. */
import {
  type Branch,
  type Conditioning,
  type FloatTensor,
  floatTensor,
  intTensor,
  mapConditioning,
  type Pipeline,
  type PromptTemplate,
  type SamplingSettings,
  shortcutGradient,
  softmax,
  softmaxVjp,
  type Tensor,
  timeIdsOf,
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
    const prompts = await this.#prompts();
    await this.#sampling(latents, prompts);
    await this.#gradients(latents, prompts.positive);
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

  async #prompts(): Promise<Record<Branch, Conditioning>> {
    const { text } = this.#pipeline;
    const positive = batched(await text.encode(this.#reference.prompt));
    const negative = batched(await text.encode(this.#reference.negative_prompt, 'negative'));
    this.#setConditioning('prompt', positive);
    this.#setConditioning('negative', negative);
    return { positive, negative };
  }

  #setConditioning(name: string, { context, pooled }: Conditioning): void {
    this.#values.set(`context.${name}`, context);
    if (pooled) this.#values.set(`pooled.${name}`, pooled);
  }

  /** What the UNet is told beside latents, timestep and prompt. */
  #sizes(): { timeIds?: readonly number[] } {
    const timeIds = timeIdsOf(this.#settings);
    return timeIds ? { timeIds } : {};
  }

  async #sampling(latents: FloatTensor, prompts: Record<Branch, Conditioning>): Promise<void> {
    const { denoiser, decoder, scorer } = this.#pipeline;
    const clip = scorer.clip!;
    this.#values.set(
      'unet.t500',
      await denoiser.output({ sample: latents, timestep: 500, ...prompts.positive, ...this.#sizes() }),
    );
    const trajectory = await this.#trajectory(latents, prompts);
    const all = Float32Array.from(trajectory.flatMap(({ data }) => [...data]));
    this.#values.set('latents.trajectory', floatTensor([trajectory.length, ...latents.shape.slice(1)], all));
    const image = await decoder.decode(trajectory.at(-1)!);
    this.#values.set('image', image);
    this.#values.set('scorer.text', await clip.textEmbedding(this.#reference.prompt));
    this.#values.set('scorer.image', await clip.imageEmbedding(image));
    this.#values.set('loss', floatTensor([1], await clip.losses(image, this.#reference.prompt)));
  }

  async #trajectory(latents: FloatTensor, prompts: Record<Branch, Conditioning>): Promise<FloatTensor[]> {
    const trajectory = [latents];
    const scheduler = this.#pipeline.scheduler(this.#settings);
    const run = scheduler.start(latents.data);
    const { generator } = this.#start();
    for (const [index, { timestep }] of scheduler.steps.entries()) {
      const sample = floatTensor(latents.shape, run.input);
      const inputs = { sample, timestep, ...prompts, ...this.#sizes() };
      const output = await this.#pipeline.denoiser.guided(inputs, this.#settings.guidanceScale);
      const noise = scheduler.noiseScale(index) > 0 ? generator.randn(latents.shape).data : undefined;
      trajectory.push(floatTensor(latents.shape, run.advance(output, noise)));
    }
    return trajectory;
  }

  /** The shortcut text gradient with respect to the logits of every slot of the negative prompt. */
  async #gradients(latents: FloatTensor, positive: Conditioning): Promise<void> {
    const { text } = this.#pipeline;
    const probabilities = this.#probabilities();
    const relaxed = text.relax((tokenizer) => this.#template(tokenizer), 'negative');
    const negative = batched(await text.encodeRelaxed(relaxed, probabilities));
    this.#setConditioning('relaxed', negative);
    for (const { stepIndex, gradientSteps } of this.#gradientPlaces()) {
      const prefix = `grad.i${stepIndex}.k${gradientSteps}`;
      const { loss, original, gradients } = await shortcutGradient(this.#pipeline, {
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
      const rows = await text.relaxedTranspose(relaxed, probabilities, gradients.negative!);
      for (const [slot, row] of rows.entries()) {
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

  #template(tokenizer: Pipeline['text']['tokenizers'][number]): PromptTemplate {
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

function batched(conditioning: Conditioning): Conditioning {
  return mapConditioning(conditioning, ({ shape, data }) => floatTensor([1, ...shape], data));
}
