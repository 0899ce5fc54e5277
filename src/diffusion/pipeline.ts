/** @file A text-to-image pipeline: prompts and seeds in, pictures out, with the paper's loss beside them. */
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { DpoError } from '../errors.ts';
import type { Execution, Executor, MemoryMode } from '../runtime/executor.ts';
import { concatRows, rowsOf, stack } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor, sizeOf } from '../tensor/tensor.ts';
import { TorchGenerator } from '../tensor/torch-noise.ts';
import { checkSeed } from './check-seed.ts';
import type { CombinedScorer } from './combined-scorer.ts';
import { type Conditioning, combineConditionings } from './conditioning.ts';
import { Denoiser } from './denoiser.ts';
import { ImageDecoder } from './image-decoder.ts';
import { pixelsPerLatent, resolvePictureSize } from './picture-size.ts';
import { ProgramTable } from './program-table.ts';
import { makeScheduler } from './schedulers/make-scheduler.ts';
import type { Scheduler } from './schedulers/scheduler.ts';
import type { SchedulerRun } from './schedulers/scheduler-run.ts';
import {
  resolveSchedulerSettings,
  type SchedulerOptions,
  type SchedulerSettings,
} from './schedulers/scheduler-settings.ts';
import { makeScorers, type ScorerSetup } from './scorer-setup.ts';
import { resolveSizeConditioning, type SizeConditioning, timeIdsOf } from './size-conditioning.ts';
import { stepNoise } from './step-noise.ts';
import { TextEncoding } from './text-encoding.ts';
import { resolveVaeTiling, type VaeTiling, type VaeTilingChoice } from './vae-tiling.ts';

/** How every picture of a run is sampled. */
export interface SamplingSettings extends SchedulerSettings, SizeConditioning {
  /** Classifier-free guidance scale; at 1 the negative prompt has no effect. @default 7.5 */
  readonly guidanceScale: number;
  /** Pixels. @default the size that the model was trained for */
  readonly height: number;
  readonly width: number;
  /** Whether the decoder works in tiles, which takes less memory and changes pixels a little. @default 'auto' */
  readonly vaeTiling: VaeTiling;
}

/** One picture to be sampled. */
export interface SampleRequest {
  readonly prompt: string;
  /** @default '' */
  readonly negativePrompt?: string;
  /** 0 to 2^32 − 1; seed of the initial latents, as `torch.Generator('cpu').manual_seed(seed)` would draw them. */
  readonly seed: number;
}

/** Settings as they may be given: all have a default, and the scheduler may be the checkpoint's own. */
export type SamplingOptions = Partial<Omit<SamplingSettings, 'scheduler' | 'vaeTiling'>> &
  SchedulerOptions & {
    /** `auto` tiles pictures of more than 1.5 times 1024 x 1024 pixels. @default 'auto' */
    readonly vaeTiling?: VaeTilingChoice;
  };

export interface SampleOptions extends SamplingOptions {
  /** Aborts between two steps, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each guided step of a batch of `pictures` pictures; `steps` is how many a picture takes (`Scheduler.steps`). */
  readonly onStep?: (step: {
    readonly index: number;
    readonly steps: number;
    readonly pictures: number;
  }) => void;
}

/** Prompts and latents of pictures that are sampled together. */
export interface SamplingState {
  /** `[N, 4, h, w]`, with the deviation that the sampler begins with: `Pipeline.initialLatents()`. */
  readonly latents: FloatTensor;
  /** Contexts `[N, S, D]`, in SDXL with pooled vectors `[N, P]`. */
  readonly positive: Conditioning;
  readonly negative: Conditioning;
}

/** How far to sample, and with what. */
export interface SamplingPart {
  readonly settings: SamplingSettings;
  /** Index of the step that is not taken any more; the number of `Scheduler.steps` for all. */
  readonly until: number;
  /** One for each picture; needed where steps add noise. */
  readonly generators: readonly TorchGenerator[];
  readonly signal?: AbortSignal;
  /** Called after each guided step. */
  readonly onStep?: (index: number) => void;
}

export const DEFAULT_GUIDANCE_SCALE = 7.5;

/** Latent elements that a guided step takes at once: eight pictures of the embedded model, and never less than one of any. */
const BATCH_ELEMENTS = 8 * 4 * 16 * 16;

/** Runs a checkpoint. Make one with `loadPipeline()`. */
export class Pipeline {
  readonly model: DiffusersFolder;
  readonly text: TextEncoding;
  readonly denoiser: Denoiser;
  readonly decoder: ImageDecoder;
  /** What the search lowers, or raises in an attack. */
  readonly scorer: CombinedScorer;
  /** Judges what was found, and has no part in finding it. */
  readonly heldOutScorer: CombinedScorer | undefined;
  /** How memory is traded for speed, as it was asked for. */
  readonly requestedMemory: MemoryMode;
  readonly #executor: Executor;
  readonly #schedulers = new Map<string, Scheduler>();

  /** @throws {DpoError} INVALID_OPTION for scorers that cannot be combined */
  constructor(model: DiffusersFolder, scorers: ClipFolder | ScorerSetup, executor: Executor) {
    this.model = model;
    this.#executor = executor;
    this.requestedMemory = executor.memory;
    this.text = new TextEncoding(model, new ProgramTable(executor));
    this.denoiser = new Denoiser(model.unet, new ProgramTable(executor, executor.precision));
    const programs = new ProgramTable(executor);
    this.decoder = new ImageDecoder(model.vae, programs);
    const { scorer, heldOut } = makeScorers(scorers, programs, () => new ProgramTable(executor));
    this.scorer = scorer;
    this.heldOutScorer = heldOut;
  }

  /** Where it runs: the device, what the UNet computes in, and what `auto` passed over. */
  get execution(): Execution {
    const { device, precision, passedOver } = this.#executor;
    return { device, precision, passedOver };
  }

  /** What the last digits of its numbers depend on, besides the device: the program that computes, its threads, and how memory is traded for speed. */
  get numerics(): {
    readonly runtime: string;
    readonly threads: number | undefined;
    readonly memory: MemoryMode;
  } {
    const { runtime, threads, memory } = this.#executor;
    return { runtime, threads, memory };
  }

  /**
   * How memory is traded for speed: what was asked for, unless the first run, before which it was looked at, needs less. It stays once
   * something was compiled.
   */
  get memory(): MemoryMode {
    return this.#executor.memory;
  }

  set memory(mode: MemoryMode) {
    this.#executor.memory = mode;
  }

  /** Whether `memory` can be changed no more. */
  get isMemorySettled(): boolean {
    return this.#executor.isMemorySettled;
  }

  /** How many pixels one latent stands for along each axis: 8 in Stable Diffusion. */
  get scaleFactor(): number {
    return pixelsPerLatent(this.model);
  }

  /** Settings with every default filled in. @throws {DpoError} INVALID_OPTION where one lies outside its range. */
  settings(options: SamplingOptions = {}): SamplingSettings {
    const size = resolvePictureSize(this.model, options);
    const settings = {
      ...resolveSchedulerSettings(this.model.scheduler, options),
      guidanceScale: checkGuidance(options.guidanceScale ?? DEFAULT_GUIDANCE_SCALE),
      ...size,
      vaeTiling: resolveVaeTiling(this.model.vae.config, size, options.vaeTiling),
    };
    this.scheduler(settings);
    return { ...settings, ...resolveSizeConditioning(this.model.unet.config, settings, options) };
  }

  /** The sampler of these settings: one row for each guided step of a picture. */
  scheduler(settings: SamplingSettings): Scheduler {
    const { scheduler, steps, eta, karrasSigmas, timestepSpacing } = settings;
    const key = [scheduler, steps, eta, karrasSigmas, timestepSpacing].join();
    const made = this.#schedulers.get(key) ?? makeScheduler(this.model.scheduler, settings);
    this.#schedulers.set(key, made);
    return made;
  }

  /** How many pictures are worth sampling at once. */
  batchSize(settings: SamplingSettings): number {
    return Math.max(1, Math.floor(BATCH_ELEMENTS / sizeOf(this.latentShape(settings))));
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
      const latents = await this.sampleLatents(requests.slice(start, start + size), settings, options);
      images.push(await this.decode(latents, settings));
    }
    return concatRows(images);
  }

  /** The scorers' loss (lower is better) of each picture `[N, 3, H, W]` in [0, 1] against `prompt`. */
  async score(images: FloatTensor, prompt: string): Promise<number[]> {
    return [...(await this.scorer.losses(images, prompt)).losses];
  }

  /** Initial latents `[1, 4, h, w]` and the generator that goes on to draw the noise of stochastic steps. */
  initialLatents(
    seed: number,
    settings: SamplingSettings,
  ): { latents: FloatTensor; generator: TorchGenerator } {
    const generator = new TorchGenerator(seed);
    const shape = this.latentShape(settings);
    const { initNoiseSigma } = this.scheduler(settings);
    const noise = generator.randn(shape);
    const latents = floatTensor(
      shape,
      noise.data.map((value) => value * initNoiseSigma),
    );
    return { latents, generator };
  }

  /** Of one picture: `[1, 4, h, w]`. */
  latentShape({ height, width }: Pick<SamplingSettings, 'height' | 'width'>): number[] {
    return [1, this.model.unet.config.inChannels, this.#latentSide(height), this.#latentSide(width)];
  }

  /** Gives back the memory of every compiled program. The pipeline cannot be used afterwards. */
  release(): Promise<void> {
    return this.#executor.release();
  }

  /** Final latents `[N, 4, h, w]` of pictures that are sampled together, as `decode` takes them. */
  async sampleLatents(
    requests: readonly SampleRequest[],
    settings: SamplingSettings,
    options: Pick<SampleOptions, 'signal' | 'onStep'> = {},
  ): Promise<FloatTensor> {
    const starts = requests.map(({ seed }) => this.initialLatents(seed, settings));
    const prompts = await Promise.all(
      requests.map(
        async ({ prompt, negativePrompt = '' }) =>
          [await this.text.encode(prompt), await this.text.encode(negativePrompt, 'negative')] as const,
      ),
    );
    const state = {
      latents: concatRows(starts.map(({ latents }) => latents)),
      positive: combineConditionings(
        prompts.map(([positive]) => positive),
        stack,
      ),
      negative: combineConditionings(
        prompts.map(([, negative]) => negative),
        stack,
      ),
    };
    const generators = starts.map(({ generator }) => generator);
    const steps = this.scheduler(settings).steps.length;
    const onStep = (index: number) => options.onStep?.({ index, steps, pictures: requests.length });
    const sampling = {
      settings,
      until: steps,
      generators,
      onStep,
      ...(options.signal && { signal: options.signal }),
    };
    return this.sample(state, sampling);
  }

  /** Denoises from the start to step `until` (exclusive); gives the latents there. */
  async sample(state: SamplingState, options: SamplingPart): Promise<FloatTensor> {
    return floatTensor(state.latents.shape, (await this.samplingTo(state, options)).sample);
  }

  /** Denoises from the start to step `until` (exclusive); gives the sampling there, with what later steps read of earlier ones. */
  async samplingTo(state: SamplingState, options: SamplingPart): Promise<SchedulerRun> {
    const { settings, until, generators, signal, onStep } = options;
    const { latents, positive, negative } = state;
    const timeIds = timeIdsOf(settings);
    const scheduler = this.scheduler(settings);
    const run = scheduler.start(latents.data);
    while (run.index < until) {
      signal?.throwIfAborted();
      const { index } = run;
      const { timestep } = scheduler.steps[index];
      const sample = floatTensor(latents.shape, run.input);
      const inputs = { sample, timestep, positive, negative, ...(timeIds && { timeIds }) };
      const output = await this.denoiser.guided(inputs, settings.guidanceScale);
      run.advance(output, stepNoise(scheduler, index, latents.shape, generators));
      onStep?.(index);
    }
    return run;
  }

  /** Pictures `[N, 3, H, W]` in [0, 1] of final latents `[N, 4, h, w]`. One by one: the decoder is where a large picture needs the most memory. */
  async decode(
    latents: FloatTensor,
    { vaeTiling }: Pick<SamplingSettings, 'vaeTiling'>,
  ): Promise<FloatTensor> {
    const images: FloatTensor[] = [];
    for (let i = 0; i < latents.shape[0]; i++)
      images.push(await this.decoder.decode(rowsOf(latents, i, i + 1), vaeTiling));
    return concatRows(images);
  }

  #latentSide(pixels: number): number {
    return pixels / this.scaleFactor;
  }
}

function checkGuidance(value: number): number {
  if (value >= 1 && value <= 100) return value;
  const message = `The guidance scale must be a number from 1 to 100, got ${value}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'guidance', value } });
}
