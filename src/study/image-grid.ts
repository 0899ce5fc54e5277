/** @file The pictures of a study as one labelled image: a row a seed, the original beside the best. */
import { escapeHtml } from './escape-html.ts';
import { encodePng, enlargePixels } from './png-image.ts';
import type { PictureEvent } from './study-event.ts';
import type { PicturePair } from './study-record.ts';
import type { ScoredPrompt, StudyResult } from './study-result.ts';
import { svgPng } from './svg-png.ts';
import { BOLD_FACTOR, wrapText } from './text-width.ts';

/** What the grid says beside its pictures. */
export type GridHeading = Pick<StudyResult, 'search' | 'prompt' | 'original' | 'best'>;

/** Pictures narrower than this are enlarged by a whole factor. */
const MIN_CELL = 192;
/** Larger ones are made smaller. */
const MAX_CELL = 512;

const MARGIN = 24;
const LABEL_WIDTH = 112;
const GAP = 20;
const LINE = 1.4;
const INK = '#1b1f24';
const MUTED = '#59636e';

/** The vertical position reached and the markup so far. */
interface Sheet {
  readonly cell: number;
  readonly width: number;
  y: number;
  readonly parts: string[];
}

interface TextStyle {
  readonly x: number;
  readonly size: number;
  readonly width: number;
  readonly lines: number;
  readonly bold?: boolean;
  readonly fill?: string;
}

/**
 * A PNG file of `pairs` under the prompts and losses of `heading`; small pictures are enlarged pixel by pixel.
 * Text is set in DejaVu Sans, which has no Chinese, Japanese or Korean signs and no emoji: those appear as boxes.
 */
export function renderImageGrid(heading: GridHeading, pairs: readonly PicturePair[]): Promise<Uint8Array> {
  return svgPng(imageGridSvg(heading, pairs));
}

/** The grid as SVG. */
export function imageGridSvg(heading: GridHeading, pairs: readonly PicturePair[]): string {
  const cell = cellSize(pairs);
  const width = 2 * MARGIN + LABEL_WIDTH + 2 * cell + GAP;
  const sheet: Sheet = { cell, width, y: MARGIN, parts: [] };
  addTitle(sheet, heading);
  addColumnHeads(sheet, heading);
  for (const heldOut of [false, true]) addSection(sheet, heldOut, pairs);
  const height = Math.ceil(sheet.y + MARGIN / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...sheet.parts,
    '</svg>',
  ].join('\n');
}

function addTitle(sheet: Sheet, { prompt }: GridHeading): void {
  const width = sheet.width - 2 * MARGIN;
  addText(sheet, prompt, { x: MARGIN, size: 20, width, lines: 3, bold: true });
  sheet.y += 14;
}

function addColumnHeads(sheet: Sheet, { search, original, best }: GridHeading): void {
  const top = sheet.y;
  const bottoms = [original, best].map((scored, column) => {
    sheet.y = top;
    const place = { x: columnX(sheet, column), width: sheet.cell };
    addText(sheet, column === 0 ? 'Original' : 'Best', { ...place, size: 15, lines: 1, bold: true });
    addText(sheet, searchedText(search, scored), { ...place, size: 12, lines: 5 });
    addText(sheet, lossText(scored), { ...place, size: 12, lines: 3, fill: MUTED });
    return sheet.y;
  });
  sheet.y = Math.max(...bottoms) + 10;
}

/** The prompts that the search changed. */
function searchedText(search: StudyResult['search'], { prompt, negativePrompt }: ScoredPrompt): string {
  const negative = negativePrompt === '' ? 'no negative prompt' : `negative: ${negativePrompt}`;
  return { positive: prompt, negative, both: `${prompt}; ${negative}` }[search];
}

function lossText({ loss, heldOutLoss }: ScoredPrompt): string {
  const parts = [lossWords(loss)];
  if (heldOutLoss !== null) parts.push(`held out ${heldOutLoss.toFixed(3)}`);
  return parts.join(', ');
}

function lossWords(loss: number | null): string {
  return loss === null ? 'not scored' : `loss ${loss.toFixed(3)}`;
}

function addSection(sheet: Sheet, heldOut: boolean, pairs: readonly PicturePair[]): void {
  const rows = pairs.filter((pair) => pair.heldOut === heldOut);
  if (rows.length === 0) return;
  const { parts, width } = sheet;
  parts.push(`<path d="M${MARGIN} ${sheet.y}H${width - MARGIN}" stroke="#d1d9e0"/>`);
  sheet.y += 12;
  const text = heldOut ? 'Held-out seeds, which the search never saw' : 'Searched seeds';
  addText(sheet, text, { x: MARGIN, size: 13, width: width - 2 * MARGIN, lines: 2, bold: true });
  sheet.y += 8;
  for (const row of rows) addRow(sheet, row);
}

function addRow(sheet: Sheet, { seed, heldOut, original, best }: PicturePair): void {
  const { cell } = sheet;
  const top = sheet.y;
  sheet.y += cell / 2 - 20;
  const place = { x: MARGIN, width: LABEL_WIDTH - 12 };
  addText(sheet, `seed ${seed}`, { ...place, size: 13, lines: 3, bold: true });
  addText(sheet, heldOut ? 'held out' : 'searched', { ...place, size: 11, lines: 1, fill: MUTED });
  for (const [column, picture] of [original, best].entries()) {
    sheet.y = top;
    addPicture(sheet, columnX(sheet, column), picture);
  }
  sheet.y += 14;
}

function addPicture(sheet: Sheet, x: number, picture: PictureEvent | null): void {
  const { cell, y, parts } = sheet;
  parts.push(picture === null ? emptyCell(x, y, cell) : pictureCell(x, y, cell, picture));
  sheet.y += cell + 4;
  const text = picture === null ? 'not sampled' : lossWords(picture.loss);
  addText(sheet, text, { x, size: 11, width: cell, lines: 1, fill: MUTED });
}

function emptyCell(x: number, y: number, cell: number): string {
  return `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="#f6f8fa" stroke="#d1d9e0"/>`;
}

function pictureCell(x: number, y: number, cell: number, { image }: PictureEvent): string {
  const [, height, width] = image.shape;
  const enlarged = enlargePixels(image, enlargement(Math.max(width, height)));
  const data = Buffer.from(encodePng(enlarged)).toString('base64');
  const frame = `<rect x="${x - 0.5}" y="${y - 0.5}" width="${cell + 1}" height="${cell + 1}" fill="none" stroke="#d1d9e0"/>`;
  return `<image x="${x}" y="${y}" width="${cell}" height="${cell}" href="data:image/png;base64,${data}"/>${frame}`;
}

function cellSize(pairs: readonly PicturePair[]): number {
  const sides = pairs.flatMap(({ original, best }) => [original, best]).map((p) => sideOf(p));
  const side = Math.max(1, ...sides);
  return Math.min(MAX_CELL, Math.max(MIN_CELL, side * enlargement(side)));
}

function sideOf(picture: PictureEvent | null): number {
  return picture === null ? 0 : Math.max(picture.image.shape[1], picture.image.shape[2]);
}

function enlargement(side: number): number {
  return Math.max(1, Math.ceil(MIN_CELL / side));
}

function columnX({ cell }: Sheet, column: number): number {
  return MARGIN + LABEL_WIDTH + column * (cell + GAP);
}

/** Sets `text` below what is there already and moves on. */
function addText(sheet: Sheet, text: string, style: TextStyle): void {
  const { x, size, bold = false, fill = INK } = style;
  const font = size * (bold ? BOLD_FACTOR : 1);
  for (const line of wrapText(text, style.width / font, style.lines)) {
    const weight = bold ? ' font-weight="bold"' : '';
    const place = `x="${x}" y="${sheet.y + size}" font-size="${size}"`;
    sheet.parts.push(`<text ${place}${weight} fill="${fill}">${escapeHtml(line)}</text>`);
    sheet.y += Math.round(size * LINE);
  }
}
