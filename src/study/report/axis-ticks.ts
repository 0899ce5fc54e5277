/** @file Round numbers along an axis. */

export interface Axis {
  /** What the axis spans: the outermost ticks. */
  readonly min: number;
  readonly max: number;
  /** Ascending, evenly spaced, at least two. */
  readonly ticks: readonly number[];
  /** Decimals that tell the ticks apart. */
  readonly decimals: number;
}

/** An axis over [low, high] with about `count` steps of 1, 2 or 5 times a power of ten; both must be finite, low ≤ high. */
export function roundAxis(low: number, high: number, count: number): Axis {
  // A single value stands in the middle of a small span of its own.
  const margin = high > low ? 0 : Math.max(Math.abs(low) * 0.1, 0.01);
  const step = roundStep((high - low + 2 * margin) / count);
  const first = Math.floor((low - margin) / step + 1e-9);
  const last = Math.ceil((high + margin) / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { min: ticks[0], max: ticks.at(-1)!, ticks, decimals };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9))!;
  return factor * power;
}
