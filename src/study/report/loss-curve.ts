/** @file The loss of every candidate over what the search had spent, as SVG. */
import { escapeHtml } from '../escape-html.ts';
import type { CandidateEvent } from '../study-event.ts';
import type { StudyRecord } from '../study-record.ts';
import { roundAxis } from './axis-ticks.ts';
import { formatLoss } from './format-number.ts';
import { invalidMark, phaseMark, prunedMark } from './phase-marks.ts';
import type { ChartSize, Plot } from './plot.ts';

type CurveData = Pick<StudyRecord, 'candidates' | 'gradients'>;

/**
 * The curve: a sign for each candidate, the best so far as a line, the gradient phase shaded. An empty string when no candidate
 * has a loss. `id` makes the names of its title unique in the page.
 */
export function lossCurve(data: CurveData, size: ChartSize, id: string): string {
  const losses = data.candidates.flatMap(({ loss, pruned }) => loss ?? pruned?.loss ?? []);
  if (losses.length === 0) return '';
  const plot = planPlot(data, losses, size);
  return [
    `<svg class="curve" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">Loss over evaluations</title><desc id="${id}-desc">${describe(data)}</desc>`,
    gradientBand(data, plot),
    axes(plot, size),
    bestLine(data.candidates, plot),
    ...data.candidates.map((candidate) => candidateMark(candidate, plot)),
    '</svg>',
  ].join('\n');
}

function planPlot({ candidates, gradients }: CurveData, losses: readonly number[], size: ChartSize): Plot {
  const spent = Math.max(...candidates.map((c) => c.spent), ...gradients.map((g) => g.spent), 1);
  const xAxis = roundAxis(0, spent, Math.floor(size.width / 90));
  const yAxis = roundAxis(Math.min(...losses), Math.max(...losses), 5);
  const [left, right, top, bottom] = [52, size.width - 12, 26, size.height - 44];
  // The last tick may lie far beyond the last evaluation, so the axis ends where the spending does.
  const scaleX = (right - left - 8) / spent;
  const scaleY = (bottom - top) / (yAxis.max - yAxis.min);
  return {
    ...{ left, right, top, bottom, xAxis, yAxis },
    x: (value) => round(left + value * scaleX),
    y: (value) => round(bottom - (value - yAxis.min) * scaleY),
  };
}

function axes({ left, right, top, bottom, x, y, xAxis, yAxis }: Plot, { height }: ChartSize): string {
  const rows = yAxis.ticks.map((tick) => {
    const text = tick.toFixed(yAxis.decimals).replace('-', '\u2212');
    return `<path class="grid" d="M${left} ${y(tick)}H${right}"/><text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${text}</text>`;
  });
  const columns = xAxis.ticks
    .filter((tick) => x(tick) <= right)
    .map(
      (tick) =>
        `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${tick.toFixed(xAxis.decimals)}</text>`,
    );
  const middle = (left + right) / 2;
  return [
    ...rows,
    ...columns,
    `<path class="axis" d="M${left} ${bottom}H${right}"/>`,
    `<text class="axis-name" x="${middle}" y="${height - 6}" text-anchor="middle">evaluations spent</text>`,
    `<text class="axis-name" x="4" y="${top - 12}">loss</text>`,
  ].join('');
}

/** Shades what the gradient iterations took, from where spending stood before the first. */
function gradientBand({ candidates, gradients }: CurveData, { x, top, bottom }: Plot): string {
  if (gradients.length === 0) return '';
  const end = gradients.at(-1)!.spent;
  const first = gradients[0].spent;
  const start = Math.max(0, ...candidates.map(({ spent }) => spent).filter((spent) => spent < first));
  const band = `<rect class="band" x="${x(start)}" y="${top}" width="${round(x(end) - x(start))}" height="${bottom - top}"/>`;
  const label = `<text class="band-name" x="${x(start) + 4}" y="${top - 12}">gradient</text>`;
  return band + label;
}

/** A step at every new best. */
function bestLine(candidates: readonly CandidateEvent[], { x, y, right }: Plot): string {
  let path = '';
  for (const { spent, bestLoss, improved } of candidates) {
    if (!improved || bestLoss === null) continue;
    path += path === '' ? `M${x(spent)} ${y(bestLoss)}` : `H${x(spent)}V${y(bestLoss)}`;
  }
  const last = Math.max(...candidates.map(({ spent }) => spent));
  return path === '' ? '' : `<path class="best-line" d="${path}H${Math.min(right, x(last))}"/>`;
}

function candidateMark(candidate: CandidateEvent, { x, y, top }: Plot): string {
  const { index, phase, loss, spent, invalid, pruned } = candidate;
  if (pruned) {
    const title = titleOf(
      `${index}: stopped early at loss ${formatLoss(pruned.loss)}, ${promptOf(candidate)}`,
    );
    return prunedMark(x(spent), y(pruned.loss), title);
  }
  if (loss === null) return invalidMark(x(spent), top, titleOf(`${index}: ${invalid ?? 'invalid'}`));
  return phaseMark(
    phase,
    x(spent),
    y(loss),
    titleOf(`${index}: loss ${formatLoss(loss)}, ${promptOf(candidate)}`),
  );
}

function promptOf({ prompt, negativePrompt }: CandidateEvent): string {
  return negativePrompt === '' ? `“${prompt}”` : `negative “${negativePrompt}”`;
}

function titleOf(text: string): string {
  return `<title>${escapeHtml(text)}</title>`;
}

function describe({ candidates, gradients }: CurveData): string {
  const best = candidates.filter(({ improved }) => improved);
  const [first, last] = [best[0], best.at(-1)].map((event) => formatLoss(event?.bestLoss ?? null));
  const gradient = gradients.length === 0 ? '' : `, after ${gradients.length} gradient iterations`;
  return `The best loss goes from ${first} to ${last} over ${candidates.length} candidates${gradient}.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
