/** @file Scenes: one or two coloured silhouettes on a background, and how the training set drew them at random. */
import {
  BACKGROUND_NAMES,
  type BackgroundName,
  COLOUR_NAMES,
  type ColourName,
  GRID,
  IMAGE_SIZE,
  isHeldOut,
  OBJECTS,
  type ObjectName,
  type Position,
  SIZE_NAMES,
  SIZES,
  type SizeName,
} from './world.ts';

/** A source of random numbers; the caller seeds it. */
export interface Rng {
  /** Uniform in [0, 1). */
  float64(): number;
  /** Uniform among 0, 1, …, n - 1. */
  integer(n: number): number;
}

export interface SceneObject {
  readonly object: ObjectName;
  readonly colour: ColourName;
  readonly size: SizeName;
  /** Left edge, in pixels. */
  readonly x: number;
  /** Top edge, in pixels. */
  readonly y: number;
}

export interface Scene {
  /** One or two, never the same object twice. */
  readonly objects: readonly SceneObject[];
  readonly background: BackgroundName;
  /** Where the first object stands as seen from the second; undefined when there is one object. */
  readonly relation: 'left' | 'above' | undefined;
}

export interface RandomSceneOptions {
  /** Number of objects. @default one with probability .4, otherwise two */
  readonly objectCount?: 1 | 2;
  /** Which colour x object pairs may appear: those of the training set, those held out of it, or any. @default 'seen' */
  readonly pairs?: 'seen' | 'held-out' | 'any';
}

type Point = readonly [x: number, y: number];

/** Centres of two objects lie at most this far apart across the axis on which they stand, in pixels. */
const MAX_OFFSET = 12;

/** A random scene with the distribution of the training set. */
export function randomScene(rng: Rng, options: RandomSceneOptions = {}): Scene {
  const count = options.objectCount ?? (rng.float64() < 0.4 ? 1 : 2);
  const relation = count === 1 ? undefined : choose(rng, ['left', 'above'] as const);
  const sizes = Array.from({ length: count }, () => choose(rng, SIZE_NAMES));
  const pairs = distinctPairs(rng, count, options.pairs ?? 'seen');
  const corners = placeObjects(rng, sizes, relation);
  const objects = pairs.map((pair, i) => ({
    ...pair,
    size: sizes[i]!,
    x: corners[i]![0],
    y: corners[i]![1],
  }));
  return { objects, background: choose(rng, BACKGROUND_NAMES), relation };
}

/** The word for where a lone object stands, or undefined when none fits clearly. */
export function positionOf(object: SceneObject): Position | undefined {
  const [dx, dy] = centreOf(object).map((coordinate) => coordinate - IMAGE_SIZE / 2) as [number, number];
  if (Math.max(Math.abs(dx), Math.abs(dy)) < 5) return 'center';
  if (Math.abs(dx) > 8 && Math.abs(dx) > 1.6 * Math.abs(dy)) return dx < 0 ? 'left' : 'right';
  if (Math.abs(dy) > 8 && Math.abs(dy) > 1.6 * Math.abs(dx)) return dy < 0 ? 'top' : 'bottom';
  return undefined;
}

/** Centre of `object`, in pixels. */
export function centreOf(object: SceneObject): Point {
  const half = SIZES[object.size] / 2;
  return [object.x + half, object.y + half];
}

/** One of `choices`, each as likely as the others. */
export function choose<T>(rng: Rng, choices: readonly T[]): T {
  return choices[rng.integer(choices.length)]!;
}

function distinctPairs(rng: Rng, count: number, pairs: 'seen' | 'held-out' | 'any') {
  const chosen: { object: ObjectName; colour: ColourName }[] = [];
  while (chosen.length < count) {
    const pair = { object: choose(rng, OBJECTS), colour: choose(rng, COLOUR_NAMES) };
    const isWanted = pairs === 'any' || isHeldOut(pair.colour, pair.object) === (pairs === 'held-out');
    if (isWanted && chosen.every((other) => other.object !== pair.object)) chosen.push(pair);
  }
  return chosen;
}

function placeObjects(rng: Rng, sizes: readonly SizeName[], relation: Scene['relation']): readonly Point[] {
  const [a, b] = sizes.map((size) => SIZES[size]);
  if (b === undefined) return [[gridPoint(rng, IMAGE_SIZE - a!), gridPoint(rng, IMAGE_SIZE - a!)]];
  // Along the axis one after the other without touching; across it nearly level.
  const gap = IMAGE_SIZE - a! - b;
  const first = gridPoint(rng, gap);
  const second = first + a! + gridPoint(rng, gap - first);
  const across = gridPoint(rng, IMAGE_SIZE - a!);
  const level = gridPoints(IMAGE_SIZE - b).filter((v) => Math.abs(v + b / 2 - across - a! / 2) <= MAX_OFFSET);
  const acrossSecond = choose(rng, level);
  const horizontal: readonly Point[] = [
    [first, across],
    [second, acrossSecond],
  ];
  return relation === 'left' ? horizontal : horizontal.map(([along, other]) => [other, along] as const);
}

function gridPoints(max: number): number[] {
  return Array.from({ length: Math.floor(max / GRID) + 1 }, (_, i) => i * GRID);
}

function gridPoint(rng: Rng, max: number): number {
  return choose(rng, gridPoints(max));
}
