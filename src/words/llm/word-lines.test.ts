import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitChoices, wordLines } from './word-lines.ts';

describe('wordLines()', () => {
  it.each([
    ['red → blue, green', 'red', ['blue', 'green']],
    ['red -> blue; green', 'red', ['blue', 'green']],
    ['red => blue / green', 'red', ['blue', 'green']],
    ['red --> blue | green', 'red', ['blue', 'green']],
    ['1. red → blue', 'red', ['blue']],
    ['12) red → blue', 'red', ['blue']],
    ['- red → blue', 'red', ['blue']],
    ['• **red** → *blue*, `green`', 'red', ['blue', 'green']],
    ['* **red → blue**', 'red', ['blue']],
    ['> "red" → “blue”, \'green\'.', 'red', ['blue', 'green']],
    ['red → blue → green', 'red', ['blue', 'green']],
    ['red (colour) → blue (a colour), green or yellow', 'red', ['blue', 'green', 'yellow']],
    ['**red**: blue, green', 'red', ['blue', 'green']],
    ['next to: far from, away from', 'next to', ['far from', 'away from']],
    ['hot dog → hamburger, corn dog', 'hot dog', ['hamburger', 'corn dog']],
    ['red → none', 'red', []],
    ['red → N/A', 'red', []],
    ['red → (no direct opposite)', 'red', []],
    ['red → no opposite', 'red', []],
    ['red →', 'red', []],
    ['cat’s → dog’s', 'cat’s', ['dog’s']],
    ['well-lit → dark', 'well-lit', ['dark']],
    ['8k → 4k, 144p', '8k', ['4k', '144p']],
  ])('reads %j', (line, word, choices) => {
    expect(wordLines(line)).toEqual([{ word, choices }]);
  });

  it('reads several words in one line', () => {
    expect(wordLines('red → blue, cat → dog')).toEqual([
      { word: 'red', choices: ['blue'] },
      { word: 'cat', choices: ['dog'] },
    ]);
  });

  it('passes over prose, around arrows colons too', () => {
    const text = 'Here you are:\n\nred → blue\nNote: some words have none.\ncat → dog\n\nDone!';
    expect(wordLines(text).map(({ word }) => word)).toEqual(['red', 'cat']);
    expect(wordLines('There is no such thing, I think: it is all one.')).toEqual([]);
    expect(wordLines('')).toEqual([]);
  });

  it('reads at most so many lines of anything', () => {
    expect(wordLines('a → b\n'.repeat(100_000))).toHaveLength(20_000);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { choices } of wordLines(`${text} → ${text}\n${text}: ${text}`))
          for (const choice of choices) expect(choice).toBe(choice.trim());
      }),
    );
  });

  it('is quick on long lines', () => {
    const start = performance.now();
    for (const piece of ['-', '→', ': ', '(', '* ', "'", ' ', 'a or ', '— ', '1. '])
      wordLines(piece.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('splitChoices()', () => {
  it('splits what is several in one text', () => {
    expect(splitChoices('big, large and or huge; or vast!')).toEqual(['big', 'large and', 'huge', 'vast']);
    expect(splitChoices(' blue ')).toEqual(['blue']);
    expect(splitChoices('')).toEqual([]);
  });
});
