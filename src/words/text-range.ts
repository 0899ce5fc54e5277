/** @file Stretches of a prompt. */

/** Where something stands, in UTF-16 units; `end` is the first unit behind it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where a text lies that begins at `start`. */
export function rangeOf({ start, text }: { readonly start: number; readonly text: string }): TextRange {
  return { start, end: start + text.length };
}

/** Whether any part of `range` lies within one of `ranges`. */
export function touches(ranges: readonly TextRange[], { start, end }: TextRange): boolean {
  return ranges.some((range) => range.start < end && start < range.end);
}
