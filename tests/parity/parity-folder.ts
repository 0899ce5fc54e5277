/** @file Recomputes, through the public API, everything that a reference folder's `reference.safetensors` holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type FloatTensor,
  floatTensor,
  intTensor,
  type LoadPipelineOptions,
  loadPipeline,
  type Pipeline,
  type PromptTemplate,
  RelaxedPrompt,
  readSafetensors,
  shortcutGradient,
  softmax,
  softmaxVjp,
  type Tensor,
  TorchGenerator,
} from '../../src/index.ts';

/** What `reference.json` says of the reference. */
const referenceSchema = z.object({
  prompt: z.string(),
  negative_prompt: z.string(),
  slots: z.array(z.array(z.string())),
  steps: z.int(),
  guidance_scale: z.number(),
  eta: z.number().default(0),
  tau: z.number().default(1),
  latent_size: z.int(),
  latent_seed: z.int(),
});

type Reference = z.infer<typeof referenceSchema>;

/** One tensor of the reference against ours. */
export interface ParityRow {
  readonly name: string;
  /** ‖ours − reference‖ / ‖reference‖, or the largest difference for noise and ids. */
  readonly error: number;
  readonly tolerance: number;
  readonly ok: boolean;
}

export interface ParityReport {
  readonly rows: readonly ParityRow[];
  /** Our values under the reference's names. */
  readonly values: ReadonlyMap<string, Tensor>;
}

const GRADIENT = /^grad\.i(\d+)\.k(\d+)\.(loss|x0|slot(\d+))$/;

/** Compares `folder` tensor by tensor; a tensor that nobody recomputes is a failed row, not a silent pass. */
export async function checkParity(
  folder: string,
  options: Pick<LoadPipelineOptions, 'threads'> = {},
): Promise<ParityReport> {
  const reference = referenceSchema.parse(JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')));
  const expected = await readSafetensors(join(folder, 'reference.safetensors'));
  const pipeline = await loadPipeline({ ...options, model: folder });
  try {
    const values = await new Recomputation(pipeline, reference, expected).all();
    return { rows: [...expected].map(([name, tensor]) => compare(name, tensor, values.get(name))), values };
  } finally {
    await pipeline.release();
  }
}

function compare(name: string, expected: Tensor, ours: Tensor | undefined): ParityRow {
  const tolerance = toleranceOf(name);
  if (!ours || ours.shape.join() !== expected.shape.join())
    return { name, error: Number.POSITIVE_INFINITY, tolerance, ok: false };
  const isAbsolute = name.startsWith('ids.') || name === 'latents.initial';
  const error = isAbsolute ? largestDifference(ours, expected) : relativeError(ours, expected);
  return { name, error, tolerance, ok: error <= tolerance };
}

function toleranceOf(name: string): number {
  if (name.startsWith('ids.')) return 0;
  if (name === 'latents.initial') return 1e-6;
  return /^grad\..*slot/.test(name) ? 2e-3 : 1e-4;
}

function largestDifference(a: Tensor, b: Tensor): number {
  let largest = 0;
  for (const [i, value] of a.data.entries()) largest = Math.max(largest, Math.abs(value - b.data[i]));
  return largest;
}

function relativeError(a: Tensor, b: Tensor): number {
  let [difference, norm] = [0, 0];
  for (const [i, value] of a.data.entries()) {
    difference += (value - b.data[i]) ** 2;
    norm += b.data[i] ** 2;
  }
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

class Recomputation {
  readonly #pipeline: Pipeline;
  readonly #reference: Reference;
  readonly #expected: ReadonlyMap<string, Tensor>;
  readonly #values = new Map<string, Tensor>();

  constructor(pipeline: Pipeline, reference: Reference, expected: ReadonlyMap<string, Tensor>) {
    this.#pipeline = pipeline;
    this.#reference = reference;
    this.#expected = expected;
  }

  async all(): Promise<Map<string, Tensor>> {
    const latents = this.#text();
    const contexts = await this.#contexts();
    await this.#sampling(latents, contexts);
    await this.#gradients(latents, contexts.positive);
    return this.#values;
  }

  /** Token ids, and the noise that sampling starts from. */
  #text(): FloatTensor {
    const { prompt, negative_prompt: negative, latent_seed: seed, latent_size: size } = this.#reference;
    const { tokenizer, unet } = this.#pipeline.model;
    for (const [name, text] of [
      ['ids.prompt', prompt],
      ['ids.negative', negative],
    ] as const) {
      const { ids } = tokenizer.tokenize(text);
      this.#values.set(name, intTensor([1, ids.length], ids));
    }
    const latents = new TorchGenerator(seed).randn([1, unet.config.inChannels, size, size]);
    this.#values.set('latents.initial', latents);
    return latents;
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
    this.#values.set(
      'unet.t500',
      await denoiser.output({ sample: latents, timestep: 500, context: contexts.positive }),
    );
    const trajectory = [latents];
    const settings = this.#settings();
    for (const step of this.#pipeline.ddim(settings).steps) {
      const sample = trajectory.at(-1)!;
      const output = await denoiser.guided(
        { sample, timestep: step.timestep, ...contexts },
        settings.guidanceScale,
      );
      trajectory.push(
        floatTensor(sample.shape, this.#pipeline.ddim(settings).next(step, sample.data, output)),
      );
    }
    const all = Float32Array.from(trajectory.flatMap(({ data }) => [...data]));
    this.#values.set('latents.trajectory', floatTensor([trajectory.length, ...latents.shape.slice(1)], all));
    const image = await decoder.decode(trajectory.at(-1)!);
    this.#values.set('image', image);
    this.#values.set('scorer.text', await scorer.textEmbedding(this.#reference.prompt));
    this.#values.set('scorer.image', await scorer.imageEmbedding(image));
    this.#values.set('loss', floatTensor([1], await scorer.losses(image, this.#reference.prompt)));
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
        settings: this.#settings(),
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
    return this.#reference.slots.map((_, slot) => {
      const logits = this.#given(`slot${slot}.logits`);
      const gumbel = this.#given(`slot${slot}.gumbel`);
      return softmax(
        Float64Array.from(logits.data, (value, i) => value + gumbel.data[i]),
        this.#reference.tau,
      );
    });
  }

  #given(name: string): Tensor {
    const tensor = this.#expected.get(name);
    if (!tensor) throw new Error(`The reference names a slot but has no "${name}".`);
    this.#values.set(name, tensor);
    return tensor;
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

  #settings() {
    const { steps, guidance_scale: guidanceScale, eta, latent_size: size } = this.#reference;
    const pixels = size * this.#pipeline.scaleFactor;
    return this.#pipeline.settings({ steps, guidanceScale, eta, height: pixels, width: pixels });
  }
}

function batched(context: FloatTensor): FloatTensor {
  return floatTensor([1, ...context.shape], context.data);
}
