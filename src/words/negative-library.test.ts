import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { LIBRARY_THEMES, libraryWords, negativeLibrary } from './negative-library.ts';
import { isStoppedTerm } from './stop-list.ts';
import { loadVocabulary } from './vocabulary.ts';

const POCKET = join(import.meta.dirname, '../../pocket/model');
const everyWord = LIBRARY_THEMES.flatMap((theme) => libraryWords(theme).map(({ text }) => text));

describe('the negative prompt library', () => {
  it('has twenty words a theme, each once, all lower case, none of them of the stop list', () => {
    for (const theme of LIBRARY_THEMES) expect(libraryWords(theme), theme).toHaveLength(20);
    expect(new Set(everyWord).size).toBe(everyWord.length);
    for (const word of everyWord) expect(word).toMatch(/^[a-z0-9]+(?: [a-z]+)*$/);
    expect(everyWord.filter(isStoppedTerm)).toEqual([]);
  });

  it('has words of few tokens', async () => {
    const tokenizer = await ClipTokenizer.load(
      join(import.meta.dirname, '../../tests/fixtures/sdxl/tokenizer'),
    );
    // The fixture's merges are those of a small vocabulary, so this is an upper bound of what the published one takes.
    for (const word of everyWord) expect(tokenizer.encode(word).length, word).toBeLessThanOrEqual(20);
  });

  it('gives a slot to each theme, best words first', () => {
    const slots = negativeLibrary('a red cat');
    expect(slots.map(({ theme }) => theme)).toEqual([...LIBRARY_THEMES]);
    expect(slots[0].choices.map(({ text }) => text)).toEqual(
      libraryWords('quality')
        .slice(0, 5)
        .map(({ text }) => text),
    );
    expect(slots[0].choices[0]).toEqual({ text: 'blurry', source: 'library', relation: 'quality', score: 1 });
  });

  it('gives the first themes to fewer slots, and the next words to more', () => {
    expect(negativeLibrary('a cat', { slots: 2 }).map(({ theme }) => theme)).toEqual(['quality', 'anatomy']);
    const more = negativeLibrary('a cat', { slots: 7, maxChoices: 3 });
    expect(more[5]).toMatchObject({ theme: 'quality' });
    expect(more[5].choices.map(({ text }) => text)).toEqual(
      libraryWords('quality')
        .slice(3, 6)
        .map(({ text }) => text),
    );
    const all = negativeLibrary('a cat', { slots: 20 }).flatMap(({ choices }) =>
      choices.map(({ text }) => text),
    );
    expect(new Set(all).size).toBe(everyWord.length);
  });

  it.each([
    ['a watercolor painting of a cat', 'painting'],
    ['two cartoons on a wall', 'cartoon'],
    ['a hand-drawn sketch', 'sketch'],
    ['a blurry photo', 'blurry'],
    ['people with long necks', 'long neck'],
  ])('does not offer for "%s" what it asks for: %s', (prompt, word) => {
    const offered = negativeLibrary(prompt, { slots: 20 }).flatMap(({ choices }) =>
      choices.map(({ text }) => text),
    );
    expect(everyWord).toContain(word);
    expect(offered).not.toContain(word);
    expect(offered.length).toBeGreaterThan(80);
  });

  it('has nothing for a model that learnt none of the words', () => {
    expect(negativeLibrary('a cat', { vocabulary: loadVocabulary(POCKET) })).toEqual([]);
  });
});
