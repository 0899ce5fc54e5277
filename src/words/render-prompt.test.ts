import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indefiniteArticle } from './indefinite-article.ts';
import { promptWords } from './prompt-words.ts';
import { negativePrompt, type Replacement, substitutedPrompt } from './render-prompt.ts';

function replace(prompt: string, ...changes: [string, string][]): string {
  const replacements = changes.map(([text, replacement]) => ({
    start: prompt.indexOf(text),
    text,
    replacement,
  }));
  return substitutedPrompt(prompt, replacements);
}

describe('negativePrompt()', () => {
  it('joins what is not empty', () => {
    expect(negativePrompt([])).toBe('');
    expect(negativePrompt(['', ' '])).toBe('');
    expect(negativePrompt(['dog', '', 'dark background'])).toBe('dog, dark background');
  });

  it('keeps the comma apart from punctuation, which a tokenizer would read as one with it', () => {
    expect(negativePrompt(['what?', 'dog', '(bad hands:1.2)', 'f/1.8', '4k'])).toBe(
      'what? , dog, (bad hands:1.2) , f/1.8, 4k',
    );
    expect(negativePrompt(['e\u0301', 'İ', '猫', 'x'])).toBe('e\u0301, İ , 猫, x');
    expect(negativePrompt(['what?'])).toBe('what?');
  });

  it('gives the words back when split at the commas', () => {
    const words = fc.array(fc.stringMatching(/^(?:[a-z]+(?: [a-z]+)?)?$/));
    fc.assert(
      fc.property(words, (list) => {
        const text = negativePrompt(list);
        expect(text === '' ? [] : text.split(', ')).toEqual(list.filter((word) => word !== ''));
      }),
    );
  });
});

describe('substitutedPrompt()', () => {
  it('replaces at the place, not wherever the text occurs', () => {
    const prompt = 'party art, art';
    expect(substitutedPrompt(prompt, [{ start: 6, text: 'art', replacement: 'painting' }])).toBe(
      'party painting, art',
    );
    expect(substitutedPrompt(prompt, [{ start: 11, text: 'art', replacement: 'painting' }])).toBe(
      'party art, painting',
    );
  });

  it('mends the article before a replaced word, and no other', () => {
    expect(replace('a cat and a hour', ['cat', 'animal'])).toBe('an animal and a hour');
    expect(replace('An apple', ['apple', 'banana'])).toBe('A banana');
    expect(replace('a red cat', ['cat', 'animal'])).toBe('a red animal');
    expect(replace('a red cat', ['red', 'orange'], ['cat', 'owl'])).toBe('an orange owl');
    expect(replace('vitamin-a cat', ['cat', 'animal'])).toBe('vitamin-a animal');
  });

  it('keeps the capital of the original', () => {
    expect(replace('Cats sleep', ['Cats', 'dogs'])).toBe('Dogs sleep');
    expect(replace('cats sleep', ['cats', 'Danes'])).toBe('Danes sleep');
  });

  it('removes a word with its space', () => {
    expect(replace('a red cat', ['red', ''])).toBe('a cat');
    expect(replace('red cat', ['red', ''])).toBe('cat');
    expect(replace('cat, dog', ['cat', ''])).toBe(', dog');
  });

  it('refuses a word that is not there and replacements that overlap', () => {
    const at = (start: number, text: string): Replacement => ({ start, text, replacement: 'x' });
    expect(() => substitutedPrompt('a cat', [at(1, 'cat')])).toThrow(/not at 1/);
    expect(() => substitutedPrompt('hot dogs', [at(0, 'hot dogs'), at(4, 'dogs')])).toThrow(
      /another replacement/,
    );
  });

  const word = fc.constantFrom('cat', 'Apple', 'a', 'an', 'the', 'on', 'red', ',', '🐈', 'Hour', '.');
  const prompts = fc.array(word).map((parts) => parts.join(' '));

  it('changes nothing when every word is replaced by itself', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        const same = promptWords(prompt).map(({ text, start }) => ({ text, start, replacement: text }));
        expect(substitutedPrompt(prompt, same)).toBe(prompt);
      }),
    );
  });

  it('leaves every other word as it is, but for articles', () => {
    fc.assert(
      fc.property(
        prompts,
        fc.infiniteStream(fc.constantFrom('', 'owl', 'blue', 'umbrella')),
        (prompt, stream) => {
          const words = promptWords(prompt).filter(({ text }) => !/^an?$/i.test(text));
          const replacements = words.flatMap(({ text, start }) => {
            const replacement: string = stream.next().value;
            return replacement === '' ? [] : [{ text, start, replacement }];
          });
          const replaced = new Map(replacements.map(({ start, replacement }) => [start, replacement]));
          const expected = promptWords(prompt).map(({ text, start }) => replaced.get(start) ?? text);
          const result = promptWords(substitutedPrompt(prompt, replacements.reverse())).map(
            ({ text }) => text,
          );
          const plain = (texts: string[]) => texts.map((text) => text.toLowerCase().replace(/^an$/, 'a'));
          expect(plain(result)).toEqual(plain(expected));
        },
      ),
    );
  });
});

describe('indefiniteArticle()', () => {
  it.each([
    ['owl', 'an'],
    ['cat', 'a'],
    ['hour', 'an'],
    ['house', 'a'],
    ['unicorn', 'a'],
    ['umbrella', 'an'],
    ['unidentified object', 'an'],
    ['university', 'a'],
    ['used car', 'a'],
    ['usher', 'an'],
    ['utensil', 'a'],
    ['European city', 'a'],
    ['one-way street', 'a'],
    ['onerous task', 'an'],
    ['8-ball', 'an'],
    ['11th hour', 'an'],
    ['110 cats', 'a'],
  ])('%s takes %s', (phrase, article) => expect(indefiniteArticle(phrase)).toBe(article));
});
