/**
 * @file DDIM (Song et al., 2020): the timesteps of a sampling, its step, the closed-form estimate of the final image,
 * and the transposes of both, for gradients. Latents are plain arrays: the arithmetic between two UNet calls is small and linear.
 */
import type { SchedulerConfig } from '../checkpoint/scheduler-config.ts';
import { DpoError } from '../errors.ts';
import { alphaBars } from './noise-schedule.ts';

/** One step of a sampling. */
export interface DdimStep {
  /** The training timestep that the UNet is told. */
  readonly timestep: number;
  readonly alphaBar: number;
  /** alphaBar of the timestep that the step leads to. */
  readonly alphaBarNext: number;
  /** Standard deviation of the noise that the step adds: 0 when eta is 0. */
  readonly sigma: number;
}

/** Weights of a linear map `(x, modelOutput) → x * sample + modelOutput * output`. */
interface LinearMap {
  readonly sample: number;
  readonly output: number;
}

export interface DdimOptions {
  /** Number of steps, 1 to the number of training timesteps. */
  readonly steps: number;
  /** 0 is deterministic DDIM, 1 the variance of DDPM. @default 0 */
  readonly eta?: number;
}

/** DDIM for one noise schedule and number of steps. */
export class Ddim {
  readonly steps: readonly DdimStep[];
  readonly #config: SchedulerConfig;

  /** @throws {DpoError} INVALID_OPTION when steps or eta lie outside their range. */
  constructor(config: SchedulerConfig, { steps, eta = 0 }: DdimOptions) {
    this.#config = config;
    const bars = alphaBars(config);
    checkOptions(steps, eta, bars.length);
    const stride = Math.floor(bars.length / steps);
    const final = config.setAlphaToOne ? 1 : bars[0];
    this.steps = timestepsOf(config, steps).map((timestep) => {
      const alphaBar = bars[timestep];
      const alphaBarNext = bars[timestep - stride] ?? final;
      // Formula (16) of the DDIM paper.
      const variance = ((1 - alphaBarNext) / (1 - alphaBar)) * (1 - alphaBar / alphaBarNext);
      return { timestep, alphaBar, alphaBarNext, sigma: eta * Math.sqrt(Math.max(variance, 0)) };
    });
  }

  /** The next, less noisy latents; formula (12) of the DDIM paper. `noise` is standard normal and needed when sigma > 0. */
  next(step: DdimStep, sample: Float32Array, output: Float32Array, noise?: Float32Array): Float32Array {
    const original = this.original(step, sample, output);
    const direction = Math.sqrt(Math.max(1 - step.alphaBarNext - step.sigma ** 2, 0));
    const rootNext = Math.sqrt(step.alphaBarNext);
    const eps = this.#noiseMap(step);
    return sample.map((x, i) => {
      const noiseLess = rootNext * original[i] + direction * (eps.sample * x + eps.output * output[i]);
      return noise && step.sigma > 0 ? noiseLess + step.sigma * noise[i] : noiseLess;
    });
  }

  /** The final image in closed form (method: step 3 of the shortcut text gradient). */
  original(step: DdimStep, sample: Float32Array, output: Float32Array): Float32Array {
    const map = this.#originalMap(step);
    const limit = this.#config.clipSample ? this.#config.clipSampleRange : Number.POSITIVE_INFINITY;
    return sample.map((x, i) => Math.min(Math.max(map.sample * x + map.output * output[i], -limit), limit));
  }

  /** Transpose of `original`: the gradient with respect to sample and output, given that with respect to the estimate. */
  originalTranspose(step: DdimStep, sample: Float32Array, output: Float32Array, cotangent: Float32Array) {
    const inside = this.#insideClip(step, sample, output, cotangent);
    return applyTranspose(this.#originalMap(step), inside);
  }

  /** Transpose of `next` (its noise is a constant). */
  nextTranspose(step: DdimStep, sample: Float32Array, output: Float32Array, cotangent: Float32Array) {
    const direction = Math.sqrt(Math.max(1 - step.alphaBarNext - step.sigma ** 2, 0));
    const rootNext = Math.sqrt(step.alphaBarNext);
    const toOriginal = this.#insideClip(
      step,
      sample,
      output,
      cotangent.map((ct) => ct * rootNext),
    );
    const viaOriginal = applyTranspose(this.#originalMap(step), toOriginal);
    const viaNoise = applyTranspose(
      this.#noiseMap(step),
      cotangent.map((ct) => ct * direction),
    );
    return {
      sample: viaOriginal.sample.map((value, i) => value + viaNoise.sample[i]),
      output: viaOriginal.output.map((value, i) => value + viaNoise.output[i]),
    };
  }

  /** x0 as a function of sample and model output. */
  #originalMap({ alphaBar }: DdimStep): LinearMap {
    const [signal, noise] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
    switch (this.#config.predictionType) {
      case 'epsilon':
        return { sample: 1 / signal, output: -noise / signal };
      case 'v_prediction':
        return { sample: signal, output: -noise };
    }
  }

  /** The noise in the sample as a function of sample and model output. */
  #noiseMap({ alphaBar }: DdimStep): LinearMap {
    switch (this.#config.predictionType) {
      case 'epsilon':
        return { sample: 0, output: 1 };
      case 'v_prediction':
        return { sample: Math.sqrt(1 - alphaBar), output: Math.sqrt(alphaBar) };
    }
  }

  /** Where the estimate was clipped, nothing flows back. */
  #insideClip(
    step: DdimStep,
    sample: Float32Array,
    output: Float32Array,
    cotangent: Float32Array,
  ): Float32Array {
    if (!this.#config.clipSample) return cotangent;
    const map = this.#originalMap(step);
    const limit = this.#config.clipSampleRange;
    return cotangent.map((ct, i) =>
      Math.abs(map.sample * sample[i] + map.output * output[i]) <= limit ? ct : 0,
    );
  }
}

function applyTranspose(map: LinearMap, cotangent: Float32Array) {
  return { sample: cotangent.map((ct) => ct * map.sample), output: cotangent.map((ct) => ct * map.output) };
}

function checkOptions(steps: number, eta: number, trainTimesteps: number): void {
  if (!Number.isInteger(steps) || steps < 1 || steps > trainTimesteps) {
    const message = `The number of steps must be a whole number from 1 to ${trainTimesteps}, got ${steps}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'steps', value: steps } });
  }
  if (!(eta >= 0 && eta <= 1)) {
    throw new DpoError('INVALID_OPTION', `eta must lie between 0 and 1, got ${eta}.`, {
      details: { option: 'eta', value: eta },
    });
  }
}

/** Training timesteps of each step, noisiest first (the spacings of Lin et al., 2023, table 2). */
function timestepsOf(config: SchedulerConfig, steps: number): number[] {
  const total = config.numTrainTimesteps;
  const ascending = Array.from({ length: steps }, (_, i) => i);
  switch (config.timestepSpacing) {
    case 'leading': {
      const stride = Math.floor(total / steps);
      return ascending.map((i) => Math.min(i * stride + config.stepsOffset, total - 1)).reverse();
    }
    case 'linspace':
      return ascending.map((i) => roundHalfEven((i * (total - 1)) / Math.max(steps - 1, 1))).reverse();
    case 'trailing':
      return ascending.map((i) => roundHalfEven(total - (i * total) / steps) - 1);
  }
}

/** numpy's rounding, which the reference implementation of the spacings uses. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
