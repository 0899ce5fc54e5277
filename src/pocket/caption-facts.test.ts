import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { captionScene, randomCaptionSpec, statedFacts } from './caption.ts';
import { captionFacts } from './caption-facts.ts';
import { randomScene } from './scene.ts';

describe('captionFacts()', () => {
  it('understands a sentence with relation and background', () => {
    expect(captionFacts('a red cat to the left of a blue house on a dark background')).toEqual({
      facts: {
        objects: [
          { object: 'cat', colour: 'red', size: undefined },
          { object: 'house', colour: 'blue', size: undefined },
        ],
        relation: 'left',
        position: undefined,
        background: 'dark',
      },
      unusedWords: [],
    });
  });

  it('understands every caption that the grammar makes', () => {
    const rng = new MersenneTwister(8);
    for (let i = 0; i < 3000; i++) {
      const scene = randomScene(rng, { pairs: 'any' });
      const spec = randomCaptionSpec(scene, rng);
      const caption = captionScene(scene, spec, rng, { synonyms: true });
      expect({ caption, ...captionFacts(caption) }).toEqual({
        caption,
        facts: statedFacts(scene, spec),
        unusedWords: [],
      });
    }
  });

  it.each([
    ['A Crimson KITTEN over a navy lorry, on a beige background.', 'cat/red truck/blue above cream'],
    ['red cat , above , house , blue', 'cat/red house/blue above'],
    ['key , bicycle , small', 'key bicycle/small'],
    ['a car beside an orange', 'car'],
    ['cat , left', 'cat @left'],
    ['cat , dog , left', 'cat dog left'],
    ['a star on the right', 'star @right'],
    ['dark background', 'dark'],
  ])('reads %j', (prompt, expected) => {
    const { objects, relation, position, background } = captionFacts(prompt).facts;
    const named = objects.map(({ object, colour, size }) => [object, colour, size].filter(Boolean).join('/'));
    const parts = [...named, relation, position && `@${position}`, background];
    expect(parts.filter(Boolean).join(' ')).toBe(expected);
  });

  it.each([
    ['a photo of a happy cat', ['photo', 'happy']],
    ['a red blue cat', ['blue']],
    ['a cat on an orange background', ['orange', 'background']],
    ['a dark cat', ['dark']],
    ['a cat on the left and a dog', ['left']],
    ['a cat left of', ['left']],
    ['a cat above a dog above a car', ['above', 'above']],
    ['cats and dogs', ['cats', 'dogs']],
  ])('says which words of %j it could not use', (prompt, unusedWords) => {
    expect(captionFacts(prompt).unusedWords).toEqual(unusedWords);
  });

  it.each(['', ' , ,', '!'])('refuses %j, which has no word', (prompt) => {
    expect(() => captionFacts(prompt)).toThrow(/empty/);
  });
});
