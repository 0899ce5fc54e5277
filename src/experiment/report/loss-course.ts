/** @file A run's mean best loss while its searches spend, with a band. */
import type { BestOfSeedsRow, StudyRow } from '../experiment-row.ts';
import { bootstrapBand } from './bootstrap-band.ts';
import { grouped } from './grouped.ts';
import { finiteMean, isFiniteNumber } from './measured-mean.ts';
import type { ChartPoint, ChartSeries } from './report-block.ts';
import { bestLossAt, mostSpent, type Spending } from './search-course.ts';

/** Points of a curve. */
const POINTS = 48;

/**
 * Mean over prompts of the mean over search seeds. The band is the 95 % interval, over prompts, of how far the best is from the original:
 * how hard the prompts are by themselves moves all curves alike and would hide what is to be seen.
 */
export function lossCourse(name: string, rows: readonly StudyRow[], spending: Spending): ChartSeries {
  const end = mostSpent(rows, spending);
  const xs = Array.from({ length: POINTS + 1 }, (_, i) => (end * i) / POINTS);
  const curves = rows.flatMap((row) => {
    const curve = xs.map((x) => bestLossAt(row, spending, x));
    return curve.every(isFiniteNumber) ? [{ promptIndex: row.promptIndex, curve }] : [];
  });
  return { name, isStep: true, points: end === 0 ? [] : bandedPoints(xs, promptCurves(curves)) };
}

/** A picture more at a time; the best one's loss. */
export function bestOfSeedsCourse(name: string, rows: readonly BestOfSeedsRow[]): ChartSeries {
  const length = rows.reduce(
    (least, row) => Math.min(least, row.bestLosses.length),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(length) || length === 0) return { name, points: [] };
  const places = thinned(length);
  const xs = places.map((i) => finiteMean(rows.map(({ unetCallsAt }) => unetCallsAt[i])) ?? Number.NaN);
  const curves = rows.flatMap(({ promptIndex, bestLosses }) => {
    const curve = places.map((i) => bestLosses[i]);
    return curve.every(isFiniteNumber) ? [{ promptIndex, curve }] : [];
  });
  return { name, isStep: true, points: bandedPoints(xs, promptCurves(curves)) };
}

interface OneCurve {
  readonly promptIndex: number;
  readonly curve: readonly number[];
}

/** The mean curve of each prompt. */
function promptCurves(curves: readonly OneCurve[]): number[][] {
  return grouped(curves, ({ promptIndex }) => promptIndex).map(([, own]) =>
    own[0].curve.map((_, point) => own.reduce((sum, { curve }) => sum + curve[point], 0) / own.length),
  );
}

/** The band lies around the mean as far as the differences from each prompt's first value vary. */
function bandedPoints(xs: readonly number[], curves: readonly (readonly number[])[]): ChartPoint[] {
  if (curves.length === 0) return [];
  const level = curves.reduce((sum, curve) => sum + curve[0], 0) / curves.length;
  const { mean, low, high } = bootstrapBand(curves.map((curve) => curve.map((value) => value - curve[0])));
  return xs.map((x, i) => ({
    ...{ x, y: level + mean[i] },
    ...(low && high && { low: level + low[i], high: level + high[i] }),
  }));
}

/** At most so many places of a list, its first and last among them. */
function thinned(length: number): number[] {
  const count = Math.min(length, POINTS);
  const places = Array.from({ length: count }, (_, i) =>
    Math.round((i * (length - 1)) / Math.max(1, count - 1)),
  );
  return [...new Set(places)];
}
