import { describe, expect, it } from 'vitest';
import { isStoppedTerm } from './stop-list.ts';
import { WordNetDictionary } from './wordnet-dictionary.ts';

const dictionary = new WordNetDictionary();

function everything(word: string): string[] {
  return (['improve', 'attack'] as const)
    .flatMap((task) => dictionary.substitutes(word, task))
    .map(({ text }) => text);
}

describe('isStoppedTerm()', () => {
  it.each([
    'caucasian',
    'Caucasian',
    'negroes',
    'bitches',
    'make love',
    'making love',
    'big with child',
    'dark-skinned',
    'nude woman',
    'hornier',
  ])('stops %s', (term) => expect(isStoppedTerm(term)).toBe(true));

  it.each([
    'butter',
    'cocker spaniel',
    'pig',
    'bull',
    'black',
    'white',
    'dark',
    'child',
    'brass',
    'assembly',
    'grape',
    'rooster',
    'slavic',
  ])('lets %s pass', (term) => expect(isStoppedTerm(term)).toBe(false));
});

describe('WordNetDictionary', () => {
  it.each([
    ['white', ['caucasian', 'light-skinned', 'aryan', 'honky', 'whitey']],
    ['black', ['african-american', 'negro', 'colored', 'dark-skinned', 'blackamoor']],
    ['yellow', ['oriental', 'mongoloid', 'asian']],
    ['dark', ['colored', 'swarthy', 'dark-skinned']],
    ['bird', ['chick', 'wench', 'skirt', 'dame', 'doll']],
    ['policeman', ['pig', 'fuzz', 'bull']],
    ['woman', ['broad', 'bitch', 'slut', 'prostitute', 'wench']],
    ['hot', ['horny', 'sexy', 'aroused']],
    ['eggs', ['balls', 'nuts', 'testes', 'orchises']],
    ['bed', ['screw', 'fuck', 'bang', 'hump', 'get laid']],
    ['happy', ['gay']],
    ['dog', ['bitch', 'cad']],
    ['heavy', ['pregnant', 'gravid', 'with child']],
    ['cat', ['bitch', 'cathouse', 'pussy']],
  ])('never offers a stopped reading of %s', (word, stopped) => {
    const offered = everything(word);
    expect(offered.filter((text) => stopped.includes(text))).toEqual([]);
  });
});
