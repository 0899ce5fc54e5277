import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyConcepts } from './key-concepts.ts';

const concepts = (prompt: string) => keyConcepts(prompt).map(({ text }) => text);

describe('keyConcepts()', () => {
  it.each([
    ['a red cat and a blue car', ['red cat', 'blue car']],
    [
      'A man holding an umbrella is walking his dog along a wet sidewalk.',
      ['man', 'umbrella', 'dog', 'wet sidewalk'],
    ],
    ['two shiny sports cars, highly detailed', ['two shiny sports cars']],
    ['portrait of a woman with flowing hair', ['portrait', 'woman', 'flowing hair']],
    ["the cat's hat", ['cat', 'hat']],
    ['of the and', []],
    ['', []],
  ])('finds the things of %j with their attributes', (prompt, expected) => {
    expect(concepts(prompt)).toEqual(expected);
  });

  it('puts first what is named more often, and lists each once', () => {
    expect(concepts('a tree, a red car, a house and another red car')).toEqual(['red car', 'tree', 'house']);
  });

  it('passes over commands of web UIs', () => {
    expect(concepts('a cat <lora:style:0.7> near a dog')).toEqual(['cat', 'dog']);
  });

  it('gives pieces of any text, apart from each other', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem()), (prompt) => {
        const found = [...keyConcepts(prompt)].sort((one, other) => one.start - other.start);
        let end = 0;
        for (const { text, start } of found) {
          expect(start).toBeGreaterThanOrEqual(end);
          expect(prompt.slice(start, start + text.length)).toBe(text);
          end = start + text.length;
        }
      }),
    );
  });
});
