/** @file Noise levels as sigmas, for the samplers that are written in them: spaced over the training timesteps, or by Karras et al. (2022). */
import { alphaBars } from '../noise-schedule.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import { linspace, roundHalfEven, spacedTimesteps } from './timesteps.ts';

/** One more sigma than timesteps: the last is where the last step ends. */
export interface SigmaSchedule {
  readonly sigmas: readonly number[];
  readonly timesteps: readonly number[];
}

export interface ContinuousSchedule extends SigmaSchedule {
  /** Deviation of the latents that sampling begins with. */
  readonly initNoiseSigma: number;
}

/** The last alphaBar of a zero terminal signal-to-noise ratio, so that sigma stays finite: the smallest half float, as everybody else has it. */
const LAST_ALPHA_BAR = 2 ** -24;
/** Formula (5) of Karras et al. */
const RHO = 7;

/** The schedule of Euler and Heun: timesteps need not be whole, and Karras' sigmas span those of the timesteps. */
export function continuousSigmas({
  config,
  steps,
  spacing,
  karras,
  options,
}: SamplerInputs): ContinuousSchedule {
  const train = trainSigmas(config);
  const places = { steps, total: train.length, spacing, offset: config.stepsOffset };
  const timesteps = spacedTimesteps({ ...places, rounds: false });
  const spaced = timesteps.map((t) => interpolated(train, t));
  const end = options.finalSigmasType === 'zero' ? 0 : train[0];
  // Under `leading` spacing the first timestep is not the noisiest, and the latents have a picture's variance besides.
  const initNoiseSigma = spacing === 'leading' ? Math.hypot(spaced[0], 1) : spaced[0];
  if (!karras) return { sigmas: [...spaced, end], timesteps, initNoiseSigma };
  const sigmas = karrasSigmas(spaced[0], spaced[spaced.length - 1], steps);
  return {
    sigmas: [...sigmas, end],
    timesteps: sigmas.map((sigma) => timestepOf(sigma, train)),
    initNoiseSigma,
  };
}

/** The schedule of DPM-Solver and UniPC: whole timesteps, the end of the last step counts as a place, and Karras' sigmas span all of the training's. */
export function solverSigmas(
  { config, steps, spacing, karras, options }: SamplerInputs,
  rounded: (timestep: number) => number = roundHalfEven,
): SigmaSchedule {
  const train = trainSigmas(config);
  const endOf = (last: number) => (options.finalSigmasType === 'zero' ? 0 : Math.min(train[0], last));
  if (karras) {
    const sigmas = karrasSigmas(train[train.length - 1], train[0], steps);
    const timesteps = sigmas.map((sigma) => rounded(timestepOf(sigma, train)));
    return { sigmas: [...sigmas, endOf(sigmas[steps - 1])], timesteps };
  }
  const places = { steps, total: train.length, spacing, offset: config.stepsOffset };
  const timesteps = spacedTimesteps({ ...places, countsEnd: true });
  return { sigmas: [...timesteps.map((t) => train[t]), endOf(train[timesteps[steps - 1]])], timesteps };
}

/** Noise over signal at each training timestep, rising. */
function trainSigmas(config: SamplerInputs['config']): Float64Array {
  const bars = alphaBars(config);
  if (config.rescaleBetasZeroSnr) bars[bars.length - 1] = LAST_ALPHA_BAR;
  return bars.map((alphaBar) => Math.sqrt((1 - alphaBar) / alphaBar));
}

function karrasSigmas(max: number, min: number, steps: number): number[] {
  const [from, to] = [max ** (1 / RHO), min ** (1 / RHO)];
  return linspace(0, 1, steps).map((progress) => (from + progress * (to - from)) ** RHO);
}

/** The sigma at a timestep between two whole ones. */
function interpolated(train: Float64Array, timestep: number): number {
  const low = Math.min(Math.floor(timestep), train.length - 1);
  const high = Math.min(low + 1, train.length - 1);
  return train[low] + (timestep - low) * (train[high] - train[low]);
}

/** The timestep at which training had this sigma, between two whole ones by their logarithms. */
function timestepOf(sigma: number, train: Float64Array): number {
  const above = train.findIndex((other) => other > sigma);
  const high = Math.max(1, above < 0 ? train.length - 1 : above);
  const [a, b] = [Math.log(train[high - 1]), Math.log(train[high])];
  return b > a
    ? high - 1 + Math.min(1, Math.max(0, (Math.log(sigma) - a) / (b - a)))
    : Math.min(high, train.length - 1);
}
