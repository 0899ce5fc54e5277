import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from './prompt-space.ts';
import { WordNetDictionary } from './wordnet-dictionary.ts';

const dictionary = new WordNetDictionary();

function texts(term: string, task: Task, count = 8): string[] {
  return dictionary
    .substitutes(term, task)
    .slice(0, count)
    .map(({ text }) => text);
}

describe('WordNetDictionary', () => {
  it.each([
    ['red', 'green'],
    ['black', 'white'],
    ['old', 'young'],
    ['cat', 'dog'],
    ['woman', 'man'],
    ['women', 'men'],
    ['truck', 'car'],
    ['bathroom', 'kitchen'],
    ['standing', 'sitting'],
    ['beautiful', 'ugly'],
    ['wet', 'dry'],
  ])('contrasts %s with %s', (word, contrast) => {
    expect(texts(word, 'improve')).toContain(contrast);
  });

  it.each([
    ['plane', 'airplane'],
    ['policeman', 'police officer'],
    ['graveyard', 'cemetery'],
    ['children', 'kids'],
    ['spectres', 'phantoms'],
    ['purple', 'violet'],
  ])('says %s is also %s', (word, synonym) => {
    expect(texts(word, 'attack')).toContain(synonym);
  });

  it('puts direct antonyms first and the broader word last', () => {
    expect(dictionary.substitutes('hot', 'improve')[0]).toMatchObject({
      text: 'cold',
      relation: 'antonym',
      source: 'wordnet',
    });
    const relations = dictionary.substitutes('plane', 'attack').map(({ relation }) => relation);
    expect(relations.at(-1)).toBe('hypernym');
    expect(relations.indexOf('hypernym')).toBeGreaterThan(relations.lastIndexOf('synonym'));
  });

  it('opposes a word neither to its broader word nor to its kinds', () => {
    expect(texts('ponies', 'improve', 40)).not.toContain('horses');
    expect(texts('dog', 'improve', 40)).not.toContain('poodle');
  });

  it('gives the form of the original', () => {
    for (const text of texts('cats', 'improve', 40)) expect(text).toMatch(/s$|e[nt]$|fish|mice|geese/);
    for (const text of texts('flying', 'improve', 40)) expect(text.split(' ')[0]).toMatch(/ing$/);
  });

  it('leaves function words, closed-class words and unknown words alone', () => {
    for (const term of [
      'the',
      'is',
      'a',
      'left',
      'above',
      'two',
      'next to',
      'blorptastic',
      '',
      '🐈',
      'of cats',
      'black and white',
    ]) {
      expect(dictionary.substitutes(term, 'improve')).toEqual([]);
      expect(dictionary.substitutes(term, 'attack')).toEqual([]);
    }
  });

  it('never repeats a choice or the term, and orders by score', () => {
    const words = fc.constantFrom(
      'house',
      'run',
      'bright',
      'children',
      'flies',
      'glass',
      'person',
      'thing',
      'light',
      'water',
      'quickly',
    );
    fc.assert(
      fc.property(words, fc.constantFrom<Task>('improve', 'attack'), (term, task) => {
        const choices = dictionary.substitutes(term, task);
        expect(new Set(choices.map(({ text }) => text)).size).toBe(choices.length);
        expect(choices.map(({ text }) => text)).not.toContain(term);
        choices.forEach(({ score }, index) => {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(index === 0 ? 1 : choices[index - 1].score);
        });
      }),
    );
  });
});
