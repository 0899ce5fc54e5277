/** @file Slides silhouettes over the pixels of one colour. Rows are bits of one integer, so an overlap is a few dozen popcounts. */
import type { Sprite } from './sprites.ts';
import { IMAGE_SIZE } from './world.ts';

/** A silhouette as bits: row `r` is `rows[r]`, its leftmost pixel the highest of `side` bits. */
export interface BitTemplate {
  readonly rows: Int32Array;
  /** Number of pixels from row `r` downwards, for each row and the end: `areasBelow[0]` is the whole silhouette's. */
  readonly areasBelow: Int32Array;
}

/** The pixels of one colour, cut into windows of one side at every position. */
export interface BitWindows {
  readonly side: number;
  /** Positions along each axis. */
  readonly positions: number;
  /** [positions, padded height]: row `y` of the windows whose left edge is at position `xi`. */
  readonly rows: Int32Array;
  /** [positions, positions]: number of pixels of the colour in the window at (yi, xi). */
  readonly areas: Int32Array;
}

export interface Match {
  /** Left and top edge in pixels of the picture; silhouettes may hang over its border. */
  readonly x: number;
  readonly y: number;
  readonly iou: number;
}

/** Windows begin this many pixels outside the picture and move by `STRIDE`. */
const PADDING = 4;
const STRIDE = 2;
const SIDE = IMAGE_SIZE;
const PADDED = SIDE + 2 * PADDING;

/** `sprite` as bits; a pixel belongs to it when it is covered by more than a half. */
export function bitTemplate({ side, coverage }: Sprite): BitTemplate {
  const rows = new Int32Array(side);
  for (let index = 0; index < coverage.length; index++) {
    const row = Math.floor(index / side);
    rows[row] = (rows[row]! << 1) | (coverage[index]! / 255 > 0.5 ? 1 : 0);
  }
  const areasBelow = new Int32Array(side + 1);
  for (let row = side - 1; row >= 0; row--) areasBelow[row] = areasBelow[row + 1]! + popcount(rows[row]!);
  return { rows, areasBelow };
}

/** All windows of `side` (at most 31) pixels over the pixels of `labels` [64, 64] that equal `label`. */
export function bitWindows(labels: Uint8Array, label: number, side: number): BitWindows {
  const positions = Math.floor((PADDED - side) / STRIDE) + 1;
  const rows = new Int32Array(positions * PADDED);
  for (let y = PADDING; y < PADDED - PADDING; y++) slideAlongRow(rows, labels, { y, label, side });
  return { side, positions, rows, areas: windowAreas(rows, positions, side) };
}

/**
 * The position at which `template` overlaps the windows best, the first one in reading order among equals;
 * undefined where its intersection over union is below `minIou` everywhere.
 */
export function bestMatch(windows: BitWindows, template: BitTemplate, minIou: number): Match | undefined {
  const { positions, areas } = windows;
  const templateArea = template.areasBelow[0]!;
  let best: Match | undefined;
  for (let yi = 0; yi < positions; yi++) {
    for (let xi = 0; xi < positions; xi++) {
      const bothAreas = areas[yi * positions + xi]! + templateArea;
      // I / (A + T - I) >= u is I >= u (A + T) / (1 + u); a hair less, so that rounding cannot lose a match.
      const least = best === undefined ? minIou : best.iou;
      const wanted = (least * bothAreas) / (1 + least) - 1e-3;
      const intersection = overlap(windows, template, xi, yi, wanted);
      const iou = Math.fround(intersection / (bothAreas - intersection));
      if (iou >= minIou && (best === undefined || iou > best.iou)) {
        best = { x: xi * STRIDE - PADDING, y: yi * STRIDE - PADDING, iou };
      }
    }
  }
  return best;
}

/** Number of common pixels; counting stops, and the sum so far stands, once `wanted` is out of reach. */
function overlap(windows: BitWindows, template: BitTemplate, xi: number, yi: number, wanted: number): number {
  const { side, rows, areas, positions } = windows;
  if (areas[yi * positions + xi]! < wanted) return 0;
  const first = xi * PADDED + yi * STRIDE;
  let count = 0;
  for (let row = 0; row < side && count + template.areasBelow[row]! >= wanted; row++) {
    count += popcount(rows[first + row]! & template.rows[row]!);
  }
  return count;
}

function windowAreas(rows: Int32Array, positions: number, side: number): Int32Array {
  const areas = new Int32Array(positions * positions);
  for (let xi = 0; xi < positions; xi++) {
    for (let yi = 0; yi < positions; yi++) {
      const first = xi * PADDED + yi * STRIDE;
      let count = 0;
      for (let row = 0; row < side; row++) count += popcount(rows[first + row]!);
      areas[yi * positions + xi] = count;
    }
  }
  return areas;
}

/** Writes the bits of row `y` (of the padded picture) of every window; one bit enters and one leaves at each step. */
function slideAlongRow(
  rows: Int32Array,
  labels: Uint8Array,
  row: { y: number; label: number; side: number },
): void {
  const { y, label, side } = row;
  const kept = 2 ** side - 1;
  const firstPixel = (y - PADDING) * SIDE - PADDING;
  let bits = 0;
  for (let x = 0; x < PADDED; x++) {
    const isInside = x >= PADDING && x < PADDED - PADDING;
    bits = ((bits << 1) | (isInside && labels[firstPixel + x] === label ? 1 : 0)) & kept;
    const left = x - side + 1;
    if (left >= 0 && left % STRIDE === 0) rows[(left / STRIDE) * PADDED + y] = bits;
  }
}

/** Number of ones among the 32 bits: sums of 2, 4, 8 and 32 neighbouring bits in turn. */
function popcount(bits: number): number {
  let sums = bits - ((bits >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  sums = (sums + (sums >>> 4)) & 0x0f0f0f0f;
  return Math.imul(sums, 0x01010101) >>> 24;
}
