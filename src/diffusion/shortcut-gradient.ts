/**
 * @file The shortcut text gradient (paper, section 6.1): the gradient of the loss with respect to the prompts' contexts through K denoising
 * steps, a closed-form estimate of the final picture, the decoder and the scorer. Its cost and memory depend neither on the number of
 * sampling steps nor on the step where it is taken, nor (in memory) on K: activations are made again, step by step, on the way back.
 */
import { DpoError } from '../errors.ts';
import { rowAt, sumRows } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import type { Ddim, DdimStep } from './ddim.ts';
import { type DifferentiableInput, type DifferentiablePass, guide } from './denoiser.ts';
import type { Pipeline, SamplingSettings, SamplingState } from './pipeline.ts';

/** The two branches of guidance, each with its own prompt. */
export type Branch = 'positive' | 'negative';

export interface ShortcutGradientRequest {
  /** Initial latents (at the noisiest step) and both contexts, a row for each seed. */
  readonly state: SamplingState;
  readonly settings: SamplingSettings;
  /** Step where the gradient begins, 0 (noisiest) to steps − 1. */
  readonly stepIndex: number;
  /** K, the number of denoising steps that the gradient goes through. @default 1 */
  readonly gradientSteps?: number;
  /** The branches whose prompts are searched; the others are constants. */
  readonly searched: readonly Branch[];
  /** The prompt that the picture is compared with. */
  readonly target: string;
  /** Draw the noise of stochastic steps, one for each row. @default none: eta is 0 */
  readonly generators?: readonly TorchGenerator[];
  readonly signal?: AbortSignal;
  /** Called after each guided step of the sampling before the gradient. */
  readonly onStep?: (index: number) => void;
}

export interface ShortcutGradient {
  /** Mean loss of the estimated pictures over the rows. */
  readonly loss: number;
  /** The closed-form estimate of the final latents, `[N, 4, h, w]`. */
  readonly original: FloatTensor;
  /** d loss / d context of each searched branch, `[S, D]`, summed over the rows (which share their contexts). */
  readonly contexts: Readonly<Partial<Record<Branch, FloatTensor>>>;
}

/** One step of the forward pass, as the way back needs it. */
interface Visited {
  readonly step: DdimStep;
  readonly sample: FloatTensor;
  readonly output: Float32Array;
  readonly passes: Partial<Record<Branch, DifferentiablePass>>;
}

/** @throws {DpoError} INVALID_OPTION when `stepIndex` and `gradientSteps` reach beyond the sampling steps. */
export async function shortcutGradient(
  pipeline: Pipeline,
  request: ShortcutGradientRequest,
): Promise<ShortcutGradient> {
  const { state, settings, stepIndex, gradientSteps = 1 } = request;
  checkReach(stepIndex, gradientSteps, settings.steps);
  const sampling = {
    settings,
    until: stepIndex,
    generators: request.generators ?? [],
    ...(request.signal && { signal: request.signal }),
    ...(request.onStep && { onStep: request.onStep }),
  };
  const start = await pipeline.sample(state, sampling);
  return new GradientPass(pipeline, request).run(start, stepIndex, gradientSteps);
}

class GradientPass {
  readonly #pipeline: Pipeline;
  readonly #request: ShortcutGradientRequest;
  readonly #ddim: Ddim;

  constructor(pipeline: Pipeline, request: ShortcutGradientRequest) {
    this.#pipeline = pipeline;
    this.#request = request;
    this.#ddim = pipeline.ddim(request.settings);
  }

  async run(start: FloatTensor, stepIndex: number, gradientSteps: number): Promise<ShortcutGradient> {
    const visited = await this.#forward(start, stepIndex, gradientSteps);
    const last = visited.at(-1)!;
    const original = floatTensor(start.shape, this.#ddim.original(last.step, last.sample.data, last.output));
    const { losses, gradient } = await this.#lossesAt(original);
    const contexts = await this.#back(visited, gradient.data);
    return { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, original, contexts };
  }

  async #forward(start: FloatTensor, stepIndex: number, gradientSteps: number): Promise<Visited[]> {
    const visited: Visited[] = [];
    let sample = start;
    const steps = this.#ddim.steps.slice(stepIndex, stepIndex + gradientSteps);
    for (const [index, step] of steps.entries()) {
      this.#request.signal?.throwIfAborted();
      const isLast = index === steps.length - 1;
      // Only the last step keeps its activations: the way back begins with it.
      const { output, passes } = isLast
        ? await this.#differentiable(sample, step, index === 0)
        : await this.#plain(sample, step);
      visited.push({ step, sample, output, passes });
      if (!isLast)
        sample = floatTensor(
          sample.shape,
          this.#ddim.next(step, sample.data, output, this.#noise(step, sample)),
        );
    }
    return visited;
  }

  async #plain(
    sample: FloatTensor,
    step: DdimStep,
  ): Promise<{ output: Float32Array; passes: Visited['passes'] }> {
    const { positive, negative } = this.#request.state;
    const inputs = { sample, timestep: step.timestep, positive, negative };
    return {
      output: await this.#pipeline.denoiser.guided(inputs, this.#request.settings.guidanceScale),
      passes: {},
    };
  }

  /** Both branches, each ready to be differentiated where the way back passes through it. */
  async #differentiable(sample: FloatTensor, step: DdimStep, isFirst: boolean) {
    const { state, settings } = this.#request;
    this.#pipeline.denoiser.calls += sample.shape[0]!;
    const outputs: Partial<Record<Branch, FloatTensor>> = {};
    const passes: Partial<Record<Branch, DifferentiablePass>> = {};
    for (const branch of this.#branches()) {
      const inputs = { sample, timestep: step.timestep, context: state[branch] };
      const wrt = this.#wanted(branch, isFirst);
      if (wrt.length > 0) passes[branch] = await this.#pipeline.denoiser.differentiable(inputs, wrt);
      outputs[branch] = passes[branch]?.output ?? (await this.#pipeline.denoiser.output(inputs));
    }
    const { positive, negative } = outputs;
    return {
      output: negative ? guide(positive!.data, negative.data, settings.guidanceScale) : positive!.data,
      passes,
    };
  }

  async #back(
    visited: readonly Visited[],
    toOriginal: Float32Array,
  ): Promise<Partial<Record<Branch, FloatTensor>>> {
    const sums: Partial<Record<Branch, FloatTensor>> = {};
    let flow = transposeOriginal(this.#ddim, visited.at(-1)!, toOriginal);
    for (const [index, visit] of [...visited.entries()].reverse()) {
      const isFirst = index === 0;
      const isLast = index === visited.length - 1;
      const passes = isLast
        ? visit.passes
        : (await this.#differentiable(visit.sample, visit.step, isFirst)).passes;
      const toSample = await this.#backThroughUnet(passes, flow.output, sums);
      if (isFirst) break;
      const cotangent = flow.sample.map((value, i) => value + toSample[i]!);
      const previous = visited[index - 1]!;
      flow = this.#ddim.nextTranspose(previous.step, previous.sample.data, previous.output, cotangent);
    }
    return sums;
  }

  /** Adds each searched branch's gradient to `sums`; gives the gradient at the latents, zero where nobody asked for it. */
  async #backThroughUnet(
    passes: Visited['passes'],
    toOutput: Float32Array,
    sums: Partial<Record<Branch, FloatTensor>>,
  ): Promise<Float32Array> {
    const toSample = new Float32Array(toOutput.length);
    for (const branch of this.#branches()) {
      this.#request.signal?.throwIfAborted();
      const share = this.#share(branch);
      const gradients = await passes[branch]?.transpose(toOutput.map((value) => value * share));
      if (gradients?.context) sums[branch] = added(sums[branch], sumRows(gradients.context));
      gradients?.sample?.data.forEach((value, i) => {
        toSample[i]! += value;
      });
    }
    return toSample;
  }

  /** The mean over the rows, one row after another: the decoder is where a large picture needs the most memory. */
  async #lossesAt(original: FloatTensor): Promise<{ losses: number[]; gradient: FloatTensor }> {
    const { scorer, decoder } = this.#pipeline;
    const rows = original.shape[0]!;
    const losses: number[] = [];
    const gradient = new Float32Array(original.data.length);
    for (let row = 0; row < rows; row++) {
      const latents = floatTensor([1, ...original.shape.slice(1)], rowAt(original, row).data);
      const result = await scorer.latentLosses(decoder, latents, this.#request.target);
      losses.push(...result.losses);
      gradient.set(
        result.gradient.data.map((value) => value / rows),
        row * latents.data.length,
      );
    }
    return { losses, gradient: floatTensor(original.shape, gradient) };
  }

  /** At guidance 1 the negative branch has no part in the output. */
  #branches(): readonly Branch[] {
    return this.#request.settings.guidanceScale === 1 ? ['positive'] : ['positive', 'negative'];
  }

  /** The searched context always; the latents where an earlier step lies on the way back. */
  #wanted(branch: Branch, isFirst: boolean): DifferentiableInput[] {
    const wanted: DifferentiableInput[] = [];
    if (this.#request.searched.includes(branch)) wanted.push('context');
    if (!isFirst) wanted.push('sample');
    return wanted;
  }

  /** d guided output / d output of one branch, from formula (4). */
  #share(branch: Branch): number {
    const { guidanceScale } = this.#request.settings;
    return branch === 'positive' ? guidanceScale : 1 - guidanceScale;
  }

  #noise(step: DdimStep, sample: FloatTensor): Float32Array | undefined {
    if (step.sigma === 0) return undefined;
    const draws = this.#request.generators!.map((generator) => generator.randn(sample.shape.slice(1)).data);
    return Float32Array.from(draws.flatMap((draw) => [...draw]));
  }
}

function transposeOriginal(ddim: Ddim, { step, sample, output }: Visited, cotangent: Float32Array) {
  return ddim.originalTranspose(step, sample.data, output, cotangent);
}

function added(sum: FloatTensor | undefined, term: FloatTensor): FloatTensor {
  if (!sum) return term;
  return floatTensor(
    sum.shape,
    sum.data.map((value, i) => value + term.data[i]!),
  );
}

function checkReach(stepIndex: number, gradientSteps: number, steps: number): void {
  if (!Number.isInteger(gradientSteps) || gradientSteps < 1) {
    throw new DpoError(
      'INVALID_OPTION',
      `The number of gradient steps must be a whole number of at least 1, got ${gradientSteps}.`,
    );
  }
  if (!Number.isInteger(stepIndex) || stepIndex < 0 || stepIndex + gradientSteps > steps) {
    const message = `The gradient cannot go through ${gradientSteps} step(s) from step index ${stepIndex}: there are ${steps} steps, with indices 0 to ${steps - 1}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { stepIndex, gradientSteps, steps } });
  }
}
