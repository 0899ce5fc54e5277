import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import { linesWithPrefix } from './sorted-lines.ts';
import { POINTER, WordNet } from './wordnet.ts';

const wordnet = new WordNet();

describe('linesWithPrefix()', () => {
  it('finds what a filter finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '_', ' ', '%'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.uniqueArray(word), word, fc.boolean(), (words, prefix, newline) => {
        const lines = [...words].sort();
        const buffer = Buffer.from(lines.join('\n') + (newline && lines.length > 0 ? '\n' : ''));
        expect(linesWithPrefix(buffer, prefix)).toEqual(lines.filter((line) => line.startsWith(prefix)));
      }),
    );
  });
});

describe('WordNet', () => {
  it('lists senses in order with their tag counts', () => {
    const senses = wordnet.senses('cat', 'noun');
    expect(senses).toHaveLength(8);
    expect(senses[0]).toMatchObject({ rank: 1, count: 18 });
    expect(wordnet.synset(senses[0]).words).toEqual(['cat', 'true cat']);
    expect(wordnet.synset(senses[0]).gloss).toMatch(/^feline mammal/);
  });

  it('finds the first and the last lemma, phrases, and nothing for what is no lemma', () => {
    expect(wordnet.senses("'hood", 'noun')).toHaveLength(1);
    expect(wordnet.senses('zyrian', 'noun')).toHaveLength(1);
    expect(wordnet.synset(wordnet.senses('ice cream', 'noun')[0]).words).toContain('icecream');
    for (const word of ['', ' ', 'cat%', 'princeton', 'zzzz', '🐈', '2']) {
      expect(wordnet.senses(word, 'verb')).toEqual([]);
    }
  });

  it('knows antonyms by word, satellites, hypernyms and hyponyms', () => {
    const hot = wordnet.synset(wordnet.senses('hot', 'adjective')[0]);
    const antonym = hot.pointers.find(({ symbol }) => symbol === POINTER.antonym)!;
    expect(wordnet.synset(antonym).words[antonym.target - 1]).toBe('cold');
    const satellites = wordnet.related(wordnet.synset(antonym), POINTER.similar);
    expect(satellites.every(({ satellite }) => satellite)).toBe(true);
    expect(satellites.flatMap(({ words }) => words)).toContain('frosty');
    const cat = wordnet.synset(wordnet.senses('cat', 'noun')[0]);
    expect(wordnet.related(cat, POINTER.hypernym)[0].words).toContain('feline');
    expect(wordnet.related(cat, POINTER.hyponym).flatMap(({ words }) => words)).toContain('domestic cat');
  });

  it('says which file is missing', () => {
    expect(() => new WordNet('/nowhere').senses('cat', 'noun')).toThrow(DpoError);
    expect(() => new WordNet('/nowhere').senses('cat', 'noun')).toThrow(/index\.noun cannot be read.*npm ci/);
  });
});
