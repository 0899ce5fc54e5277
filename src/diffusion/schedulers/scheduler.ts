/**
 * @file What every sampler is: a table with a row for each model evaluation. The samplers differ in the rows alone, so that stepping
 * (`SchedulerRun`), its transpose (`ReverseSweep`) and the estimate of the final picture are written once for all of them.
 */
import type { PredictionType } from '../../checkpoint/scheduler-config.ts';
import { invariant } from '../../errors.ts';
import type { LinearCombination } from './linear-combination.ts';
import { inputScale, type LinearMap, type NoiseLevel, originalMap } from './noise-level.ts';
import { SchedulerRun } from './scheduler-run.ts';

/** One model evaluation, and the step that follows it. */
export interface SchedulerStep {
  /** The training timestep that the model is told; it need not be whole. */
  readonly timestep: number;
  /** Of the latents before the step. */
  readonly level: NoiseLevel;
  /** The latents after the step. At most one term is noise: that of this step. */
  readonly next: LinearCombination;
}

/** What one sampler's function computes. */
export interface SchedulerTable {
  readonly steps: readonly SchedulerStep[];
  /** Standard deviation of the noise that sampling starts from. @default 1 */
  readonly initNoiseSigma?: number;
  /** The estimate of the final picture is clamped to ± this. @default it is not */
  readonly clipRange?: number | undefined;
}

/** One sampler for one noise schedule and number of steps. Latents are plain arrays: the arithmetic between two model evaluations is small. */
export class Scheduler {
  /** As users of other programs know it, such as `DPM++ 2M`. */
  readonly name: string;
  /** A row for each model evaluation, noisiest first. Heun has 2 N − 1 of N steps, PNDM N + 1, all others N. */
  readonly steps: readonly SchedulerStep[];
  /** Latents begin as standard normal noise times this. */
  readonly initNoiseSigma: number;
  readonly #maps: readonly LinearMap[];
  readonly #clipRange: number;

  constructor(name: string, prediction: PredictionType, table: SchedulerTable) {
    this.name = name;
    this.steps = table.steps;
    this.initNoiseSigma = table.initNoiseSigma ?? 1;
    this.#clipRange = table.clipRange ?? Number.POSITIVE_INFINITY;
    this.#maps = table.steps.map(({ level }) => originalMap(level, prediction));
    for (const [index, { next }] of table.steps.entries()) checkTerms(next, index);
  }

  /** Standard deviation of the noise that step `index` adds; 0 where it is deterministic. */
  noiseScale(index: number): number {
    return this.steps[index].next.terms.find(({ kind }) => kind === 'noise')?.weight ?? 0;
  }

  /** What the latents before step `index` are multiplied with before the model reads them. */
  inputScale(index: number): number {
    return inputScale(this.steps[index].level);
  }

  /** What the model reads. */
  scaleInput(index: number, sample: Float32Array): Float32Array {
    const scale = this.inputScale(index);
    return scale === 1 ? sample : sample.map((x) => scale * x);
  }

  /** The final latents in closed form, from the latents before step `index` and the model's output (method: step 3 of the shortcut text gradient). */
  original(index: number, sample: Float32Array, output: Float32Array): Float32Array {
    const map = this.#maps[index];
    const limit = this.#clipRange;
    if (limit === Number.POSITIVE_INFINITY)
      return sample.map((x, i) => map.sample * x + map.output * output[i]);
    return sample.map((x, i) => Math.min(Math.max(map.sample * x + map.output * output[i], -limit), limit));
  }

  /**
   * Transpose of `original`: the gradient with respect to sample and output, given that with respect to the estimate. Where the estimate
   * was clipped, nothing flows back.
   */
  originalTranspose(
    index: number,
    { sample, output }: { readonly sample: Float32Array; readonly output: Float32Array },
    cotangent: Float32Array,
  ): { sample: Float32Array; output: Float32Array } {
    const map = this.#maps[index];
    const limit = this.#clipRange;
    const isInside = (i: number) => Math.abs(map.sample * sample[i] + map.output * output[i]) <= limit;
    const inside =
      limit === Number.POSITIVE_INFINITY ? cotangent : cotangent.map((ct, i) => (isInside(i) ? ct : 0));
    return { sample: inside.map((ct) => ct * map.sample), output: inside.map((ct) => ct * map.output) };
  }

  /** A sampling from `latents`, which already have the deviation `initNoiseSigma`. */
  start(latents: Float32Array): SchedulerRun {
    return new SchedulerRun(this, latents);
  }
}

function checkTerms({ terms }: LinearCombination, index: number): void {
  for (const { kind, step, weight } of terms) {
    invariant(step >= 0 && step <= index, `step ${index} reads what step ${step} knows`);
    invariant(kind !== 'noise' || step === index, `step ${index} reads the noise of step ${step}`);
    invariant(Number.isFinite(weight), `step ${index} has the weight ${weight}`);
  }
}
