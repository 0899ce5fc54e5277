import { describe, expect, it } from 'vitest';
import { promptWords } from './prompt-words.ts';
import { readPrompt } from './read-prompt.ts';
import { WordNet } from './wordnet.ts';

const wordnet = new WordNet();

function readings(prompt: string): Record<string, string> {
  const words = promptWords(prompt);
  const reading = readPrompt(prompt, words, wordnet);
  const found = words.map((word, index): [string, string] => {
    if (reading.isName(index)) return [word.text, 'name'];
    const read = reading.read(word, index, 1);
    return [word.text, read === undefined ? 'unread' : `${read.pos} ${read.lemma} ${read.form}`];
  });
  return Object.fromEntries(found);
}

function names(prompt: string): string[] {
  const words = promptWords(prompt);
  const reading = readPrompt(prompt, words, wordnet);
  return words.filter((_, index) => reading.isName(index)).map(({ text }) => text);
}

describe('readPrompt()', () => {
  it('reads a noun before a noun as a noun, and an adjective as an adjective', () => {
    expect(readings('a wooden chair beside a marble wall')).toMatchObject({
      wooden: 'adjective wooden base',
      marble: 'noun marble base',
      wall: 'noun wall base',
    });
  });

  it('tells verbs from nouns by their neighbours', () => {
    expect(readings('swans glide past, a girl painting a fence')).toMatchObject({
      swans: 'noun swan plural',
      glide: 'verb glide base',
      painting: 'verb paint ing',
    });
    expect(readings('an oil painting of a harbor')).toMatchObject({ painting: 'noun painting base' });
  });

  it('takes a past after an auxiliary, and before with and by, for a participle', () => {
    expect(readings('a bird has flown')).toMatchObject({ flown: 'verb fly participle' });
    expect(readings('a roof covered with snow')).toMatchObject({ covered: 'verb cover participle' });
    expect(readings('a cart pulled by oxen')).toMatchObject({ pulled: 'verb pull participle' });
  });

  it('knows British spelling', () => {
    expect(readings('a sombre room')).toMatchObject({ sombre: 'adjective somber base' });
  });

  it('matches a compound with an adjective only where both dictionaries have it', () => {
    const words = promptWords('a polar bear and a white horse');
    const reading = readPrompt('a polar bear and a white horse', words, wordnet);
    expect(reading.read({ text: 'polar bear', start: 2, term: 'polar bear' }, 1, 2)).toMatchObject({
      pos: 'noun',
    });
    expect(reading.read({ text: 'white horse', start: 19, term: 'white horse' }, 5, 2)).toBeUndefined();
  });
});

describe('names and jargon', () => {
  it.each([
    ['a castle, art by jane doe and john roe, sunset', ['jane', 'doe', 'and', 'john', 'roe']],
    ['a portrait in the style of hilma af klint', ['hilma', 'af', 'klint']],
    ['a house lit by a lantern, by candlelight', ['candlelight']],
    [
      'a forest, trending on artstation, 8k, 35mm, unreal engine',
      ['trending', 'on', 'artstation', '8k', '35mm', 'unreal', 'engine'],
    ],
    ['A walk in Paris with Anna', ['Paris', 'Anna']],
    ['Luke Skywalker rides a horse', ['Luke', 'Skywalker']],
    ['Two Red Apples On A Table', []],
    ['A cat. The dog sleeps.', []],
  ])('%s', (prompt, expected) => expect(names(prompt)).toEqual(expected));
});
