/** @file Stretches of a prompt. */

/** Where something stands, in UTF-16 units; `end` is the first unit behind it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Whether any part of `range` lies within one of `ranges`. */
export function touches(ranges: readonly TextRange[], { start, end }: TextRange): boolean {
  return ranges.some((range) => range.start < end && start < range.end);
}
