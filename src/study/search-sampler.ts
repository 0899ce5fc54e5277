/**
 * @file Samples the pictures of a search as its options say: from the original's latents at some step, with the original's positive
 * branch, to an early look or whole. What was sampled to a look is gone on from there; what is no more in memory is sampled again,
 * bit for bit the same, and not counted twice.
 */
import { leadOn, startPicture } from '../diffusion/lead-on.ts';
import type { PictureSampling } from '../diffusion/picture-sampling.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { invariant } from '../errors.ts';
import { concatRows } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { Acceleration } from './acceleration-options.ts';
import type { PromptPair } from './prompt-variants.ts';
import { candidateCalls } from './search-costs.ts';

export interface SearchSamplerOptions {
  readonly settings: SamplingSettings;
  readonly original: PromptPair;
  readonly acceleration: Acceleration;
}

/** A picture that is wanted. */
interface SampledRequest extends PromptPair {
  readonly seed: number;
}

export interface SearchSamplingOptions {
  /** Index of the look at which the sampling stops; null for whole pictures. */
  readonly look: number | null;
  readonly signal?: AbortSignal | undefined;
  /** Called after each step of a batch, with the UNet calls that are counted for it. */
  readonly onStep?: ((unetCalls: number) => void) | undefined;
}

/** Pictures at a look that are kept, so that going on is cheap. An older one is sampled again where it is asked for. */
const KEPT_PICTURES = 128;

export class SearchSampler {
  readonly #pipeline: Pipeline;
  readonly #options: SearchSamplerOptions;
  /** Guided steps of a whole picture. */
  readonly steps: number;
  /** The original's by seed: at every step, and at the end. */
  readonly #originals = new Map<number, PictureSampling>();
  /** Pictures that stopped at a look. */
  readonly #kept = new Map<string, PictureSampling>();

  constructor(pipeline: Pipeline, options: SearchSamplerOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.steps = pipeline.scheduler(options.settings).steps.length;
  }

  /** Whether whole pictures are those that the settings alone would give. */
  get isExact(): boolean {
    const { prefix, positiveFrom } = this.#options.acceleration;
    return prefix === 0 && positiveFrom === 0;
  }

  /** What tells a picture from the one that settings, prompts and seed alone would give; undefined where it is that one. */
  variantOf(request: PromptPair, look: number | null): object | undefined {
    const { acceleration, original } = this.#options;
    const { prefix, positiveFrom } = acceleration;
    const at = look === null ? {} : { estimateAt: acceleration.looks[look] };
    if (this.isExact || this.#isOriginal(request)) return look === null ? undefined : at;
    return { ...at, prefix, positiveFrom, original };
  }

  /** UNet calls that are counted for one picture at `look`, since the look before it. */
  callsOf(request: PromptPair, look: number | null): number {
    return this.#callsBetween(request, this.#countedFrom(request, look), this.#until(look));
  }

  /** Final latents `[N, 4, h, w]` of the requests in their order; at a look, those that it estimates. */
  async latents(requests: readonly SampledRequest[], options: SearchSamplingOptions): Promise<FloatTensor> {
    const until = this.#until(options.look);
    if (this.#needsOriginals) await this.#sampleOriginals(requests, options);
    const pictures: PictureSampling[] = [];
    for (const request of requests) pictures.push(await this.#pictureOf(request));
    await this.#leadAll(requests, pictures, until, options);
    if (options.look === null) {
      this.#forget(requests);
      return concatRows(pictures.map(({ latents }) => latents));
    }
    this.#keep(requests, pictures);
    return concatRows(pictures.map(({ estimate }) => estimate!));
  }

  /** The original's pictures before step `index`, one for each seed, as copies; sampled again, and not counted, where they are not there. */
  async originalsAt(
    seeds: readonly number[],
    index: number,
    signal?: AbortSignal,
  ): Promise<PictureSampling[]> {
    const { original } = this.#options;
    await this.#sampleOriginals(
      seeds.map((seed) => ({ ...original, seed })),
      { look: null, signal },
    );
    return seeds.map((seed) => this.#originals.get(seed)!.at(index));
  }

  get #needsOriginals(): boolean {
    return !this.isExact || this.#options.acceleration.gradientRefresh === Number.POSITIVE_INFINITY;
  }

  /** Counted where it is the original that was asked for. */
  async #sampleOriginals(
    requests: readonly SampledRequest[],
    { signal, onStep }: SearchSamplingOptions,
  ): Promise<void> {
    const { original, settings } = this.#options;
    const asked = new Set(requests.filter((request) => this.#isOriginal(request)).map(({ seed }) => seed));
    const missing = [...new Set(requests.map(({ seed }) => seed))].filter(
      (seed) => !this.#originals.has(seed),
    );
    for (const isCounted of [true, false]) {
      const seeds = missing.filter((seed) => asked.has(seed) === isCounted);
      const kept = { keepsSteps: true, keepsPositive: this.#options.acceleration.positiveFrom > 0 };
      const pictures = await Promise.all(
        seeds.map((seed) => startPicture(this.#pipeline, { ...original, seed }, settings, kept)),
      );
      const counted = isCounted ? onStep : undefined;
      await leadOn(this.#pipeline, pictures, { settings, until: this.steps, signal, onStep: counted });
      for (const [i, seed] of seeds.entries()) this.#originals.set(seed, pictures[i]);
    }
  }

  async #pictureOf(request: SampledRequest): Promise<PictureSampling> {
    const { settings, acceleration } = this.#options;
    const original = this.#originals.get(request.seed);
    if (original && this.#isOriginal(request)) return original;
    const kept = this.#kept.get(keyOf(request));
    if (kept) return kept;
    const fresh = await startPicture(this.#pipeline, request, settings);
    if (this.isExact) return fresh;
    invariant(original, `the original of seed ${request.seed} was not sampled`);
    const { prefix, positiveFrom } = acceleration;
    const sharedPositive = new Map([...original.positiveOutputs].filter(([step]) => step < positiveFrom));
    return original.at(prefix).copy({ prompts: fresh.prompts, sharedPositive });
  }

  /** Pictures may stand at different steps, where some are kept and some are not. */
  async #leadAll(
    requests: readonly SampledRequest[],
    pictures: readonly PictureSampling[],
    until: number,
    { look, signal, onStep }: SearchSamplingOptions,
  ): Promise<void> {
    const { settings } = this.#options;
    for (const index of new Set(pictures.map((picture) => picture.index))) {
      if (index >= until) continue;
      const places = pictures.flatMap((picture, i) => (picture.index === index ? [i] : []));
      const group = places.map((i) => pictures[i]);
      const from = Math.max(index, this.#countedFrom(requests[places[0]], look));
      // What was counted at an earlier look, and is sampled again, is not counted again.
      if (from > index) await leadOn(this.#pipeline, group, { settings, until: from, signal });
      await leadOn(this.#pipeline, group, { settings, until, signal, onStep });
    }
  }

  #isOriginal({ prompt, negativePrompt }: PromptPair): boolean {
    const { original } = this.#options;
    return prompt === original.prompt && negativePrompt === original.negativePrompt;
  }

  #until(look: number | null): number {
    return look === null ? this.steps : this.#options.acceleration.looks[look];
  }

  /** The step up to which a picture was counted when it was last looked at. The original is never looked at early. */
  #countedFrom(request: PromptPair, look: number | null): number {
    const { looks } = this.#options.acceleration;
    if (this.#isOriginal(request)) return 0;
    return looks[(look ?? looks.length) - 1] ?? 0;
  }

  #callsBetween(request: PromptPair, from: number, to: number): number {
    return this.#isOriginal(request) ? to - from : candidateCalls(from, to, this.#options.acceleration);
  }

  #keep(requests: readonly SampledRequest[], pictures: readonly PictureSampling[]): void {
    for (const [i, request] of requests.entries()) {
      this.#kept.delete(keyOf(request));
      this.#kept.set(keyOf(request), pictures[i]);
    }
    for (const key of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - KEPT_PICTURES)))
      this.#kept.delete(key);
  }

  #forget(requests: readonly SampledRequest[]): void {
    for (const request of requests) this.#kept.delete(keyOf(request));
  }
}

function keyOf({ prompt, negativePrompt, seed }: SampledRequest): string {
  return JSON.stringify([prompt, negativePrompt, seed]);
}
