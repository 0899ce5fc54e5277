/** @file The class that gives a line its colour and dashes. */

/** Series beyond share the last colour. */
export const SERIES_COLOURS = 8;

export function seriesClass(index: number): string {
  return `s${Math.min(index, SERIES_COLOURS - 1)}`;
}
