/** @file How wide text is in DejaVu Sans, well enough to wrap it without a font engine. */

/** Advance widths in thousandths of the font size, measured in DejaVu Sans 2.37. */
const WIDTHS: readonly (readonly [width: number, characters: string])[] = [
  [278, "'ijl"],
  [318, ' ,.IJ'],
  [361, '-/:;\\|f'],
  [401, '()[]t!r'],
  [500, '"*_`'],
  [550, 's?zc'],
  [612, 'LFkvxyPTYoa'],
  [636, 'eEhnuSbdgpq$0123456789{}'],
  [698, 'KAVXZBRC'],
  [787, 'UNHDG&OQ'],
  [838, 'w#+<=>^~'],
  [1000, 'M%mW@…'],
];

const WIDTH_OF = new Map(WIDTHS.flatMap(([width, characters]) => [...characters].map((c) => [c, width])));

/** Letters of other scripts are about as wide as a capital. */
const OTHER_WIDTH = 720;
const WIDE_WIDTH = 1000;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;

/** Bold letters are wider by about this factor. */
export const BOLD_FACTOR = 1.13;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of one line of `text` in units of the font size. */
export function textWidth(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0) / 1000;
}

/**
 * `text` in at most `maxLines` lines of at most `maxWidth` font sizes, broken at spaces where possible, within a word
 * where not; an ellipsis ends what does not fit. At least one line.
 */
export function wrapText(text: string, maxWidth: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined) <= maxWidth) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, maxWidth);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1)!;
  }
  lines.push(line);
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines - 1), withEllipsis(lines[maxLines - 1], maxWidth)];
}

function withEllipsis(line: string, maxWidth: number): string {
  const graphemes = graphemesOf(line);
  while (graphemes.length > 0 && textWidth(`${graphemes.join('')}…`) > maxWidth) graphemes.pop();
  return `${graphemes.join('').replace(/[\s,]+$/, '')}…`;
}

/** Pieces of a word that is too wide for a line; a piece holds at least one character. */
function breakWord(word: string, maxWidth: number): string[] {
  const pieces = [''];
  for (const grapheme of graphemesOf(word)) {
    const longer = pieces.at(-1)! + grapheme;
    if (pieces.at(-1) !== '' && textWidth(longer) > maxWidth) pieces.push(grapheme);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}

function graphemesOf(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** Where no glyph exists the renderer draws a box for every code point, so a composed sign counts each of them. */
function graphemeWidth(grapheme: string): number {
  let width = 0;
  for (const character of grapheme) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    width += WIDTH_OF.get(character) ?? (WIDE.test(character) ? WIDE_WIDTH : OTHER_WIDTH);
  }
  return width;
}
