import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChoiceFilter } from './choice-filter.ts';

const filterFor = (prompt: string, task: 'improve' | 'attack' = 'attack', learnt?: string[]) =>
  new ChoiceFilter({
    prompt,
    task,
    maxChoices: 5,
    vocabulary: learnt && { groups: [], opposites: [], learnt: new Set(learnt) },
  });
const kept = (word: string, candidates: string[], prompt = word) =>
  filterFor(prompt).filter(word, candidates).kept;

describe('ChoiceFilter', () => {
  it('keeps the order, phrases too, and at most so many', () => {
    expect(kept('sausage', ['hot dog', 'wurst', 'banger', 'a', 'b', 'c'])).toEqual([
      'hot dog',
      'wurst',
      'banger',
      'a',
      'b',
    ]);
    expect(kept('cat', ['kitten'])).toEqual(['kitten']);
    expect(kept('cat', [])).toEqual([]);
  });

  it('drops the word itself, repetitions and what is no word', () => {
    expect(kept('Cat', ['cat', 'CAT', 'Kitten', 'kitten', ' kitten '])).toEqual(['Kitten']);
    expect(kept('cat', ['a (small) cat', 'x:1.2', '<lora>', 'cat, dog', '', '…', 'a b c d e f'])).toEqual([]);
  });

  it('writes small what the prompt writes small, since capitals begin lines', () => {
    expect(kept('cat', ['Kitten', 'Tom Cat'])).toEqual(['kitten', 'tom cat']);
    expect(kept('Paris', ['Lyon', 'New York'])).toEqual(['Lyon', 'New York']);
  });

  it('drops what must never be proposed', () => {
    expect(kept('white', ['caucasian', 'pale', 'Caucasians'])).toEqual(['pale']);
  });

  it('drops contrasts that the prompt itself asks for, in any form', () => {
    const filter = filterFor('a red cat and blue cars', 'improve');
    expect(filter.filter('red', ['blue', 'green', 'Blue']).kept).toEqual(['green']);
    expect(filter.filter('cat', ['car', 'cats', 'dog']).kept).toEqual(['dog']);
    expect(filterFor('a red cat and blue cars').filter('red', ['blue']).kept).toEqual(['blue']);
  });

  it('drops slips of form where most candidates agree, and only there', () => {
    expect(kept('walking', ['strolling', 'hiking', 'stroll'])).toEqual(['strolling', 'hiking']);
    expect(kept('building', ['house', 'tower', 'housing'])).toEqual(['house', 'tower', 'housing']);
    expect(kept('flies', ['soars', 'glides', 'soar'])).toEqual(['soars', 'glides']);
    expect(kept('women', ['ladies', 'lady'])).toEqual(['ladies', 'lady']);
    expect(kept('girls', ['women', 'ladies', 'child'])).toEqual(['women', 'ladies']);
    expect(kept('glass', ['crystal', 'plates', 'cups'])).toEqual(['crystal', 'plates', 'cups']);
  });

  it('does not blame the language model for what the picture model never learnt', () => {
    const filter = filterFor('cat', 'attack', ['kitten']);
    expect(filter.filter('cat', ['feline', 'kitten'])).toEqual({ kept: ['kitten'], isFaulty: false });
    expect(filter.filter('cat', ['feline'])).toEqual({ kept: [], isFaulty: false });
    expect(filter.filter('cat', ['cat'])).toEqual({ kept: [], isFaulty: true });
    expect(filter.filter('cat', [])).toEqual({ kept: [], isFaulty: false });
  });

  it('takes any candidates', () => {
    const filter = filterFor('a red cat', 'improve');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (candidates) => {
        const { kept: words } = filter.filter('red', candidates);
        expect(words.length).toBeLessThanOrEqual(5);
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) expect(word).toMatch(/^[^,()[\]:<>]+$/);
      }),
    );
  });
});
