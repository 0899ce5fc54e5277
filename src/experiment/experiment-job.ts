/** @file One job of an experiment: a prompt, a run and a search seed, from which one row comes. */

/** Survives JSON. */
export interface ExperimentJob {
  /** Readable, and unique in its experiment: `p007/hybrid/s0`. */
  readonly key: string;
  /** The name of its run. */
  readonly run: string;
  /** Place of the prompt in the experiment, from 0. */
  readonly promptIndex: number;
  readonly prompt: string;
  readonly searchSeed: number;
  /** Where a gradient is taken. */
  readonly stepIndex?: number;
  /** How many steps it goes through; `T` for all, from noise. */
  readonly gradientSteps?: number | 'T';
}
