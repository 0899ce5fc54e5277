import { describe, expect, it } from 'vitest';
import { captionFacts } from '../../pocket/caption-facts.ts';
import { conceptsOf } from './concepts-of.ts';

describe('conceptsOf()', () => {
  it.each([
    [
      'a red cat to the left of a blue house on a dark background',
      ['red cat', 'blue house', 'red cat left of blue house', 'dark background'],
    ],
    ['a small kitten above a lorry', ['cat', 'truck', 'cat above truck']],
    ['a star on the right', ['star']],
    ['dark background', ['dark background']],
  ])('names what the judge looks for in %j', (prompt, concepts) => {
    expect(conceptsOf(prompt, captionFacts(prompt).facts)).toEqual(concepts);
  });

  it('names noun phrases in the order of any other prompt, also where a later one is named more often', () => {
    const prompt = 'An old lighthouse above wild waves, white foam on the waves';
    expect(conceptsOf(prompt)).toEqual(['old lighthouse', 'wild waves', 'white foam', 'waves']);
  });

  it('names nothing where there is no noun', () => {
    expect(conceptsOf('quickly and slowly')).toEqual([]);
  });
});
