/** @file The report of an experiment in all its forms. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import { reportHtml } from './html-page.ts';
import { jobCsv } from './job-csv.ts';
import { reportMarkdown } from './markdown-text.ts';
import { PictureData, type ReadImage } from './picture-data.ts';
import type { Block } from './report-block.ts';
import { type ReportDocument, reportDocument } from './report-document.ts';
import type { ReportFacts } from './report-facts.ts';
import { chartSvg, pictureSheetSvg } from './standalone-svg.ts';
import { tableCsv } from './table-csv.ts';
import type { Verdict } from './verdict.ts';

export interface ExperimentReportInput extends ReportFacts {
  readonly definition: ExperimentDefinition;
  /** Of the finished jobs. */
  readonly rows: readonly ExperimentRow[];
  readonly readImage: ReadImage;
}

/** Files are named by their content; those of figures begin with the experiment's name, so that many reports can lie side by side. */
export interface ExperimentReport {
  readonly verdict: Verdict;
  /** One page that needs nothing else. */
  readonly html: string;
  /** `jobs.csv` with a line for each job, and one file for each table. */
  readonly csv: ReadonlyMap<string, string>;
  /** A section that shows the figures from its own folder. */
  readonly markdown: string;
  /** SVG files. */
  readonly charts: ReadonlyMap<string, string>;
}

/** Writes nothing. Rows that are there are told of; what is missing is said. */
export function experimentReport({
  definition,
  rows,
  readImage,
  ...facts
}: ExperimentReportInput): ExperimentReport {
  return renderedReport(reportDocument(definition, rows, facts), rows, readImage);
}

/** The document in all forms, for those who prepare its pictures in between. */
export function renderedReport(
  document: ReportDocument,
  rows: readonly ExperimentRow[],
  readImage: ReadImage,
): ExperimentReport {
  const html = reportHtml(document, new PictureData(readImage));
  const figures = new Map(blocksOf(document).flatMap((block) => figureOf(document, block, readImage)));
  return {
    verdict: document.verdict,
    html,
    csv: csvFiles(document, rows),
    markdown: reportMarkdown(document, new Map([...figures].map(([name, { file }]) => [name, file]))),
    charts: new Map([...figures.values()].map(({ file, svg }) => [file, svg])),
  };
}

/** Content hashes of the pictures that the document shows. */
export function shownImages(document: ReportDocument): string[] {
  const shown = blocksOf(document).flatMap((block) =>
    block.kind === 'pictures' ? block.rows.flatMap(({ pictures }) => pictures) : [],
  );
  return [...new Set(shown.flatMap(({ image }) => image ?? []))];
}

function blocksOf({ sections }: ReportDocument): Block[] {
  return sections.flatMap(({ blocks }) => blocks);
}

function figureOf(
  { name }: ReportDocument,
  block: Block,
  readImage: ReadImage,
): [name: string, figure: { file: string; svg: string }][] {
  if (block.kind !== 'chart' && block.kind !== 'pictures') return [];
  const svg = block.kind === 'chart' ? chartSvg(block) : pictureSheetSvg(block, new PictureData(readImage));
  return svg === undefined ? [] : [[block.name, { file: `${name}-${block.name}.svg`, svg }]];
}

function csvFiles(document: ReportDocument, rows: readonly ExperimentRow[]): Map<string, string> {
  const tables = blocksOf(document).filter((block) => block.kind === 'table');
  return new Map([
    ['jobs.csv', jobCsv(rows)],
    ...tables.map((table): [string, string] => [`${table.name}.csv`, tableCsv(table)]),
  ]);
}
