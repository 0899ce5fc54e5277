/** @file Blocks of a report as HTML. */
import { escapeHtml } from '../../study/escape-html.ts';
import { chartDescription, lineChart } from './line-chart.ts';
import { isPixelated, isUri, type PictureData } from './picture-data.ts';
import type {
  Block,
  ChartBlock,
  Column,
  NoteBlock,
  PictureBlock,
  PictureRow,
  ReportSection,
  ShownPicture,
  TableBlock,
  Value,
} from './report-block.ts';
import { isEstimate, numberText, rangeText, valueText } from './value-text.ts';

const WIDE = { width: 760, height: 360 };
/** Rows of so many pictures stand side by side. */
const NARROW_STRIP = 4;
const NARROW = { width: 340, height: 300 };

export function sectionHtml({ title, blocks }: ReportSection, index: number, data: PictureData): string {
  const id = `part-${index}`;
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${escapeHtml(title)}</h2>`,
    ...(blocks.length === 0 ? ['<p class="muted">Nothing was measured yet.</p>'] : []),
    ...blocks.map((block) => blockHtml(block, data)),
    '</section>',
  ].join('\n');
}

function blockHtml(block: Block, data: PictureData): string {
  switch (block.kind) {
    case 'table':
      return tableHtml(block);
    case 'chart':
      return chartHtml(block);
    case 'pictures':
      return picturesHtml(block, data);
    case 'note':
      return noteHtml(block);
  }
}

function noteHtml({ text, tone }: NoteBlock): string {
  const look = tone === 'plain' ? '' : ` class="${tone}"`;
  const mark = tone === 'warning' ? '<strong>Note:</strong> ' : '';
  return `<p${look}>${mark}${escapeHtml(text)}</p>`;
}

function below(note: string | undefined): string {
  return note === undefined ? '' : `<p class="muted">${escapeHtml(note)}</p>`;
}

/** A table under its title; without rows it says so. */
export function tableHtml({ title, columns, rows, note }: TableBlock): string {
  const head = `<h3>${escapeHtml(title)}</h3>`;
  if (rows.length === 0) return `${head}<p class="muted">Nothing was measured yet.</p>`;
  const heads = columns.map(
    (column) => `<th scope="col"${alignment(column)}>${escapeHtml(column.head)}</th>`,
  );
  const body = rows.map((row, at) => {
    const cells = columns.map((column, i) => cellHtml(row[i] ?? null, column, i === 0));
    return `<tr${row[0] === rows[at - 1]?.[0] ? ' class="again"' : ''}>${cells.join('')}</tr>`;
  });
  return `${head}\n<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="figures"><thead><tr>${heads.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>${below(note)}`;
}

function alignment({ as }: Column): string {
  return as === 'text' ? '' : ' class="number"';
}

function cellHtml(value: Value, column: Column, isFirst: boolean): string {
  const content = isEstimate(value)
    ? numberText(value.mean, column.as) + intervalHtml(rangeText(value, column.as))
    : escapeHtml(valueText(value, column));
  if (isFirst) return `<th scope="row">${content}</th>`;
  return `<td${alignment(column)}>${column.as === 'text' ? `<span dir="auto">${content}</span>` : content}</td>`;
}

function intervalHtml(range: string): string {
  return range === '' ? '' : ` <span class="interval">${range}</span>`;
}

function chartHtml(chart: ChartBlock): string {
  const head = `<h3>${escapeHtml(chart.title)}</h3>`;
  const wide = chartSvg(chart, WIDE, 'wide');
  if (wide === '') return `${head}<p class="muted">Nothing was measured yet.</p>`;
  return `${head}\n<figure>\n<div class="only-wide">${wide}</div>\n<div class="only-narrow">${chartSvg(chart, NARROW, 'narrow')}</div>\n</figure>${below(chart.note)}`;
}

function chartSvg(chart: ChartBlock, size: { width: number; height: number }, which: string): string {
  const drawing = lineChart(chart, size);
  if (drawing === undefined) return '';
  const id = `${chart.name}-${which}`;
  return `<svg class="curve" viewBox="0 0 ${drawing.width} ${drawing.height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${escapeHtml(chart.title)}</title><desc id="${id}-desc">${escapeHtml(chartDescription(chart))}</desc>\n${drawing.content}\n</svg>`;
}

function picturesHtml({ title, rows, note }: PictureBlock, data: PictureData): string {
  if (rows.length === 0) return '';
  const strips = rows.map((row) => pictureRowHtml(row, data));
  const widest = Math.max(...rows.map(({ pictures }) => pictures.length));
  const look = widest <= NARROW_STRIP ? 'strips two' : 'strips';
  return `<h3>${escapeHtml(title)}</h3>${below(note)}\n<div class="${look}">\n${strips.join('\n')}\n</div>`;
}

function pictureRowHtml({ label, pictures }: PictureRow, data: PictureData): string {
  const figures = pictures.map((picture) => figureHtml(picture, label, data)).join('');
  return `<article class="strip"><h4 dir="auto">${escapeHtml(label)}</h4><div class="strip-pictures">${figures}</div></article>`;
}

function figureHtml({ caption, detail, image }: ShownPicture, label: string, data: PictureData): string {
  const uri = data.uri(image);
  const shown = isUri(uri)
    ? `<img${isPixelated(uri) ? ' class="pixels"' : ''} src="${uri}" alt="${escapeHtml(`${caption}: picture of “${label}”`)}">`
    : `<div class="missing">${uri}</div>`;
  return `<figure>${shown}<figcaption><b>${escapeHtml(caption)}</b> <span class="muted" dir="auto">${escapeHtml(detail)}</span></figcaption></figure>`;
}
