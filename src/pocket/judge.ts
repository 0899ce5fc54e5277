/** @file The template judge: says what a picture shows without any learned model, exactly as `pocket/train/judge.py` does. */
import { DpoError } from '../errors.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import { type PaletteLabels, paletteLabels } from './palette-labels.ts';
import { spriteOf } from './sprites.ts';
import { type BitTemplate, bestMatch, bitTemplate, bitWindows } from './template-match.ts';
import {
  BACKGROUND_NAMES,
  type BackgroundName,
  COLOUR_NAMES,
  type ColourName,
  IMAGE_SIZE,
  OBJECTS,
  type ObjectName,
  SIZE_NAMES,
  SIZES,
  type SizeName,
} from './world.ts';

/** A silhouette that the judge found. */
export interface Detection {
  readonly object: ObjectName;
  readonly colour: ColourName;
  readonly size: SizeName;
  /** Centre, in pixels from the left and from the top. */
  readonly cx: number;
  readonly cy: number;
  /** Overlap of the silhouette with the pixels of its colour: intersection over union, .5 to 1. */
  readonly iou: number;
}

export interface Verdict {
  /** The background colour that most pixels are nearest to. */
  readonly background: BackgroundName;
  /** At most three, the best match first. */
  readonly detections: readonly Detection[];
}

/** A colour is looked at when more pixels than this are nearest to it. */
const MIN_PIXELS = 25;
/** A silhouette is found from this intersection over union. */
const MIN_IOU = 0.5;
/** So many silhouettes of each colour and size compete for places. */
const MATCHES_PER_COLOUR = 4;
const MAX_DETECTIONS = 3;
/** Two detections whose centres are no farther apart than this on both axes are at one place; in pixels. */
const PLACE_RADIUS = 9;

const TEMPLATES: Readonly<Record<SizeName, readonly BitTemplate[]>> = {
  small: OBJECTS.map((object) => bitTemplate(spriteOf(object, 'small'))),
  big: OBJECTS.map((object) => bitTemplate(spriteOf(object, 'big'))),
};

/**
 * What `image`, float32 [3, 64, 64] in [0, 1], shows. Takes a few milliseconds.
 * @throws {DpoError} INVALID_IMAGE when the shape is another one or a value is not finite.
 */
export function judge(image: FloatTensor): Verdict {
  checkImage(image);
  const labels = paletteLabels(image.data);
  return { background: commonestBackground(labels), detections: keepOnePerPlace(matchesOf(labels)) };
}

function checkImage({ shape, data }: FloatTensor): void {
  if (shape.join() !== `3,${IMAGE_SIZE},${IMAGE_SIZE}`) {
    const expected = `[3, ${IMAGE_SIZE}, ${IMAGE_SIZE}]`;
    throw new DpoError(
      'INVALID_IMAGE',
      `The judge looks at pictures of shape ${expected}, got [${shape.join(', ')}].`,
    );
  }
  if (!data.every(Number.isFinite)) {
    throw new DpoError(
      'INVALID_IMAGE',
      'The judge looks at numbers from 0 to 1, and this picture holds one that is not finite.',
    );
  }
}

function commonestBackground({ counts }: PaletteLabels): BackgroundName {
  const ofBackground = (name: BackgroundName) =>
    counts[COLOUR_NAMES.length + BACKGROUND_NAMES.indexOf(name)]!;
  return BACKGROUND_NAMES.reduce((best, name) => (ofBackground(name) > ofBackground(best) ? name : best));
}

/** Every match that competes, in the order (size, colour, overlap) that decides ties. */
function matchesOf(labels: PaletteLabels): Detection[] {
  const colours = COLOUR_NAMES.filter((_, label) => labels.counts[label]! > MIN_PIXELS);
  return SIZE_NAMES.flatMap((size) => colours.flatMap((colour) => matchesOfColour(labels, colour, size)));
}

function matchesOfColour(labels: PaletteLabels, colour: ColourName, size: SizeName): Detection[] {
  const windows = bitWindows(labels.pixels, COLOUR_NAMES.indexOf(colour), SIZES[size]);
  const matches = OBJECTS.flatMap((object, index): Detection[] => {
    const match = bestMatch(windows, TEMPLATES[size][index]!, MIN_IOU);
    if (match === undefined) return [];
    const half = SIZES[size] / 2;
    return [{ object, colour, size, cx: match.x + half, cy: match.y + half, iou: match.iou }];
  });
  return matches.sort(byOverlap).slice(0, MATCHES_PER_COLOUR);
}

function keepOnePerPlace(matches: Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const match of matches.sort(byOverlap)) {
    if (kept.length < MAX_DETECTIONS && kept.every((other) => !isSamePlace(match, other))) kept.push(match);
  }
  return kept;
}

/** Best first; sorting is stable, so equals keep their order. */
function byOverlap(a: Detection, b: Detection): number {
  return b.iou - a.iou;
}

function isSamePlace(a: Detection, b: Detection): boolean {
  return Math.abs(a.cx - b.cx) <= PLACE_RADIUS && Math.abs(a.cy - b.cy) <= PLACE_RADIUS;
}
