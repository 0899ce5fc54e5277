import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import { parseGivenSpace, plannedSources, WORD_SOURCES } from './word-sources.ts';

const nothing = () => false;

describe('parseGivenSpace()', () => {
  it.each([
    ['antonym', ['antonym']],
    ['antonym+library', ['antonym', 'library']],
    [' Library + ANTONYM+library', ['library', 'antonym']],
    ['synonym+antonym+library', ['synonym', 'antonym', 'library']],
  ])('reads %j as sources', (text, sources) => {
    expect(parseGivenSpace(text, () => true)).toEqual({ kind: 'sources', sources });
  });

  it.each(['words.json', 'a+b.JSON', './library', 'spaces'])(
    'reads %j, where it is there, as a file',
    (path) => {
      expect(parseGivenSpace(path, () => true)).toEqual({ kind: 'file', path });
    },
  );

  it('takes a name that ends in .json for a file that is missing, which its reader says', () => {
    expect(parseGivenSpace('none.json', nothing)).toEqual({ kind: 'file', path: 'none.json' });
  });

  it.each(['', '+', 'antonyms', 'antonym+', 'antonym,library', 'library+words'])(
    'refuses %j in a sentence',
    (text) => {
      expect(() => parseGivenSpace(text, nothing)).toThrow(DpoError);
      expect(() => parseGivenSpace(text, nothing)).toThrow(
        `must be antonym, synonym, library, several of them joined by +, or the path of a JSON file, but it is ${JSON.stringify(text)}`,
      );
    },
  );

  it('never fails otherwise, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        try {
          parseGivenSpace(text, nothing);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_OPTION', details: { option: 'space' } });
        }
      }),
    );
  });
});

describe('plannedSources()', () => {
  it.each([
    ['improve', undefined, [], ['antonym']],
    ['attack', undefined, [], ['synonym']],
    ['improve', 'positive', [], ['synonym']],
    ['attack', 'negative', [], ['antonym']],
    ['improve', 'both', [], ['antonym', 'synonym']],
    ['improve', undefined, ['antonym', 'library'], ['antonym', 'library']],
    ['attack', undefined, ['library'], ['library']],
    ['improve', undefined, ['antonym', 'synonym'], ['antonym', 'synonym']],
    ['improve', 'both', ['library'], ['library', 'synonym']],
    ['attack', 'both', ['synonym'], ['synonym', 'antonym']],
    ['improve', 'negative', ['library'], ['library']],
  ] as const)('to %s, searching %s, of %j', (task, search, named, sources) => {
    expect(plannedSources(task, search, named)).toEqual(sources);
  });

  it.each([
    ['negative', ['synonym', 'antonym'], 'names synonym, whose words go into the prompt itself'],
    ['positive', ['library'], 'names library, whose words go into the negative prompt'],
  ] as const)('refuses, searching the %s prompt alone, %j', (search, named, message) => {
    expect(() => plannedSources('improve', search, named)).toThrow(message);
  });

  it('has a source for each searched prompt, and what was named', () => {
    const named = fc.uniqueArray(fc.constantFrom(...WORD_SOURCES));
    fc.assert(
      fc.property(fc.constantFrom('improve', 'attack'), named, (task, sources) => {
        const planned = plannedSources(task, 'both', sources);
        expect(planned).toEqual(expect.arrayContaining([...sources, 'synonym']));
        expect(planned.some((source) => source !== 'synonym')).toBe(true);
        expect(new Set(planned).size).toBe(planned.length);
      }),
    );
  });
});
