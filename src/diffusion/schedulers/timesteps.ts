/** @file Which training timesteps a sampling visits (the spacings of Lin et al., 2023, table 2), with numpy's rounding to the last bit. */
import type { TimestepSpacing } from '../../checkpoint/scheduler-config.ts';

export interface TimestepOptions {
  /** Number of steps. */
  readonly steps: number;
  /** Number of training timesteps. */
  readonly total: number;
  readonly spacing: TimestepSpacing;
  /** Added to every timestep under `leading` spacing. */
  readonly offset: number;
  /**
   * Whether the step after the last counts as one of the places that `leading` and `linspace` spread over the timesteps, as in the
   * solvers of the DPM-Solver family. @default false
   */
  readonly countsEnd?: boolean;
  /** Whether timesteps of `linspace` spacing are rounded to whole ones. @default true */
  readonly rounds?: boolean;
}

/** Training timesteps of each step, noisiest first. */
export function spacedTimesteps(options: TimestepOptions): number[] {
  const { steps, total, spacing, offset, countsEnd = false, rounds = true } = options;
  const places = countsEnd ? steps + 1 : steps;
  switch (spacing) {
    case 'leading': {
      const stride = Math.floor(total / places);
      // A stride of 1 and an offset would lead beyond the last timestep.
      const ascending = Array.from({ length: places }, (_, i) => Math.min(i * stride + offset, total - 1));
      return ascending.reverse().slice(0, steps);
    }
    case 'linspace': {
      const ascending = linspace(0, total - 1, places);
      return (rounds ? ascending.map(roundHalfEven) : ascending).reverse().slice(0, steps);
    }
    case 'trailing': {
      // As numpy's arange counts: by the difference of the first two values, which decides where a half is rounded to.
      const delta = total - total / steps - total;
      return Array.from({ length: steps }, (_, i) => roundHalfEven(total + i * delta) - 1);
    }
  }
}

/** `count` numbers from `start` to `end`, both included; `start` alone where only one is asked for. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = (end - start) / Math.max(count - 1, 1);
  return Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? end : start + i * step));
}

/** numpy's rounding, which the reference implementation of the spacings uses. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
