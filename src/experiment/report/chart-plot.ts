/** @file Where data goes in a chart: axes with round ticks around everything that is drawn. */
import { type Axis, roundAxis } from '../../study/report/axis-ticks.ts';
import { formatCount } from '../../study/report/format-number.ts';
import type { ChartSize, Plot } from '../../study/report/plot.ts';
import type { ChartPoint, ChartSeries } from './report-block.ts';

/** The drawing area for `points`, of which there is at least one. */
export function planPlot(points: readonly ChartPoint[], size: ChartSize): Plot {
  const xs = extent(points.map(({ x }) => x));
  const ys = extent(points.flatMap(({ y, low = y, high = y }) => [y, low, high]));
  const xAxis = roundAxis(xs.low, xs.high, Math.max(2, Math.floor(size.width / 95)));
  const yAxis = roundAxis(ys.low, ys.high, 5);
  const widest = Math.max(...yAxis.ticks.map((tick) => tickText(tick, yAxis).length));
  const [left, right, top, bottom] = [18 + 7 * widest, size.width - 14, 30, size.height - 44];
  // The last tick may lie far beyond the last point, so the axis ends where the data does.
  const span = { low: Math.max(xAxis.min, xs.low), high: Math.min(xAxis.max, xs.high) };
  const [from, to] = span.high > span.low ? [span.low, span.high] : [xAxis.min, xAxis.max];
  const scaleX = (right - left - 4) / (to - from);
  const scaleY = (bottom - top) / (yAxis.max - yAxis.min);
  return {
    ...{ left, right, top, bottom, yAxis },
    xAxis: { ...xAxis, ticks: xAxis.ticks.filter((tick) => tick >= from && tick <= to) },
    x: (value) => round(left + (value - from) * scaleX),
    y: (value) => round(bottom - (value - yAxis.min) * scaleY),
  };
}

/** Only points that can be drawn; series without any are left out. */
export function drawnSeries(series: readonly ChartSeries[]): ChartSeries[] {
  return series
    .map((one) => ({ ...one, points: one.points.filter(isDrawn) }))
    .filter(({ points }) => points.length > 0);
}

function isDrawn({ x, y, low = y, high = y }: ChartPoint): boolean {
  return [x, y, low, high].every(Number.isFinite);
}

export function tickText(tick: number, { decimals }: Axis): string {
  if (decimals === 0 && tick >= 10_000) return formatCount(tick);
  return tick.toFixed(decimals).replace('-', '\u2212');
}

/** In steps of a tenth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Values that digits cannot tell apart are taken for one. */
function extent(values: readonly number[]): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const least = 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-9);
  return high - low > least ? { low, high } : { low, high: low };
}
