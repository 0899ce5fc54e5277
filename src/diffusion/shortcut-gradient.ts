/**
 * @file The shortcut text gradient (paper, section 6.1): the gradient of the loss with respect to the prompts' contexts through K denoising
 * steps, a closed-form estimate of the final picture, the decoder and the scorer. What the gradient itself costs depends neither on the
 * number of sampling steps nor on the step where it is taken; reaching step t costs t guided steps without gradient. Its memory does
 * not depend on K either: activations are made again, step by step, on the way back.
 */
import { DpoError } from '../errors.ts';
import { rowsOf, sumRows } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import type { Ddim, DdimStep } from './ddim.ts';
import type { DifferentiableInput } from './denoiser.ts';
import type { Pipeline, SamplingSettings, SamplingState } from './pipeline.ts';
import { stepNoise } from './step-noise.ts';

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
  /** Draw the noise of stochastic steps, one for each row; needed when eta > 0. */
  readonly generators?: readonly TorchGenerator[];
  readonly signal?: AbortSignal;
  /** Called after each guided step of the sampling before the gradient. */
  readonly onStep?: (index: number) => void;
  /** Called after each guided step, those of the gradient included, and each backward pass through the UNet, with the number of its rows. */
  readonly onUnetCall?: (pictures: number) => void;
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
}

/**
 * Samples without gradient to `stepIndex`, and takes the gradient from there.
 * @throws {DpoError} INVALID_OPTION when `stepIndex` and `gradientSteps` reach beyond the sampling steps, a scorer has no gradient, or a
 * generator is missing
 */
export async function shortcutGradient(
  pipeline: Pipeline,
  request: ShortcutGradientRequest,
): Promise<ShortcutGradient> {
  const { state, settings, stepIndex, gradientSteps = 1 } = request;
  checkReach(stepIndex, gradientSteps, settings.steps);
  pipeline.scorer.requireGradient();
  const onStep = (index: number) => {
    request.onUnetCall?.(state.latents.shape[0]);
    request.onStep?.(index);
  };
  const sampling = {
    settings,
    until: stepIndex,
    generators: request.generators ?? [],
    ...(request.signal && { signal: request.signal }),
    onStep,
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
    const contexts = this.#ofSearched(await this.#back(visited, gradient.data));
    return { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, original, contexts };
  }

  /** A branch that has no part in the output has a gradient of zero. */
  #ofSearched(sums: ShortcutGradient['contexts']): ShortcutGradient['contexts'] {
    const { searched, state } = this.#request;
    const zeros = (branch: Branch) => floatTensor(state[branch].shape.slice(1));
    return Object.fromEntries(searched.map((branch) => [branch, sums[branch] ?? zeros(branch)]));
  }

  async #forward(start: FloatTensor, stepIndex: number, gradientSteps: number): Promise<Visited[]> {
    const { state, settings, signal } = this.#request;
    const { positive, negative } = state;
    const visited: Visited[] = [];
    let sample = start;
    for (const step of this.#ddim.steps.slice(stepIndex, stepIndex + gradientSteps)) {
      signal?.throwIfAborted();
      const inputs = { sample, timestep: step.timestep, positive, negative };
      const output = await this.#pipeline.denoiser.guided(inputs, settings.guidanceScale);
      this.#request.onUnetCall?.(sample.shape[0]);
      visited.push({ step, sample, output });
      if (visited.length < gradientSteps) sample = this.#next(step, sample, output);
    }
    return visited;
  }

  #next(step: DdimStep, sample: FloatTensor, output: Float32Array): FloatTensor {
    const noise = stepNoise(step, sample, this.#request.generators ?? []);
    return floatTensor(sample.shape, this.#ddim.next(step, sample.data, output, noise));
  }

  async #back(
    visited: readonly Visited[],
    toOriginal: Float32Array,
  ): Promise<Partial<Record<Branch, FloatTensor>>> {
    const sums: Partial<Record<Branch, FloatTensor>> = {};
    const last = visited[visited.length - 1];
    let flow = this.#ddim.originalTranspose(last.step, last.sample.data, last.output, toOriginal);
    for (let index = visited.length - 1; index >= 0; index--) {
      const toSample = await this.#backThroughUnet(visited[index], flow.output, index === 0, sums);
      if (index === 0) break;
      const cotangent = flow.sample.map((value, i) => value + toSample[i]);
      const previous = visited[index - 1];
      flow = this.#ddim.nextTranspose(previous.step, previous.sample.data, previous.output, cotangent);
    }
    return sums;
  }

  /** Adds each searched branch's gradient to `sums`; gives the gradient at the latents, zero where no earlier step asks for it. */
  async #backThroughUnet(
    { sample, step }: Visited,
    toOutput: Float32Array,
    isFirst: boolean,
    sums: Partial<Record<Branch, FloatTensor>>,
  ): Promise<Float32Array> {
    const toSample = new Float32Array(toOutput.length);
    for (const branch of this.#branches()) {
      this.#request.signal?.throwIfAborted();
      const wanted = this.#wanted(branch, isFirst);
      if (wanted.length === 0) continue;
      const share = this.#share(branch);
      const inputs = { sample, timestep: step.timestep, context: this.#request.state[branch] };
      const cotangent = toOutput.map((value) => value * share);
      const gradients = await this.#pipeline.denoiser.transpose(inputs, cotangent, wanted);
      this.#request.onUnetCall?.(sample.shape[0]);
      if (gradients.context) sums[branch] = added(sums[branch], sumRows(gradients.context));
      gradients.sample?.data.forEach((value, i) => {
        toSample[i] += value;
      });
    }
    return toSample;
  }

  /** The mean over the rows, one row after another: the decoder is where a large picture needs the most memory. */
  async #lossesAt(original: FloatTensor): Promise<{ losses: number[]; gradient: FloatTensor }> {
    const { scorer, decoder } = this.#pipeline;
    const rows = original.shape[0];
    const losses: number[] = [];
    const gradient = new Float32Array(original.data.length);
    for (let row = 0; row < rows; row++) {
      const latents = rowsOf(original, row, row + 1);
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
}

function added(sum: FloatTensor | undefined, term: FloatTensor): FloatTensor {
  if (!sum) return term;
  return floatTensor(
    sum.shape,
    sum.data.map((value, i) => value + term.data[i]),
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
    const count = gradientSteps === 1 ? '1 step' : `${gradientSteps} steps`;
    const message = `The gradient cannot go through ${count} from step index ${stepIndex}: there are ${steps} steps, with indices 0 to ${steps - 1}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { stepIndex, gradientSteps, steps } });
  }
}
