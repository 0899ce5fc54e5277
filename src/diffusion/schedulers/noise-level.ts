/**
 * @file How noisy latents are, and what the model's output then says of picture and noise. The two families of samplers write the same latents
 * differently: `alpha x0 + sqrt(1 - alpha^2) eps` (DDIM, DPM-Solver, …) and `x0 + sigma eps` (Karras et al., 2022: Euler, Heun). One form serves both.
 */
import type { PredictionType } from '../../checkpoint/scheduler-config.ts';
import { LinearCombination } from './linear-combination.ts';

/** Latents are `signal * picture + deviation * noise`. */
export interface NoiseLevel {
  readonly signal: number;
  readonly deviation: number;
}

/** Weights of a linear map `(sample, output) → sample * x + output * y`. */
export interface LinearMap {
  readonly sample: number;
  readonly output: number;
}

/** In terms of the paper's `alphaBar`: signal and noise keep the variance at 1. */
export function alphaLevel(alphaBar: number): NoiseLevel {
  return { signal: Math.sqrt(alphaBar), deviation: Math.sqrt(1 - alphaBar) };
}

/** In terms of sigma, the picture unscaled. */
export function sigmaLevel(sigma: number): NoiseLevel {
  return { signal: 1, deviation: sigma };
}

/** The level of the same ratio whose variance is 1. */
export function variancePreserving(sigma: number): NoiseLevel {
  const signal = 1 / Math.hypot(sigma, 1);
  return { signal, deviation: sigma * signal };
}

/** Noise over signal. */
export function sigmaOf({ signal, deviation }: NoiseLevel): number {
  return deviation / signal;
}

/** What the sample must be multiplied with for a variance of 1, which the model was trained on. */
export function inputScale({ signal, deviation }: NoiseLevel): number {
  return 1 / Math.hypot(signal, deviation);
}

/** The picture in closed form: x0 as a function of sample and model output. */
export function originalMap(level: NoiseLevel, prediction: PredictionType): LinearMap {
  const { signal, deviation } = level;
  const scale = inputScale(level);
  switch (prediction) {
    case 'epsilon':
      return { sample: 1 / signal, output: -deviation / signal };
    case 'v_prediction':
      return { sample: signal * scale * scale, output: -deviation * scale };
  }
}

/** The noise in the sample as a function of sample and model output. */
export function noiseMap(level: NoiseLevel, prediction: PredictionType): LinearMap {
  const { signal, deviation } = level;
  const scale = inputScale(level);
  switch (prediction) {
    case 'epsilon':
      return { sample: 0, output: 1 };
    case 'v_prediction':
      return { sample: deviation * scale * scale, output: signal * scale };
  }
}

/** `map` of sample and output. */
export function applied(
  map: LinearMap,
  sample: LinearCombination,
  output: LinearCombination,
): LinearCombination {
  return sample.times(map.sample).plus(output.times(map.output));
}

/** The noise in the latents before model evaluation `step`. */
export function noiseAt(step: number, level: NoiseLevel, prediction: PredictionType): LinearCombination {
  const map = noiseMap(level, prediction);
  return applied(map, LinearCombination.of('sample', step), LinearCombination.of('output', step));
}
