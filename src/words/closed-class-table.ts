/** @file English words of place, direction and number with their opposites and alternatives: a closed class, so a table can hold it. */

import type { Vocabulary } from './vocabulary.ts';

/** `a, b | c`: two members, the first with two words. */
function members(text: string): readonly (readonly string[])[] {
  return text.split('|').map((words) => words.split(',').map((word) => word.trim()));
}

function pairs(text: string): readonly (readonly [string, string])[] {
  return members(text).map(([one, other]) => [one, other]);
}

/** Where one thing is, seen from another. */
const RELATIONS = members(`
  above, over, on top of, atop | below, under, beneath, underneath | in front of, ahead of, at the front of |
  behind, in back of, at the back of | inside, within, inside of | outside, outside of | beside, next to, alongside, adjacent to |
  between, in between | near, close to, nearby | far from, far away from | to the left of, left of, on the left of |
  to the right of, right of, on the right of | around, surrounding`);

/** Where in the picture. */
const POSITIONS = members(`
  on the left, at the left, on the left side | on the right, at the right, on the right side | at the top, in the top |
  at the bottom, in the bottom | in the middle, in the center, in the centre | at the edge, in the corner |
  in the foreground | in the background, in the distance`);

const SIDES = members(
  'left, left-hand | right, right-hand | top | bottom | center, centre, middle | front | back, rear',
);

const COUNTS = members(`
  one, 1, a single | two, 2, a pair of, a couple of | three, 3 | four, 4 | five, 5 | six, 6, half a dozen | seven, 7 | eight, 8 |
  nine, 9 | ten, 10 | eleven, 11 | twelve, 12, a dozen | twenty, 20 | fifty, 50 | hundred, 100`);

const AMOUNTS = members(`
  a single, only one | several, some, a few, a handful of, various, multiple |
  many, numerous, lots of, a lot of, countless, dozens of, hundreds of, thousands of`);

/** Words that have an opposite and no siblings. */
const ALONE = members(`
  on, upon | in | off, off of | out of | into | onto | with | without, lacking | up | down | upward, upwards | downward, downwards |
  toward, towards | away from | through, across | along | past, beyond | overhead, up above | underfoot |
  upper | lower | inner | outer | forward, forwards | backward, backwards | indoors | outdoors | against | opposite | every, all, each |
  none of | both | single | few | upside down | first | last | half | full | together | apart | before | after | during`);

const OPPOSITES = pairs(`
  above, below | in front of, behind | inside, outside | beside, far from | near, far from | to the left of, to the right of |
  on the left, on the right | at the top, at the bottom | in the middle, at the edge | in the foreground, in the background |
  left, right | top, bottom | front, back | on, under | on, off | in, outside | in, out of | off, on top of | out of, into |
  onto, off | with, without | up, down | upward, downward | toward, away from | through, around | along, away from | past, toward |
  overhead, below | overhead, underfoot | upper, lower | inner, outer | forward, backward | indoors, outdoors |
  every, none of | single, many | few, many | upside down, upright | first, last | half, full | together, apart | before, after |
  several, one | several, countless | many, few | many, one | between, outside | around, away from`);

function group(name: string, lists: readonly (readonly string[])[]) {
  return { name, members: lists };
}

/** The closed class as a vocabulary: it has no limit of learnt words. */
export const CLOSED_CLASS: Vocabulary = {
  groups: [
    group('relation', RELATIONS),
    group('position', POSITIONS),
    group('side', SIDES),
    group('count', COUNTS),
    group('amount', AMOUNTS),
    // A group of one member has synonyms and no siblings
    ...ALONE.map((words) => group(words[0], [words])),
  ],
  opposites: OPPOSITES,
};

const CLOSED_CLASS_TERMS: ReadonlySet<string> = new Set(
  CLOSED_CLASS.groups.flatMap((entry) => entry.members.flat()).concat(OPPOSITES.flat()),
);

/** Whether the table holds `term`, so that no open-class dictionary should be asked about it. */
export function isClosedClassTerm(term: string): boolean {
  return CLOSED_CLASS_TERMS.has(term);
}
