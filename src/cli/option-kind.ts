/** @file Kinds of option values: how each is read from text, and what to say when the text is something else. */

/** What an option's value may be. Pure: the same for the command line and for configuration files. */
export interface OptionKind<T> {
  /** Completes "must be …". */
  readonly expected: string;
  /** What a configuration file writes; all but `flag` are then read like the text on the command line. */
  readonly json: 'number' | 'string' | 'strings' | 'numbers' | 'number or numbers' | 'flag';
  /** Whether it may be given several times; each text then gives a list, and the lists are joined. */
  readonly isRepeated?: true;
  /** The value, or undefined when the text is none. */
  readonly read: (text: string) => T | undefined;
  /** All values, where they can be listed. */
  readonly choices?: readonly string[];
}

export interface PictureSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Digits only: `1e3`, `5.0` and `+5` are more likely slips than wishes. */
const DIGITS = /^\d+$/;
/** As PyTorch's generator, ours uses 32 bits of a seed. */
const MAX_SEED = 2 ** 32 - 1;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A whole number of at least `min`; the largest is what JavaScript counts exactly, 2^53 − 1. */
export function whole(min: number): OptionKind<number> {
  return {
    expected: `a whole number of at least ${min}`,
    json: 'number',
    read: (text) => inRange(readWhole(text), (value) => value >= min),
  };
}

/** A whole number, or the word `unlimited`, which gives Infinity. */
export function wholeOrUnlimited(min: number): OptionKind<number> {
  const { expected, json, read } = whole(min);
  return {
    expected: `${expected}, or unlimited`,
    json,
    read: (text) => (text === 'unlimited' ? Number.POSITIVE_INFINITY : read(text)),
  };
}

/** A whole number, or the word `never`, which gives Infinity. */
export function wholeOrNever(min: number): OptionKind<number> {
  const { expected, json, read } = whole(min);
  return {
    expected: `${expected}, or never`,
    json,
    read: (text) => (text === 'never' ? Number.POSITIVE_INFINITY : read(text)),
  };
}

/** A place among sampling steps: a share of them below 1, or a step index. How many steps there are, the library knows. */
export const stepPlace: OptionKind<number> = {
  expected: 'a share of the steps, above 0 and below 1, or a step index of at least 1',
  json: 'number',
  read: readPlace,
};

/** Places with commas between. */
export const stepPlaces: OptionKind<readonly number[]> = {
  expected:
    'shares of the steps, above 0 and below 1, or step indices of at least 1, with commas between, such as 0.3,0.6',
  json: 'number or numbers',
  read: (text) => {
    const places = text.split(',').map((part) => readPlace(part.trim()));
    return places.every((place) => place !== undefined) ? places : undefined;
  },
};

/** Ascending whole numbers of at least 2 with commas between, or the word `never`, which gives none. */
export const ascendingCounts: OptionKind<readonly number[]> = {
  expected: 'ascending whole numbers of at least 2 with commas between, such as 2,4, or never',
  json: 'numbers',
  read: (text) => {
    if (text === 'never') return [];
    const counts = text.split(',').map((part) => readWhole(part.trim()) ?? 0);
    return counts.every((count, i) => count > (counts[i - 1] ?? 1)) ? counts : undefined;
  },
};

/** A finite number that passes `test`; `expected` says in words what passes. */
export function number(expected: string, test: (value: number) => boolean): OptionKind<number> {
  return {
    expected,
    json: 'number',
    read: (text) =>
      inRange(DECIMAL.test(text) ? Number(text) : undefined, (v) => Number.isFinite(v) && test(v)),
  };
}

/** Different whole numbers with commas between; `none` for the empty list where that is allowed. */
export function seedList(options: { readonly none?: boolean } = {}): OptionKind<readonly number[]> {
  const list = `different whole numbers from 0 to ${MAX_SEED} with commas between, such as 0,1`;
  return {
    expected: options.none ? `${list}, or none` : list,
    json: 'numbers',
    read: (text) => (options.none && text === 'none' ? [] : readSeeds(text)),
  };
}

/** Width and height in pixels, `512x768`. Which sizes a model can paint is the model's business. */
export const pictureSize: OptionKind<PictureSize> = {
  expected: 'width x height in pixels, such as 512x768',
  json: 'string',
  read: (text) => {
    const [width, height, ...rest] = text.toLowerCase().split('x').map(readWhole);
    return width && height && rest.length === 0 ? { width, height } : undefined;
  },
};

export interface PictureOffset {
  /** Pixels from the left and from the top. */
  readonly x: number;
  readonly y: number;
}

/** A place in a picture, `0,64`: from the left, then from the top. */
export const pictureOffset: OptionKind<PictureOffset> = {
  expected: 'pixels from the left and from the top with a comma between, such as 0,64',
  json: 'string',
  read: (text) => {
    const [x, y, ...rest] = text.split(',').map((part) => readWhole(part.trim()));
    return x !== undefined && y !== undefined && rest.length === 0 ? { x, y } : undefined;
  },
};

/** One of a few words. */
export function choice<const T extends string>(choices: readonly T[]): OptionKind<T> {
  return {
    expected: `one of ${choices.join(', ')}`,
    json: 'string',
    choices,
    read: (text) => choices.find((known) => known === text),
  };
}

/** One of a few words, some of which may say which one of several: `cuda:1` is the second. */
export function numberedChoice<const T extends string, const N extends T>(
  choices: readonly T[],
  numbered: readonly N[],
): OptionKind<T | `${N}:${number}`> {
  const plain = choice(choices);
  const isNumbered = (value: string): value is `${N}:${number}` =>
    numbered.some((name) => value.startsWith(`${name}:`)) && /^[^:]+:\d{1,3}$/.test(value);
  return {
    ...plain,
    expected: `${plain.expected}; ${numbered.join(' and ')} may be numbered, as ${numbered[0]}:1 is the second`,
    read: (value) => plain.read(value) ?? (isNumbered(value) ? value : undefined),
  };
}

/** Any text, also none. */
export const text: OptionKind<string> = { expected: 'text', json: 'string', read: (value) => value };

/** A file or folder, as the operating system knows it. */
export const path: OptionKind<string> = {
  expected: 'a path, which is not empty',
  json: 'string',
  read: (value) => (value.trim() === '' ? undefined : value),
};

/** An option that may be given several times, each time with a value of `kind`. */
export function repeated<T>(kind: OptionKind<T>): OptionKind<readonly T[]> {
  return {
    expected: kind.expected,
    json: 'strings',
    isRepeated: true,
    read: (value) => {
      const one = kind.read(value);
      return one === undefined ? undefined : [one];
    },
    ...(kind.choices && { choices: kind.choices }),
  };
}

/** There or not there; it takes no value. */
export const flag: OptionKind<boolean> = { expected: 'true or false', json: 'flag', read: () => true };

function readWhole(value: string): number | undefined {
  return DIGITS.test(value) ? inRange(Number(value), Number.isSafeInteger) : undefined;
}

function readPlace(value: string): number | undefined {
  const place = DECIMAL.test(value) ? Number(value) : undefined;
  return inRange(place, (share) => share > 0 && (share < 1 || Number.isSafeInteger(share)));
}

function readSeeds(value: string): readonly number[] | undefined {
  const seeds = value.split(',').map((part) => inRange(readWhole(part.trim()), (seed) => seed <= MAX_SEED));
  if (new Set(seeds).size !== seeds.length) return undefined;
  return seeds.every((seed) => seed !== undefined) ? seeds : undefined;
}

function inRange(value: number | undefined, test: (value: number) => boolean): number | undefined {
  return value !== undefined && test(value) ? value : undefined;
}
