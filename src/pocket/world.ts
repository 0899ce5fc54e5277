/** @file The world of the embedded model: what its pictures can hold and by which words it knows it. `pocket/train/world.py` is its twin. */

/** Names of the silhouettes, in the order of `sprites.json`. */
export const OBJECTS = [
  ...(['cat', 'dog', 'fish', 'bird', 'car', 'truck', 'bus', 'boat'] as const),
  ...(['plane', 'bicycle', 'train', 'house', 'tree', 'flower', 'star', 'moon'] as const),
  ...(['sun', 'cloud', 'heart', 'umbrella', 'key', 'bell', 'apple', 'hat'] as const),
] as const;
export type ObjectName = (typeof OBJECTS)[number];

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Colours of objects; the order is the judge's. */
export const COLOURS = {
  red: [220, 40, 40],
  orange: [245, 140, 30],
  yellow: [245, 215, 40],
  green: [40, 160, 60],
  blue: [40, 90, 220],
  purple: [140, 50, 180],
  pink: [245, 120, 190],
  brown: [120, 70, 30],
} as const satisfies Record<string, Rgb>;
export type ColourName = keyof typeof COLOURS;
export const COLOUR_NAMES = Object.keys(COLOURS) as readonly ColourName[];

/** Colours of backgrounds; the order is the judge's. */
export const BACKGROUNDS = {
  white: [245, 245, 245],
  gray: [165, 165, 170],
  dark: [30, 30, 40],
  cream: [235, 220, 185],
} as const satisfies Record<string, Rgb>;
export type BackgroundName = keyof typeof BACKGROUNDS;
export const BACKGROUND_NAMES = Object.keys(BACKGROUNDS) as readonly BackgroundName[];

/** Sides of the square that a silhouette fills, in pixels. */
export const SIZES = { small: 20, big: 28 } as const;
export type SizeName = keyof typeof SIZES;
export const SIZE_NAMES = Object.keys(SIZES) as readonly SizeName[];

/** Where one object stands as seen from another. */
export const RELATIONS = ['left', 'right', 'above', 'below'] as const;
export type Relation = (typeof RELATIONS)[number];

/** The relation as seen from the other object. */
export const OPPOSITE: Readonly<Record<Relation, Relation>> = {
  left: 'right',
  right: 'left',
  above: 'below',
  below: 'above',
};

/** Where a lone object stands in the picture. */
export const POSITIONS = ['left', 'right', 'top', 'bottom', 'center'] as const;
export type Position = (typeof POSITIONS)[number];

/** Width and height of a picture, in pixels. */
export const IMAGE_SIZE = 64;

/** Objects stand at multiples of this, in pixels: one latent of the autoencoder covers as many. */
export const GRID = 4;

/** What a word of a caption may stand for. */
export type Concept = ObjectName | ColourName | BackgroundName | SizeName | 'above' | 'below';

/** Every word for a concept that has more than one, the commonest first (the training captions use .65, .25 and .10 of each). */
export const SYNONYMS: Readonly<Partial<Record<Concept, readonly string[]>>> = {
  cat: ['cat', 'kitten', 'feline'],
  dog: ['dog', 'puppy', 'hound'],
  fish: ['fish', 'goldfish'],
  bird: ['bird', 'sparrow'],
  car: ['car', 'automobile', 'sedan'],
  truck: ['truck', 'lorry'],
  bus: ['bus', 'coach'],
  boat: ['boat', 'ship', 'sailboat'],
  plane: ['plane', 'airplane', 'jet'],
  bicycle: ['bicycle', 'bike'],
  train: ['train', 'locomotive'],
  house: ['house', 'home', 'cottage'],
  tree: ['tree', 'pine', 'fir'],
  flower: ['flower', 'tulip', 'blossom'],
  moon: ['moon', 'crescent'],
  sun: ['sun', 'sunshine'],
  umbrella: ['umbrella', 'parasol'],
  apple: ['apple', 'fruit'],
  hat: ['hat', 'fedora'],
  red: ['red', 'crimson', 'scarlet'],
  orange: ['orange', 'amber'],
  yellow: ['yellow', 'golden'],
  green: ['green', 'emerald'],
  blue: ['blue', 'azure', 'navy'],
  purple: ['purple', 'violet'],
  pink: ['pink', 'rosy'],
  brown: ['brown', 'chestnut'],
  small: ['small', 'little', 'tiny'],
  big: ['big', 'large', 'huge'],
  white: ['white', 'snowy'],
  gray: ['gray', 'grey'],
  dark: ['dark', 'black'],
  cream: ['cream', 'beige'],
  above: ['above', 'over'],
  below: ['below', 'under'],
};

/** Every word for `concept`, itself first. */
export function wordsFor(concept: Concept | Relation): readonly string[] {
  return SYNONYMS[concept as Concept] ?? [concept];
}

/** Objects in colours that no training picture showed: two of every colour. */
export const HELD_OUT_PAIRS: readonly (readonly [ColourName, ObjectName])[] = [
  ['orange', 'apple'],
  ['green', 'bell'],
  ['brown', 'bicycle'],
  ['yellow', 'boat'],
  ['blue', 'bus'],
  ['pink', 'cat'],
  ['purple', 'flower'],
  ['green', 'hat'],
  ['red', 'heart'],
  ['brown', 'house'],
  ['orange', 'moon'],
  ['pink', 'plane'],
  ['yellow', 'star'],
  ['purple', 'sun'],
  ['red', 'truck'],
  ['blue', 'umbrella'],
];

const HELD_OUT_KEYS: ReadonlySet<string> = new Set(
  HELD_OUT_PAIRS.map(([colour, object]) => `${colour} ${object}`),
);

/** Whether no training picture showed `object` in `colour`. */
export function isHeldOut(colour: ColourName, object: ObjectName): boolean {
  return HELD_OUT_KEYS.has(`${colour} ${object}`);
}
