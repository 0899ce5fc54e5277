/** @file A text-to-image pipeline: prompts and seeds in, pictures out, with the paper's loss beside them. */
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { DpoError } from '../errors.ts';
import type { Execution, Executor } from '../runtime/executor.ts';
import { concatRows, rowsOf, stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { checkSeed } from './check-seed.ts';
import { Ddim } from './ddim.ts';
import { Denoiser } from './denoiser.ts';
import { ImageDecoder } from './image-decoder.ts';
import { ImageScorer } from './image-scorer.ts';
import { ProgramTable } from './program-table.ts';
import { stepNoise } from './step-noise.ts';
import { TextEncoding } from './text-encoding.ts';

/** How every picture of a run is sampled. */
export interface SamplingSettings {
  /** Denoising steps. @default 50 */
  readonly steps: number;
  /** Classifier-free guidance scale; at 1 the negative prompt has no effect. @default 7.5 */
  readonly guidanceScale: number;
  /** DDIM's eta, 0 to 1. @default 0 */
  readonly eta: number;
  /** Pixels. @default the size that the model was trained for */
  readonly height: number;
  readonly width: number;
}

/** One picture to be sampled. */
export interface SampleRequest {
  readonly prompt: string;
  /** @default '' */
  readonly negativePrompt?: string;
  /** 0 to 2^32 − 1; seed of the initial latents, as `torch.Generator('cpu').manual_seed(seed)` would draw them. */
  readonly seed: number;
}

export interface SampleOptions extends Partial<SamplingSettings> {
  /** Aborts between two steps, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each guided step of a batch of `pictures` pictures. */
  readonly onStep?: (step: {
    readonly index: number;
    readonly steps: number;
    readonly pictures: number;
  }) => void;
}

/** Contexts and latents of pictures that are sampled together. */
export interface SamplingState {
  /** `[N, 4, h, w]` */
  readonly latents: FloatTensor;
  /** `[N, S, D]` */
  readonly positive: FloatTensor;
  readonly negative: FloatTensor;
}

export const DEFAULT_STEPS = 50;
export const DEFAULT_GUIDANCE_SCALE = 7.5;

/** Latent elements that a guided step takes at once: eight pictures of the embedded model, and never less than one of any. */
const BATCH_ELEMENTS = 8 * 4 * 16 * 16;

/** Runs a checkpoint. Make one with `loadPipeline()`. */
export class Pipeline {
  readonly model: DiffusersFolder;
  readonly text: TextEncoding;
  readonly denoiser: Denoiser;
  readonly decoder: ImageDecoder;
  readonly scorer: ImageScorer;
  readonly #executor: Executor;

  constructor(model: DiffusersFolder, scorer: ClipFolder, executor: Executor) {
    this.model = model;
    this.#executor = executor;
    this.text = new TextEncoding(model, new ProgramTable(executor));
    this.denoiser = new Denoiser(model.unet, new ProgramTable(executor, executor.precision));
    const programs = new ProgramTable(executor);
    this.decoder = new ImageDecoder(model.vae, programs);
    this.scorer = new ImageScorer(scorer, programs);
  }

  /** Where it runs: the device, what the UNet computes in, and what `auto` passed over. */
  get execution(): Execution {
    const { device, precision, passedOver } = this.#executor;
    return { device, precision, passedOver };
  }

  /** How many pixels one latent stands for along each axis: 8 in Stable Diffusion. */
  get scaleFactor(): number {
    return 2 ** (this.model.vae.config.blockOutChannels.length - 1);
  }

  /** Settings with every default filled in. @throws {DpoError} INVALID_OPTION where one lies outside its range. */
  settings(options: Partial<SamplingSettings> = {}): SamplingSettings {
    const side = (this.model.unet.config.sampleSize ?? 64) * this.scaleFactor;
    const settings = {
      steps: options.steps ?? DEFAULT_STEPS,
      guidanceScale: options.guidanceScale ?? DEFAULT_GUIDANCE_SCALE,
      eta: options.eta ?? 0,
      height: options.height ?? side,
      width: options.width ?? side,
    };
    this.#check(settings);
    return settings;
  }

  ddim(settings: SamplingSettings): Ddim {
    return new Ddim(this.model.scheduler, settings);
  }

  /** How many pictures are worth sampling at once. */
  batchSize(settings: SamplingSettings): number {
    const latentSize =
      this.model.unet.config.inChannels *
      this.#latentSide(settings.height) *
      this.#latentSide(settings.width);
    return Math.max(1, Math.floor(BATCH_ELEMENTS / latentSize));
  }

  /**
   * Pictures `[N, 3, H, W]` in [0, 1], in the order of the requests.
   * @throws {DpoError} INVALID_OPTION for a setting or a seed outside its range, before anything is sampled
   */
  async generate(requests: readonly SampleRequest[], options: SampleOptions = {}): Promise<FloatTensor> {
    const settings = this.settings(options);
    for (const { seed } of requests) checkSeed(seed);
    if (requests.length === 0) return floatTensor([0, 3, settings.height, settings.width]);
    const size = this.batchSize(settings);
    const images: FloatTensor[] = [];
    for (let start = 0; start < requests.length; start += size) {
      images.push(await this.#generateBatch(requests.slice(start, start + size), settings, options));
    }
    return concatRows(images);
  }

  /** Spherical loss (lower is better) of each picture `[N, 3, H, W]` in [0, 1] against `prompt`. */
  async score(images: FloatTensor, prompt: string): Promise<number[]> {
    const losses: number[] = [];
    for (let i = 0; i < images.shape[0]; i++)
      losses.push(...(await this.scorer.losses(rowsOf(images, i, i + 1), prompt)));
    return losses;
  }

  /** Initial latents `[1, 4, h, w]` and the generator that goes on to draw the noise of stochastic steps. */
  initialLatents(
    seed: number,
    settings: SamplingSettings,
  ): { latents: FloatTensor; generator: TorchGenerator } {
    const generator = new TorchGenerator(seed);
    const channels = this.model.unet.config.inChannels;
    const shape = [1, channels, this.#latentSide(settings.height), this.#latentSide(settings.width)];
    return { latents: generator.randn(shape), generator };
  }

  /** Gives back the memory of every compiled program. The pipeline cannot be used afterwards. */
  release(): Promise<void> {
    return this.#executor.release();
  }

  async #generateBatch(
    requests: readonly SampleRequest[],
    settings: SamplingSettings,
    options: SampleOptions,
  ): Promise<FloatTensor> {
    const starts = requests.map(({ seed }) => this.initialLatents(seed, settings));
    const contexts = await Promise.all(
      requests.map(
        async ({ prompt, negativePrompt = '' }) =>
          [await this.text.encode(prompt), await this.text.encode(negativePrompt)] as const,
      ),
    );
    const state = {
      latents: concatRows(starts.map(({ latents }) => latents)),
      positive: stack(contexts.map(([positive]) => positive)),
      negative: stack(contexts.map(([, negative]) => negative)),
    };
    const generators = starts.map(({ generator }) => generator);
    const steps = settings.steps;
    const onStep = (index: number) => options.onStep?.({ index, steps, pictures: requests.length });
    const sampling = {
      settings,
      until: steps,
      generators,
      onStep,
      ...(options.signal && { signal: options.signal }),
    };
    const latents = await this.sample(state, sampling);
    return this.#decode(latents);
  }

  /** Denoises from the start to step `until` (exclusive); gives the latents there. */
  async sample(
    state: SamplingState,
    options: {
      readonly settings: SamplingSettings;
      readonly until: number;
      /** One for each picture; needed when eta > 0. */
      readonly generators: readonly TorchGenerator[];
      readonly signal?: AbortSignal;
      readonly onStep?: (index: number) => void;
    },
  ): Promise<FloatTensor> {
    const ddim = this.ddim(options.settings);
    let { latents } = state;
    for (const [index, step] of ddim.steps.slice(0, options.until).entries()) {
      options.signal?.throwIfAborted();
      const inputs = {
        sample: latents,
        timestep: step.timestep,
        positive: state.positive,
        negative: state.negative,
      };
      const output = await this.denoiser.guided(inputs, options.settings.guidanceScale);
      const noise = stepNoise(step, latents, options.generators);
      latents = floatTensor(latents.shape, ddim.next(step, latents.data, output, noise));
      options.onStep?.(index);
    }
    return latents;
  }

  /** One by one: the decoder is where a large picture needs the most memory. */
  async #decode(latents: FloatTensor): Promise<FloatTensor> {
    const images: FloatTensor[] = [];
    for (let i = 0; i < latents.shape[0]; i++)
      images.push(await this.decoder.decode(rowsOf(latents, i, i + 1)));
    return concatRows(images);
  }

  #latentSide(pixels: number): number {
    return pixels / this.scaleFactor;
  }

  #check({ steps, eta, guidanceScale, height, width }: SamplingSettings): void {
    new Ddim(this.model.scheduler, { steps, eta });
    if (!(guidanceScale >= 1 && guidanceScale <= 100)) {
      throw invalidOption('guidance', guidanceScale, 'The guidance scale must be a number from 1 to 100');
    }
    // The UNet halves the latents at each level but the last.
    const multiple = this.scaleFactor * 2 ** (this.model.unet.config.blockOutChannels.length - 1);
    for (const [option, value] of Object.entries({ height, width })) {
      if (!Number.isInteger(value) || value < multiple || value % multiple !== 0) {
        throw invalidOption(
          option,
          value,
          `The picture's ${option} must be a multiple of ${multiple} pixels`,
        );
      }
    }
  }
}

function invalidOption(option: string, value: number, expected: string): DpoError {
  return new DpoError('INVALID_OPTION', `${expected}, got ${value}.`, { details: { option, value } });
}
