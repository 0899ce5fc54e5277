/** @file A report's table as a CSV file: numbers as they are, intervals in columns of their own. */
import { type CsvValue, csvText } from './csv-text.ts';
import type { Column, TableBlock, Value } from './report-block.ts';
import { isEstimate } from './value-text.ts';

export function tableCsv({ columns, rows }: Pick<TableBlock, 'columns' | 'rows'>): string {
  const cells = rows.map((row) => columns.flatMap((column, at) => csvCells(row[at] ?? null, column)));
  return csvText([columns.flatMap(csvHeads), ...cells]);
}

function csvHeads({ head, hasInterval }: Column): string[] {
  const name = head
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return hasInterval ? [name, `${name}_low`, `${name}_high`] : [name];
}

function csvCells(value: Value, { hasInterval }: Column): CsvValue[] {
  if (isEstimate(value)) {
    const [low, high] = value.interval ?? [null, null];
    return hasInterval ? [value.mean, low, high] : [value.mean];
  }
  return hasInterval ? [value, null, null] : [value];
}
