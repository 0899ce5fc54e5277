/**
 * @file The shortcut text gradient (paper, section 6.1): the gradient of the loss with respect to the prompts' conditionings through K denoising
 * steps, a closed-form estimate of the final picture, the decoder and the scorer. What the gradient itself costs depends neither on the
 * number of sampling steps nor on the step where it is taken; reaching step t costs t guided steps without gradient. Its memory does
 * not depend on K either: activations are made again, step by step, on the way back.
 */
import { DpoError, invariant } from '../errors.ts';
import { rowsOf, sumRows } from '../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import type { TorchGenerator } from '../tensor/torch-noise.ts';
import { addConditioning, type Branch, type Conditioning, mapConditioning } from './conditioning.ts';
import type { DenoiserState, DifferentiableInput } from './denoiser.ts';
import type { PictureSampling } from './picture-sampling.ts';
import type { Pipeline, SamplingSettings, SamplingState } from './pipeline.ts';
import { ReverseSweep, type VisitedStep } from './schedulers/reverse-sweep.ts';
import type { Scheduler } from './schedulers/scheduler.ts';
import { SchedulerRun } from './schedulers/scheduler-run.ts';
import { timeIdsOf } from './size-conditioning.ts';
import { stepNoise } from './step-noise.ts';

export interface ShortcutGradientRequest {
  /** Initial latents (at the noisiest step) and both conditionings, a row for each seed. */
  readonly state: SamplingState;
  readonly settings: SamplingSettings;
  /** Step where the gradient begins, 0 (noisiest) to the last of `Scheduler.steps`. */
  readonly stepIndex: number;
  /** K, the number of denoising steps that the gradient goes through. @default 1 */
  readonly gradientSteps?: number;
  /** The branches whose prompts are searched; the others are constants. */
  readonly searched: readonly Branch[];
  /** The prompt that the picture is compared with. */
  readonly target: string;
  /**
   * Pictures that stand at `stepIndex` already, one for each row: those of an earlier sampling, whatever its prompts. Nothing is
   * sampled before the gradient then, and their generators draw the noise. @default the sampling of `state`
   */
  readonly start?: readonly PictureSampling[];
  /** Draw the noise of stochastic steps, one for each row; needed where the sampler adds noise. */
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
  /** d loss / d conditioning of each searched branch, `[S, D]` and `[P]`, summed over the rows (which share their prompts). */
  readonly gradients: BranchGradients;
}

export type BranchGradients = Readonly<Partial<Record<Branch, Conditioning>>>;

/**
 * Samples without gradient to `stepIndex`, and takes the gradient from there.
 * @throws {DpoError} INVALID_OPTION when `stepIndex` and `gradientSteps` reach beyond the sampling steps, a scorer has no gradient, or a
 * generator is missing
 */
export async function shortcutGradient(
  pipeline: Pipeline,
  request: ShortcutGradientRequest,
): Promise<ShortcutGradient> {
  const { settings, stepIndex, gradientSteps = 1 } = request;
  checkReach(stepIndex, gradientSteps, pipeline.scheduler(settings).steps.length);
  pipeline.scorer.requireGradient();
  const start = request.start ? joinedStart(request.start, stepIndex) : await sampledStart(pipeline, request);
  return new GradientPass(pipeline, request).run(start, gradientSteps);
}

/** Copies: the way there draws noise, and others may go on from the same pictures. */
function joinedStart(pictures: readonly PictureSampling[], stepIndex: number): GradientStart {
  const copies = pictures.map((picture) => picture.copy());
  invariant(
    copies.every(({ index }) => index === stepIndex),
    `a gradient at step ${stepIndex} was asked for at pictures elsewhere`,
  );
  return {
    run: SchedulerRun.joined(copies.map(({ run }) => run)),
    generators: copies.map(({ generator }) => generator),
  };
}

async function sampledStart(pipeline: Pipeline, request: ShortcutGradientRequest): Promise<GradientStart> {
  const { state, settings, stepIndex, generators = [] } = request;
  const onStep = (index: number) => {
    request.onUnetCall?.(state.latents.shape[0]);
    request.onStep?.(index);
  };
  const sampling = {
    settings,
    until: stepIndex,
    generators,
    ...(request.signal && { signal: request.signal }),
    onStep,
  };
  return { run: await pipeline.samplingTo(state, sampling), generators };
}

/** Where a gradient begins. */
interface GradientStart {
  readonly run: SchedulerRun;
  readonly generators: readonly TorchGenerator[];
}

class GradientPass {
  readonly #pipeline: Pipeline;
  readonly #request: ShortcutGradientRequest;
  readonly #scheduler: Scheduler;

  constructor(pipeline: Pipeline, request: ShortcutGradientRequest) {
    this.#pipeline = pipeline;
    this.#request = request;
    this.#scheduler = pipeline.scheduler(request.settings);
  }

  async run(start: GradientStart, gradientSteps: number): Promise<ShortcutGradient> {
    const visited = await this.#forward(start, gradientSteps);
    const { index, sample, output } = visited[visited.length - 1];
    const original = floatTensor(this.#shape, this.#scheduler.original(index, sample, output));
    const { losses, gradient } = await this.#lossesAt(original);
    const gradients = this.#ofSearched(await this.#back(visited, gradient.data));
    return { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, original, gradients };
  }

  /** A branch that has no part in the output has a gradient of zero. */
  #ofSearched(sums: BranchGradients): BranchGradients {
    const { searched, state } = this.#request;
    const zeros = (branch: Branch) =>
      mapConditioning(state[branch], ({ shape }) => floatTensor(shape.slice(1)));
    return Object.fromEntries(searched.map((branch) => [branch, sums[branch] ?? zeros(branch)]));
  }

  get #shape(): FloatTensor['shape'] {
    return this.#request.state.latents.shape;
  }

  async #forward({ run, generators }: GradientStart, gradientSteps: number): Promise<VisitedStep[]> {
    const { state, settings, signal } = this.#request;
    const { positive, negative } = state;
    const visited: VisitedStep[] = [];
    while (visited.length < gradientSteps) {
      signal?.throwIfAborted();
      const { index, sample } = run;
      const inputs = { ...this.#unetInputs(index, sample), positive, negative };
      const output = await this.#pipeline.denoiser.guided(inputs, settings.guidanceScale);
      this.#request.onUnetCall?.(this.#shape[0]);
      visited.push({ index, sample, output });
      if (visited.length < gradientSteps)
        run.advance(output, stepNoise(this.#scheduler, index, this.#shape, generators));
    }
    return visited;
  }

  /** What the UNet reads at step `index`: the latents as the sampler scales them. */
  #unetInputs(index: number, sample: Float32Array): DenoiserState {
    const scaled = floatTensor(this.#shape, this.#scheduler.scaleInput(index, sample));
    const timeIds = timeIdsOf(this.#request.settings);
    return { sample: scaled, timestep: this.#scheduler.steps[index].timestep, ...(timeIds && { timeIds }) };
  }

  async #back(visited: readonly VisitedStep[], toOriginal: Float32Array): Promise<BranchGradients> {
    const sums: Partial<Record<Branch, Conditioning>> = {};
    const sweep = new ReverseSweep(this.#scheduler, visited, toOriginal);
    for (const step of [...visited].reverse()) {
      const isFirst = step === visited[0];
      const toInput = await this.#backThroughUnet(step, sweep.toOutput(step.index), isFirst, sums);
      if (!isFirst) sweep.passInput(step.index, toInput);
    }
    return sums;
  }

  /** Adds each searched branch's gradient to `sums`; gives the gradient at the UNet's input, zero where no earlier step asks for it. */
  async #backThroughUnet(
    { index, sample }: VisitedStep,
    toOutput: Float32Array,
    isFirst: boolean,
    sums: Partial<Record<Branch, Conditioning>>,
  ): Promise<Float32Array> {
    const toInput = new Float32Array(toOutput.length);
    for (const branch of this.#branches()) {
      this.#request.signal?.throwIfAborted();
      const wanted = this.#wanted(branch, isFirst);
      if (wanted.length === 0) continue;
      const share = this.#share(branch);
      const inputs = { ...this.#unetInputs(index, sample), ...this.#request.state[branch] };
      const cotangent = toOutput.map((value) => value * share);
      const { context, pooled, ...gradients } = await this.#pipeline.denoiser.transpose(
        inputs,
        cotangent,
        wanted,
      );
      this.#request.onUnetCall?.(this.#shape[0]);
      if (context) {
        const toPrompt = mapConditioning({ context, ...(pooled && { pooled }) }, sumRows);
        sums[branch] = addConditioning(sums[branch], toPrompt);
      }
      gradients.sample?.data.forEach((value, i) => {
        toInput[i] += value;
      });
    }
    return toInput;
  }

  /** The mean over the rows, one row after another: the decoder is where a large picture needs the most memory. */
  async #lossesAt(original: FloatTensor): Promise<{ losses: number[]; gradient: FloatTensor }> {
    const { scorer, decoder, memory } = this.#pipeline;
    const options = { tiling: this.#request.settings.vaeTiling, apart: memory === 'low' };
    const rows = original.shape[0];
    const losses: number[] = [];
    const gradient = new Float32Array(original.data.length);
    for (let row = 0; row < rows; row++) {
      const latents = rowsOf(original, row, row + 1);
      const result = await scorer.latentLosses(decoder, latents, this.#request.target, options);
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

  /** The searched prompt always; the latents where an earlier step lies on the way back. */
  #wanted(branch: Branch, isFirst: boolean): DifferentiableInput[] {
    const wanted: DifferentiableInput[] = [];
    const { searched, state } = this.#request;
    if (searched.includes(branch))
      wanted.push('context', ...(state[branch].pooled ? ['pooled' as const] : []));
    if (!isFirst) wanted.push('sample');
    return wanted;
  }

  /** d guided output / d output of one branch, from formula (4). */
  #share(branch: Branch): number {
    const { guidanceScale } = this.#request.settings;
    return branch === 'positive' ? guidanceScale : 1 - guidanceScale;
  }
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
