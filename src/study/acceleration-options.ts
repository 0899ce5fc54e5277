/** @file What makes a search cheaper in UNet calls, each by itself and off by default. What each does to losses is measured in `docs/acceleration.md`. */
import type { SchedulerChoice } from '../diffusion/schedulers/scheduler-names.ts';

/**
 * A place among the steps of the search's pictures: below 1 a share of them (0.4 of 20 is step 8), from 1 on a step index, which counts
 * the guided steps before it.
 */
export type StepPlace = number;

export interface AccelerationOptions {
  /**
   * How many gradient iterations go on from the latents of one sampling, that of the first of them: 1 samples for each, as the paper does;
   * `Infinity` takes the original's, which the search samples anyway. An iteration at kept latents costs the passes of the gradient
   * alone. @default 1
   */
  readonly gradientRefresh?: number;
  /**
   * Racing: where the pictures of a generation's candidates are looked at, in closed form, so that the hopeless are stopped (successive
   * halving). One place or several, each above 0. @default no race
   */
  readonly raceAt?: StepPlace | readonly StepPlace[];
  /** The share of a generation's candidates that goes on after each look, above 0 and below 1. @default 0.5 */
  readonly raceKeep?: number;
  /** Sampling steps of the search's pictures. @default as many as `steps` */
  readonly searchSteps?: number;
  /** The sampler of the search's pictures. @default that of all pictures */
  readonly searchScheduler?: SchedulerChoice;
  /**
   * Where the search's pictures are not the exact ones (other steps, another sampler, anything shared): so many of its best candidates,
   * and the original, are sampled exactly after it, and the best of those wins. Each costs one evaluation of the budget. @default 3
   */
  readonly confirm?: number;
  /** Candidates begin with the original's latents here: the steps before are sampled once for each seed. @default nothing is shared */
  readonly sharePrefix?: StepPlace;
  /**
   * Up to here the positive branch of guidance is not evaluated for candidates: the original's output is taken, which halves what these
   * steps cost. Only where the negative prompt alone is searched. Guidance multiplies what is wrong with that output, and on the embedded
   * model pictures fall apart (`docs/acceleration.md`). @default nothing is shared
   */
  readonly sharePositive?: StepPlace;
}

/** The same with places as step indices, checked. */
export interface Acceleration {
  readonly gradientRefresh: number;
  /** Guided steps that candidates have taken at each look, ascending; none without a race. */
  readonly looks: readonly number[];
  readonly raceKeep: number;
  /** Guided steps that candidates share with the original; 0 for none. */
  readonly prefix: number;
  /** Index of the first step for which candidates evaluate the positive branch; 0 where nothing is shared. */
  readonly positiveFrom: number;
  /** How many of the best are sampled exactly after the search; 0 where its own pictures are exact. */
  readonly confirm: number;
  /** Whether the original is, too: not where only shared latents make candidates inexact. */
  readonly confirmsOriginal: boolean;
}

export const DEFAULT_RACE_KEEP = 0.5;
export const DEFAULT_CONFIRM = 3;
