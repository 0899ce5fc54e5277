/** @file Samples pictures and scores them against the user's prompt; what the store knows is not computed again. */
import { type CombinedScorer, lossesOf } from '../diffusion/combined-scorer.ts';
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import type { Scorer } from '../diffusion/scorer.ts';
import { concatRows, rowsOf } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { ComputationCache, ScoreKey } from './computation-cache.ts';
import { NO_LOSS, pictureFault } from './picture-fault.ts';
import { encodePng } from './png-image.ts';
import { type PictureRequest, SampledPicture } from './sampled-picture.ts';
import type { SearchSampler } from './search-sampler.ts';

/** A picture that was sampled and scored. */
export interface EvaluatedPicture {
  readonly request: PictureRequest;
  /** The weighted sum of the scorers' losses, lower is better; not finite where the picture cannot be scored. */
  readonly loss: number;
  /** What each scorer says by itself, in the pipeline's order. */
  readonly byScorer: readonly number[];
  /** Why it cannot be scored; null where it can. */
  readonly fault: string | null;
  /** Content hash of its file in the store; null without a store, and where it holds no numbers. */
  readonly imageHash: string | null;
  readonly sampled: SampledPicture;
}

export interface PictureEvaluatorOptions {
  readonly settings: SamplingSettings;
  /** The user's prompt, which pictures are compared with. */
  readonly target: string;
  /** How a search samples its pictures; absent where they are exact and whole. */
  readonly sampler?: SearchSampler | undefined;
  /** @default nothing is kept */
  readonly cache?: ComputationCache | undefined;
  /**
   * Called after each guided step of a batch of pictures, with its UNet calls, and for those that the store knew with all of theirs at
   * once. A call is a guided step of one picture, half a call where one branch is enough.
   */
  readonly onStep?: (unetCalls: number) => void;
  /** Called for each picture that the store knew. */
  readonly onKnown?: () => void;
}

export interface EvaluationRun {
  /** Aborts between two steps, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The search's early look at which pictures are estimated. @default they are whole */
  readonly look?: number | undefined;
}

export class PictureEvaluator {
  readonly #pipeline: Pipeline;
  readonly #options: PictureEvaluatorOptions;

  constructor(pipeline: Pipeline, options: PictureEvaluatorOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
  }

  /** The pictures, in the order of the requests. They are sampled in batches; each is in the store when its batch is done. */
  async evaluate(
    requests: readonly PictureRequest[],
    { signal, look }: EvaluationRun = {},
  ): Promise<EvaluatedPicture[]> {
    const found = new Map(requests.map((request) => [request, this.#find(request, look)]));
    const known = [...found.values()].filter((picture) => picture !== undefined);
    const evaluated = new Map((await this.#scored(known)).map((one) => [one.request, one]));
    const missing = requests.filter((request) => found.get(request) === undefined);
    const size = this.#pipeline.batchSize(this.#options.settings);
    for (let start = 0; start < missing.length; start += size) {
      const batch = await this.#sample(missing.slice(start, start + size), { signal, look });
      for (const one of await this.#scored(batch)) evaluated.set(one.request, one);
    }
    return requests.map((request) => evaluated.get(request)!);
  }

  /** Losses of pictures by another scorer, `[scorer's part][picture]`; the store keeps them too. @throws whatever the scorer throws */
  async lossesBy(scorer: CombinedScorer, pictures: readonly EvaluatedPicture[]): Promise<number[][]> {
    const losses: number[][] = [];
    for (const { scorer: part } of scorer.scorers) {
      const key = await this.#scoreKey(part);
      const sampled = pictures.map((picture) => picture.sampled);
      const values = await this.#lossesByPart(part, key, sampled);
      for (const [i, { key: picture }] of sampled.entries()) this.#keepScore(picture, key, values[i]);
      losses.push(values);
    }
    return losses;
  }

  #find(request: PictureRequest, look: number | undefined): SampledPicture | undefined {
    const { cache, settings, sampler, onStep, onKnown } = this.#options;
    const key = this.#keyOf(request, look);
    const found = key === undefined ? undefined : cache?.findPicture(key);
    if (found === undefined) return undefined;
    onStep?.(sampler?.callsOf(request, look ?? null) ?? this.#pipeline.scheduler(settings).steps.length);
    onKnown?.();
    const latents = floatTensor(this.#pipeline.latentShape(settings), found.latents);
    const known = { fault: found.fault, image: found.image };
    return new SampledPicture(this.#pipeline, settings, { request, key, latents, known });
  }

  async #sample(
    requests: readonly PictureRequest[],
    { signal, look }: EvaluationRun,
  ): Promise<SampledPicture[]> {
    const { settings, sampler, onStep } = this.#options;
    const latents = sampler
      ? await sampler.latents(requests, { look: look ?? null, signal, onStep })
      : await this.#pipeline.sampleLatents(requests, settings, {
          ...(signal && { signal }),
          onStep: ({ pictures }) => onStep?.(pictures),
        });
    return requests.map((request, i) => {
      const parts = { request, key: this.#keyOf(request, look), latents: rowsOf(latents, i, i + 1) };
      return new SampledPicture(this.#pipeline, settings, parts);
    });
  }

  async #scored(pictures: readonly SampledPicture[]): Promise<EvaluatedPicture[]> {
    const scores: (readonly [ScoreKey, readonly number[]])[] = [];
    for (const { scorer } of this.#pipeline.scorer.scorers) {
      const key = await this.#scoreKey(scorer);
      scores.push([key, await this.#lossesByPart(scorer, key, pictures)]);
    }
    const evaluated: EvaluatedPicture[] = [];
    for (const [i, picture] of pictures.entries()) {
      const own = scores.map(([key, losses]) => [key, losses[i]] as const);
      evaluated.push(await this.#finished(picture, own));
    }
    return evaluated;
  }

  async #finished(
    sampled: SampledPicture,
    scores: readonly (readonly [ScoreKey, number])[],
  ): Promise<EvaluatedPicture> {
    const byScorer = scores.map(([, loss]) => loss);
    const loss = this.#pipeline.scorer.total(byScorer);
    const imageFault = sampled.known ? sampled.known.fault : await this.#imageFault(sampled);
    const fault = imageFault ?? (Number.isFinite(loss) ? null : NO_LOSS);
    const imageHash = sampled.known
      ? await this.#found(sampled)
      : await this.#keep(sampled, imageFault, scores);
    if (sampled.known) for (const [key, value] of scores) this.#keepScore(sampled.key, key, value);
    return { request: sampled.request, loss, byScorer, fault, imageHash, sampled };
  }

  /** The name of a known picture's file. Somebody may have deleted it, so that it is written anew. */
  async #found(sampled: SampledPicture): Promise<string | null> {
    const hash = sampled.known!.image;
    const { images } = this.#options.cache!.store;
    return hash === null || images.has(hash) ? hash : images.add(encodePng(await sampled.image()));
  }

  async #imageFault(sampled: SampledPicture): Promise<string | null> {
    return pictureFault(await sampled.batch(), [], this.#pipeline.execution.precision) ?? null;
  }

  async #keep(
    sampled: SampledPicture,
    fault: string | null,
    scores: readonly (readonly [ScoreKey, number])[],
  ): Promise<string | null> {
    const { cache } = this.#options;
    const { key, latents } = sampled;
    if (cache === undefined || key === undefined) return null;
    const image = await sampled.image();
    const png = image.data.every(Number.isFinite) ? encodePng(image) : null;
    const named = scores.filter((score): score is [string, number] => score[0] !== undefined);
    return cache.addPicture({
      key,
      latents: latents.data as Float32Array,
      fault,
      png,
      scores: new Map(named),
    });
  }

  /** A loss for each picture: the store's where it has one, else the scorer's, which sees all others at once. */
  async #lossesByPart(
    scorer: Scorer,
    scoreKey: ScoreKey,
    pictures: readonly SampledPicture[],
  ): Promise<number[]> {
    const known = pictures.map(({ key }) => this.#knownLoss(key, scoreKey));
    const missing = pictures.filter((_, i) => known[i] === undefined);
    if (missing.length === 0) return known.map((loss) => loss!);
    const images: FloatTensor[] = [];
    for (const picture of missing) images.push(await picture.batch());
    const losses = await lossesOf(scorer, concatRows(images), this.#options.target);
    let next = 0;
    return known.map((loss) => loss ?? losses[next++]);
  }

  #knownLoss(picture: string | undefined, scoreKey: ScoreKey): number | undefined {
    if (picture === undefined || scoreKey === undefined) return undefined;
    const loss = this.#options.cache?.store.pictures.score(picture, scoreKey);
    return loss === null ? Number.NaN : loss;
  }

  #keepScore(picture: string | undefined, scoreKey: ScoreKey, loss: number): void {
    if (picture === undefined || scoreKey === undefined) return;
    this.#options.cache?.store.pictures.addScore(picture, scoreKey, loss);
  }

  async #scoreKey(scorer: Scorer): Promise<ScoreKey> {
    return this.#options.cache?.scoreKey(scorer, this.#options.target);
  }

  #keyOf(request: PictureRequest, look: number | undefined): string | undefined {
    const { cache, settings, sampler } = this.#options;
    return cache?.pictureKey(request, settings, sampler?.variantOf(request, look ?? null));
  }
}
