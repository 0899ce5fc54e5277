/** @file What a report is made of, before it is HTML, Markdown or CSV: plain data, so that all three say the same. */
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';

/** A cell: null where nothing was measured. */
export type Value = string | number | null | BootstrapInterval;

/** How a number is read: `points` are percentage points. */
export type ValueStyle =
  | 'text'
  | 'loss'
  | 'difference'
  | 'share'
  | 'points'
  | 'count'
  | 'decimal'
  | 'significant'
  | 'seconds';

export interface Column {
  readonly head: string;
  readonly as: ValueStyle;
  /** Cells are means with an interval; a CSV file gives them three columns. */
  readonly hasInterval?: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  /** Of its CSV file: small letters and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
  /** Below it: what the numbers are. */
  readonly note?: string;
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Ends of the band at `x`. */
  readonly low?: number;
  readonly high?: number;
}

export interface ChartSeries {
  readonly name: string;
  /** By ascending `x`. */
  readonly points: readonly ChartPoint[];
  /** Whether a value stays until the next point. */
  readonly isStep?: boolean;
}

export interface ChartBlock {
  readonly kind: 'chart';
  /** Of its SVG file. */
  readonly name: string;
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly ChartSeries[];
  readonly note?: string;
}

export interface ShownPicture {
  readonly caption: string;
  /** In small type: words, losses. */
  readonly detail: string;
  /** Content hash in the store; undefined where none was kept. */
  readonly image: string | undefined;
}

export interface PictureRow {
  readonly label: string;
  readonly pictures: readonly ShownPicture[];
}

export interface PictureBlock {
  readonly kind: 'pictures';
  readonly name: string;
  readonly title: string;
  readonly rows: readonly PictureRow[];
  readonly note?: string;
}

export interface NoteBlock {
  readonly kind: 'note';
  readonly text: string;
  readonly tone: 'plain' | 'muted' | 'warning';
}

export type Block = TableBlock | ChartBlock | PictureBlock | NoteBlock;

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export function note(text: string, tone: NoteBlock['tone'] = 'muted'): NoteBlock {
  return { kind: 'note', text, tone };
}
