/**
 * @file One picture on its way from noise. It can be stopped at any step, looked at, copied (also with other prompts, which share what was
 * sampled before) and led on. What later steps read of earlier ones goes with it, so this is right for every sampler.
 */
import { invariant } from '../errors.ts';
import { type FloatTensor, floatTensor, type Shape } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import type { Branch, Conditioning } from './conditioning.ts';
import type { SchedulerRun } from './schedulers/scheduler-run.ts';

/** The prompts of one picture: contexts `[S, D]`, in SDXL with pooled vectors `[P]`. */
export type PicturePrompts = Readonly<Record<Branch, Conditioning>>;

/** Outputs of the positive branch, by step. */
export type BranchOutputs = ReadonlyMap<number, Float32Array>;

export interface PictureSamplingParts {
  /** `[1, 4, h, w]` */
  readonly shape: Shape;
  readonly run: SchedulerRun;
  readonly generator: TorchGenerator;
  readonly prompts: PicturePrompts;
  /** Whether it can be gone back to every step that it was led through. @default false */
  readonly keepsSteps?: boolean;
  /** Whether the outputs of its positive branch are kept for others. @default false */
  readonly keepsPositive?: boolean;
  /** Outputs of another picture's positive branch, taken in place of its own at the steps that are there. */
  readonly sharedPositive?: BranchOutputs;
}

/** Made by `startPicture()`, led on by `leadOn()`. */
export class PictureSampling {
  readonly shape: Shape;
  readonly run: SchedulerRun;
  readonly generator: TorchGenerator;
  readonly prompts: PicturePrompts;
  readonly sharedPositive: BranchOutputs | undefined;
  readonly keepsPositive: boolean;
  readonly #keepsSteps: boolean;
  readonly #steps = new Map<number, PictureSampling>();
  readonly #positiveOutputs = new Map<number, Float32Array>();
  #estimate: Float32Array | undefined;

  constructor(parts: PictureSamplingParts) {
    this.shape = parts.shape;
    this.run = parts.run;
    this.generator = parts.generator;
    this.prompts = parts.prompts;
    this.sharedPositive = parts.sharedPositive;
    this.keepsPositive = parts.keepsPositive ?? false;
    this.#keepsSteps = parts.keepsSteps ?? false;
  }

  /** The step that comes next; the number of `Scheduler.steps` when all are done. */
  get index(): number {
    return this.run.index;
  }

  /** `[1, 4, h, w]`, before step `index`. */
  get latents(): FloatTensor {
    return floatTensor(this.shape, this.run.sample);
  }

  /** The final latents `[1, 4, h, w]` in closed form, as the last step that was taken estimates them; undefined before the first. */
  get estimate(): FloatTensor | undefined {
    return this.#estimate && floatTensor(this.shape, this.#estimate);
  }

  /** Where it keeps them. */
  get positiveOutputs(): BranchOutputs {
    return this.#positiveOutputs;
  }

  /** A picture that stands where this one does and may be led on with other prompts. It keeps nothing. */
  copy({
    prompts = this.prompts,
    sharedPositive,
  }: Partial<Pick<PictureSamplingParts, 'prompts' | 'sharedPositive'>> = {}): PictureSampling {
    const copy = new PictureSampling({
      shape: this.shape,
      run: this.run.copy(),
      generator: this.generator.copy(),
      prompts,
      ...(sharedPositive && { sharedPositive }),
    });
    copy.#estimate = this.#estimate;
    return copy;
  }

  /** What it was before step `index`, as a copy. Earlier steps than its own are there where it keeps them. */
  at(index: number): PictureSampling {
    const kept = index === this.index ? this : this.#steps.get(index);
    invariant(kept !== undefined, `step ${index} was not kept by a picture at step ${this.index}`);
    return kept.copy();
  }

  /** Takes step `index`. */
  advance({ output, estimate, noise, positive }: StepOutput): void {
    if (this.#keepsSteps) this.#steps.set(this.index, this.copy());
    if (this.keepsPositive && positive) this.#positiveOutputs.set(this.index, positive);
    this.#estimate = estimate;
    this.run.advance(output, noise());
  }
}

export interface StepOutput {
  readonly output: Float32Array;
  /** The final latents as this step estimates them. */
  readonly estimate: Float32Array;
  /** Draws the step's noise, if it adds any; asked once the step was kept, because drawing moves the generator. */
  readonly noise: () => Float32Array | undefined;
  /** Of the positive branch, where it is to be kept. */
  readonly positive: Float32Array | undefined;
}
