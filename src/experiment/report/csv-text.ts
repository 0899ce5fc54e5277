/** @file Files of comma-separated values, as RFC 4180 has them. */

export type CsvValue = string | number | boolean | null | undefined;

/** Where spreadsheets begin to compute instead of showing. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

/**
 * Lines end with CR LF, the last one too. Missing values and numbers that are none are empty cells. Text that a spreadsheet would take for a
 * formula has an apostrophe before it: prompts come from data sets that anybody may have written in.
 */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = FORMULA_START.test(String(value)) ? `'${value}` : String(value);
  // Blank ends are kept by quotes: some readers trim what is bare.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
