import { describe, expect, it } from 'vitest';
import { contextOf, sharedWords } from './context-overlap.ts';
import { americanSpellings } from './spelling.ts';

describe('americanSpellings()', () => {
  it.each([
    ['colour', 'color'],
    ['colourful', 'colorful'],
    ['centre', 'center'],
    ['theatres', 'theaters'],
    ['traveller', 'traveler'],
    ['grey', 'gray'],
    ['mould', 'mold'],
    ['cosier', 'cozier'],
    ['stylised', 'stylized'],
  ])('%s is %s', (british, american) => expect(americanSpellings(british)).toContain(american));

  it.each(['cat', 'yellow', 'house', 'ball'])('%s stays', (word) =>
    expect(americanSpellings(word)).toEqual([]),
  );
});

describe('sharedWords()', () => {
  it('counts words of the prompt in any inflection, and no short ones', () => {
    expect(
      sharedWords('a large bird that wades in water', contextOf(['birds', 'wading', 'sky', 'a', 'in'])),
    ).toBe(2);
    expect(sharedWords('a bird in water', contextOf(['birds', 'water']), 'bird')).toBe(1);
    expect(sharedWords('', contextOf(['bird']))).toBe(0);
  });
});
