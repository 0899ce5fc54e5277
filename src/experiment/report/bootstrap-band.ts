/** @file The 95 % interval of a whole curve, point by point, by the bootstrap over prompts: each resample of prompts is used for all points. */
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';

export interface CurveBand {
  readonly mean: readonly number[];
  /** Null where one prompt says nothing of how others would differ. */
  readonly low: readonly number[] | null;
  readonly high: readonly number[] | null;
}

const RESAMPLES = 1000;
/** Many prompts have narrow intervals, for which fewer resamples do. */
const MAX_SUMS = 2e7;
const MIN_RESAMPLES = 200;

/** @param curves finite values `[prompt][point]`, at least one prompt, all of the same length */
export function bootstrapBand(curves: readonly (readonly number[])[], seed = 0): CurveBand {
  const points = curves[0].length;
  const all = curves.map((_, i) => i);
  const mean = [...meanCurve(curves, all, points)];
  if (curves.length < 2) return { mean, low: null, high: null };
  const rng = new MersenneTwister(seed);
  const most = Math.floor(MAX_SUMS / (points * curves.length));
  const resamples = Math.max(MIN_RESAMPLES, Math.min(RESAMPLES, most));
  const means = Array.from({ length: resamples }, () =>
    meanCurve(
      curves,
      all.map(() => rng.integer(curves.length)),
      points,
    ),
  );
  const sorted = mean.map((_, point) => Float64Array.from(means, (curve) => curve[point]).sort());
  return {
    mean,
    low: sorted.map((values) => values[Math.floor(resamples * 0.025)]),
    high: sorted.map((values) => values[Math.ceil(resamples * 0.975) - 1]),
  };
}

function meanCurve(
  curves: readonly (readonly number[])[],
  which: readonly number[],
  points: number,
): Float64Array {
  const sum = new Float64Array(points);
  for (const prompt of which) {
    const curve = curves[prompt];
    for (let point = 0; point < points; point++) sum[point] += curve[point];
  }
  return sum.map((value) => value / which.length);
}
