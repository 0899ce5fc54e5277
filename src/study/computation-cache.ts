/** @file What a study computes, kept in a store under keys that say everything that it depends on, and found there again. */
import { ClipScorer } from '../diffusion/clip-scorer.ts';
import type { Pipeline, SampleRequest, SamplingSettings } from '../diffusion/pipeline.ts';
import type { Scorer } from '../diffusion/scorer.ts';
import type { CachedGradient } from '../store/gradient-cache.ts';
import type { CachedPicture, NewPicture } from '../store/picture-cache.ts';
import type { StudyStore } from '../store/study-store.ts';
import { digest } from './digest.ts';
import { pipelineFingerprint, scorerFingerprint } from './fingerprint.ts';

/** A scorer with the prompt that it compares pictures with; undefined where its losses cannot be kept. */
export type ScoreKey = string | undefined;

/** One pipeline's computations in one store. Make one with `openComputationCache()`. */
export class ComputationCache {
  readonly store: StudyStore;
  /** Of all that pictures depend on but settings, prompts and seeds. */
  readonly pipelineFingerprint: string;
  readonly #pipeline: Pipeline;
  readonly #scorers = new Map<Scorer, Promise<string | undefined>>();

  constructor(pipeline: Pipeline, store: StudyStore, fingerprint: string) {
    this.#pipeline = pipeline;
    this.store = store;
    this.pipelineFingerprint = fingerprint;
  }

  /**
   * Of a picture. Prompts are told by their tokens: what the text encoders read alike gives the same picture.
   * @param variant what makes it another picture than settings, prompts and seed alone would give
   */
  pictureKey(
    { prompt, negativePrompt = '', seed }: SampleRequest,
    settings: SamplingSettings,
    variant?: object,
  ): string {
    const negative = settings.guidanceScale === 1 ? null : this.tokensOf(negativePrompt);
    const exact = [this.pipelineFingerprint, settings, seed, this.tokensOf(prompt), negative];
    return digest(variant === undefined ? exact : [...exact, variant]);
  }

  async scoreKey(scorer: Scorer, target: string): Promise<ScoreKey> {
    const known = this.#scorers.get(scorer) ?? scorerFingerprint(scorer, this.#pipeline, this.store.files);
    this.#scorers.set(scorer, known);
    const fingerprint = await known;
    return (
      fingerprint &&
      digest([fingerprint, scorer instanceof ClipScorer ? this.#readBy(scorer, target) : target])
    );
  }

  /** A CLIP's vocabulary is no part of its weights. */
  #readBy({ tokenizer }: ClipScorer, target: string): readonly number[] {
    return [...tokenizer.tokenize(target).ids];
  }

  /** The tokens of a prompt, as each text encoder of the model reads them. */
  tokensOf(prompt: string): readonly (readonly number[])[] {
    return this.#pipeline.text.tokenizers.map((tokenizer) => [...tokenizer.tokenize(prompt).ids]);
  }

  findPicture(key: string): CachedPicture | undefined {
    return this.store.pictures.find(key);
  }

  /** Gives the content hash of the picture's file. */
  addPicture(picture: NewPicture): string | null {
    return this.store.pictures.add(picture);
  }

  findGradient(key: string): CachedGradient | undefined {
    return this.store.gradients.find(key);
  }

  addGradient(key: string, gradient: CachedGradient): void {
    this.store.gradients.add(key, gradient);
  }
}

/** @throws {DpoError} FILE_ACCESS when the store cannot be used */
export async function openComputationCache(pipeline: Pipeline, store: StudyStore): Promise<ComputationCache> {
  return new ComputationCache(pipeline, store, await pipelineFingerprint(pipeline, store.files));
}
