/** @file A picture between its latents and its scores. */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { rowAt } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { PromptPair } from './prompt-variants.ts';

/** A picture that is wanted. */
export interface PictureRequest extends PromptPair {
  readonly seed: number;
}

export interface SampledPictureParts {
  readonly request: PictureRequest;
  /** What the store calls it; undefined without one. */
  readonly key: string | undefined;
  /** Final latents `[1, 4, h, w]`. */
  readonly latents: FloatTensor;
  /** What the store knew of it, besides its latents; absent where it was sampled anew. */
  readonly known?: { readonly fault: string | null; readonly image: string | null };
}

/** Decoded once, when somebody asks for its pixels. */
export class SampledPicture {
  readonly request: PictureRequest;
  readonly key: string | undefined;
  readonly latents: FloatTensor;
  readonly known: SampledPictureParts['known'];
  readonly #decode: () => Promise<FloatTensor>;
  #batch: Promise<FloatTensor> | undefined;

  constructor(pipeline: Pipeline, settings: SamplingSettings, parts: SampledPictureParts) {
    this.request = parts.request;
    this.key = parts.key;
    this.latents = parts.latents;
    this.known = parts.known;
    this.#decode = () => pipeline.decode(parts.latents, settings);
  }

  /** `[1, 3, H, W]` in [0, 1]. */
  batch(): Promise<FloatTensor> {
    this.#batch ??= this.#decode();
    return this.#batch;
  }

  /** `[3, H, W]` in [0, 1]. */
  async image(): Promise<FloatTensor> {
    return rowAt(await this.batch(), 0);
  }
}
