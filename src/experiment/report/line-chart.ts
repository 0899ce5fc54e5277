/** @file Lines with bands, as SVG without colours of its own: a style sheet names those of `s0`, `s1`, … */
import { escapeHtml } from '../../study/escape-html.ts';
import type { ChartSize, Plot } from '../../study/report/plot.ts';
import { chartLegend } from './chart-legend.ts';
import { drawnSeries, planPlot, tickText } from './chart-plot.ts';
import type { ChartBlock, ChartPoint, ChartSeries } from './report-block.ts';
import { seriesClass } from './series-class.ts';
import { numberText } from './value-text.ts';

/** With more points than this a line has no dots. */
const MAX_DOTS = 12;

/** What goes inside an `<svg>` of `width` × `height`. */
export interface ChartDrawing {
  readonly content: string;
  readonly width: number;
  readonly height: number;
}

/** The chart with its legend below; undefined where there is no point to draw. */
export function lineChart(chart: ChartBlock, size: ChartSize): ChartDrawing | undefined {
  const series = drawnSeries(chart.series);
  if (series.length === 0) return undefined;
  const plot = planPlot(
    series.flatMap(({ points }) => points),
    size,
  );
  const legend = chartLegend(series, { left: plot.left, right: plot.right, top: size.height + 8 });
  const content = [
    axes(chart, plot, size),
    ...series.map((one, i) => band(one, i, plot)),
    ...series.map((one, i) => line(one, i, plot)),
    legend.content,
  ].join('\n');
  return { content, width: size.width, height: legend.bottom };
}

/** In words, for those who do not see it. */
export function chartDescription({ series, xName, yName }: ChartBlock): string {
  const parts = drawnSeries(series).map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)!];
    const at = ({ x, y }: ChartPoint) => `${numberText(y, 'significant')} at ${numberText(x, 'significant')}`;
    return points.length === 1 ? `${name}: ${at(first)}` : `${name}: from ${at(first)} to ${at(last)}`;
  });
  return `${yName} over ${xName}. ${parts.join('; ')}.`;
}

function axes({ xName, yName }: ChartBlock, plot: Plot, { height }: ChartSize): string {
  const { left, right, top, bottom, x, y, xAxis, yAxis } = plot;
  const rows = yAxis.ticks.map(
    (tick) =>
      `<path class="grid" d="M${left} ${y(tick)}H${right}"/><text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${tickText(tick, yAxis)}</text>`,
  );
  const columns = xAxis.ticks.map(
    (tick) => `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${tickText(tick, xAxis)}</text>`,
  );
  return [
    ...rows,
    ...columns,
    `<path class="axis" d="M${left} ${bottom}H${right}"/>`,
    `<text class="axis-name" x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle">${escapeHtml(xName)}</text>`,
    `<text class="axis-name" x="4" y="${top - 14}">${escapeHtml(yName)}</text>`,
  ].join('');
}

function band({ points, isStep = false }: ChartSeries, index: number, { x, y }: Plot): string {
  const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (banded.length < 2) return '';
  const there = path(
    banded.map((point) => [x(point.x), y(point.high!)]),
    isStep,
  );
  const back = path(
    banded.map((point) => [x(point.x), y(point.low!)]),
    isStep,
    true,
  );
  return `<path class="band ${seriesClass(index)}" d="M${there}L${back}Z"/>`;
}

function line({ points, isStep = false }: ChartSeries, index: number, { x, y }: Plot): string {
  const places = points.map((point): [number, number] => [x(point.x), y(point.y)]);
  const dots =
    points.length > MAX_DOTS
      ? ''
      : places
          .map(([cx, cy]) => `<circle class="dot ${seriesClass(index)}" cx="${cx}" cy="${cy}" r="3.5"/>`)
          .join('');
  const stroke =
    points.length === 1 ? '' : `<path class="line ${seriesClass(index)}" d="M${path(places, isStep)}"/>`;
  return stroke + dots;
}

/** Path data after the `M`; a step turns at the next point, so that a value stays until then. */
function path(places: readonly (readonly [number, number])[], isStep: boolean, isReversed = false): string {
  const forward = places.flatMap(([x, y], i) =>
    isStep && i > 0 ? [`${x} ${places[i - 1][1]}`, `${x} ${y}`] : [`${x} ${y}`],
  );
  return (isReversed ? forward.toReversed() : forward).join('L');
}
