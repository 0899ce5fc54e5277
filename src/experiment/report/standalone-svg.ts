/** @file Charts and rows of pictures as SVG files that need nothing else. */
import { escapeHtml } from '../../study/escape-html.ts';
import { wrapText } from '../../study/text-width.ts';
import { LIGHT, standaloneChartStyles } from './chart-colours.ts';
import { chartDescription, lineChart } from './line-chart.ts';
import { isPixelated, isUri, type PictureData } from './picture-data.ts';
import type { ChartBlock, PictureBlock, PictureRow, ShownPicture } from './report-block.ts';

const TITLE = 34;

/** The chart under its title; undefined where there is nothing to draw. */
export function chartSvg(chart: ChartBlock): string | undefined {
  const drawing = lineChart(chart, { width: 760, height: 360 });
  if (drawing === undefined) return undefined;
  const { width, height, content } = drawing;
  const title = `<text class="title" x="12" y="22">${escapeHtml(chart.title)}</text>`;
  const body = `${title}<g transform="translate(0 ${TITLE})">${content}</g>`;
  return svgFile({ width, height: height + TITLE + 6 }, body, chartDescription(chart));
}

const CELL = 132;
const GAP = 10;
const MARGIN = 12;
const TEXT = 15;

/** The pictures in rows under their labels; undefined where there are none. */
export function pictureSheetSvg(block: PictureBlock, data: PictureData): string | undefined {
  if (block.rows.length === 0) return undefined;
  const columns = Math.max(...block.rows.map(({ pictures }) => pictures.length), 1);
  const width = 2 * MARGIN + columns * CELL + (columns - 1) * GAP;
  let y = TITLE;
  const parts = [`<text class="title" x="${MARGIN}" y="22">${escapeHtml(block.title)}</text>`];
  for (const row of block.rows) {
    const drawn = sheetRow(row, y, width, data);
    parts.push(drawn.content);
    y = drawn.bottom;
  }
  return svgFile({ width, height: y }, parts.join('\n'), block.title);
}

function sheetRow(
  { label, pictures }: PictureRow,
  top: number,
  width: number,
  data: PictureData,
): { content: string; bottom: number } {
  const lines = wrapText(label, (width - 2 * MARGIN) / 12.5, 2);
  const heads = lines.map(
    (line, i) => `<text class="label" x="${MARGIN}" y="${top + 14 + i * TEXT}">${escapeHtml(line)}</text>`,
  );
  const y = top + 8 + lines.length * TEXT;
  const cells = pictures.map((picture, i) => sheetCell(picture, MARGIN + i * (CELL + GAP), y, data));
  const textLines = Math.max(...pictures.map((picture) => textOf(picture).length), 0);
  return { content: [...heads, ...cells].join(''), bottom: y + CELL + (textLines + 1) * TEXT + 10 };
}

/** The lines below a picture: its caption, then the details. */
function textOf({ caption, detail }: ShownPicture): { readonly text: string; readonly isCaption: boolean }[] {
  const captions = wrapText(caption, CELL / 12, 2).map((text) => ({ text, isCaption: true }));
  const details = wrapText(detail, CELL / 12, 4).map((text) => ({ text, isCaption: false }));
  return [...captions, ...details];
}

function sheetCell(shown: ShownPicture, x: number, y: number, data: PictureData): string {
  const uri = data.uri(shown.image);
  const picture = isUri(uri)
    ? `<image x="${x}" y="${y}" width="${CELL}" height="${CELL}" ${isPixelated(uri) ? 'style="image-rendering:pixelated" image-rendering="optimizeSpeed" ' : ''}href="${uri}"/>`
    : `<rect x="${x + 0.5}" y="${y + 0.5}" width="${CELL - 1}" height="${CELL - 1}" fill="none" stroke="${LIGHT.line}"/><text x="${x + 8}" y="${y + CELL / 2}">${uri}</text>`;
  const below = textOf(shown).map(
    ({ text, isCaption }, i) =>
      `<text${isCaption ? ' class="label"' : ''} x="${x}" y="${y + CELL + (i + 1) * TEXT}">${escapeHtml(text)}</text>`,
  );
  return picture + below.join('');
}

function svgFile({ width, height }: { width: number; height: number }, body: string, title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${standaloneChartStyles()}</style>`,
    `<rect width="${width}" height="${height}" fill="${LIGHT.paper}"/>`,
    body,
    '</svg>',
    '',
  ].join('\n');
}
