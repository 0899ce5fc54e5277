/** @file The names of a chart's lines, below it, in as many lines as they need. */
import { escapeHtml } from '../../study/escape-html.ts';
import { textWidth, wrapText } from '../../study/text-width.ts';
import type { ChartSeries } from './report-block.ts';
import { seriesClass } from './series-class.ts';

interface LegendPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

export interface Legend {
  readonly content: string;
  /** Where it ends. */
  readonly bottom: number;
}

const FONT = 12;
const SIGN = 30;
const GAP = 18;
const LINE = 19;

export function chartLegend(series: readonly ChartSeries[], { left, right, top }: LegendPlace): Legend {
  let [x, y] = [left, top];
  const items = series.map(({ name }, index) => {
    const [text] = wrapText(name, (right - left - SIGN) / FONT, 1);
    const width = SIGN + textWidth(text) * FONT;
    if (x > left && x + width > right) [x, y] = [left, y + LINE];
    const item = legendItem(text, index, x, y);
    x += width + GAP;
    return item;
  });
  return { content: items.join(''), bottom: y + LINE };
}

function legendItem(text: string, index: number, x: number, y: number): string {
  const at = Math.round(x);
  const sign = `<path class="line ${seriesClass(index)}" d="M${at} ${y + 4}H${at + 24}"/>`;
  return `${sign}<text x="${at + SIGN}" y="${y + 8}">${escapeHtml(text)}</text>`;
}
