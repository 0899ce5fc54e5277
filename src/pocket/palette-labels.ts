/** @file Gives every pixel of a picture to the nearest colour of the world: eight of objects, then four of backgrounds. */
import { BACKGROUND_NAMES, BACKGROUNDS, COLOUR_NAMES, COLOURS, IMAGE_SIZE, type Rgb } from './world.ts';

export interface PaletteLabels {
  /** [64, 64], row-major: 0 to 7 in the order of `COLOUR_NAMES`, 8 to 11 in that of `BACKGROUND_NAMES`. */
  readonly pixels: Uint8Array;
  /** Number of pixels of each label. */
  readonly counts: readonly number[];
}

const { fround } = Math;
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** The palette in [-1, 1], in float32 as the pictures are. */
const PALETTE: readonly Rgb[] = [
  ...COLOUR_NAMES.map((name) => signedRgb(COLOURS[name])),
  ...BACKGROUND_NAMES.map((name) => signedRgb(BACKGROUNDS[name])),
];

/** Labels of `pixels`, float32 [3, 64, 64] in [0, 1]; among equally near colours the first one counts. */
export function paletteLabels(pixels: Float32Array): PaletteLabels {
  const labels = new Uint8Array(PIXELS);
  const counts = new Array<number>(PALETTE.length).fill(0);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const [red, green, blue] = [pixels[pixel]!, pixels[PIXELS + pixel]!, pixels[2 * PIXELS + pixel]!];
    const label = nearestColour(signed(red), signed(green), signed(blue));
    labels[pixel] = label;
    counts[label]!++;
  }
  return { pixels: labels, counts };
}

/** Rounds after each step as float32 arithmetic does, so that pixels between two colours fall as they do in Python. */
function nearestColour(red: number, green: number, blue: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let label = 0; label < PALETTE.length; label++) {
    const colour = PALETTE[label]!;
    const distance = fround(
      fround(squared(red, colour[0]) + squared(green, colour[1])) + squared(blue, colour[2]),
    );
    if (distance < least) {
      least = distance;
      nearest = label;
    }
  }
  return nearest;
}

function squared(a: number, b: number): number {
  const difference = fround(a - b);
  return fround(difference * difference);
}

function signed(value: number): number {
  return fround(fround(value * 2) - 1);
}

function signedRgb(rgb: Rgb): Rgb {
  return [signed(fround(rgb[0] / 255)), signed(fround(rgb[1] / 255)), signed(fround(rgb[2] / 255))];
}
