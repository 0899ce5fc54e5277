import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isLearnt, loadVocabulary, parseVocabulary } from './vocabulary.ts';
import { VocabularyDictionary } from './vocabulary-dictionary.ts';

const POCKET = fileURLToPath(new URL('../../pocket/model', import.meta.url));

describe('loadVocabulary()', () => {
  it('reads the embedded world: 114 words, of which 7 were never in a caption', () => {
    const vocabulary = loadVocabulary(POCKET)!;
    expect(vocabulary.learnt?.size).toBe(107);
    const objects = vocabulary.groups.find(({ name }) => name === 'object')!;
    expect(objects.members).toHaveLength(24);
    for (const { members } of vocabulary.groups) {
      for (const word of members.flat()) expect(isLearnt(word, vocabulary), word).toBe(true);
    }
    for (const word of vocabulary.opposites.flat()) expect(isLearnt(word, vocabulary), word).toBe(true);
    expect(isLearnt('photo', vocabulary)).toBe(false);
    expect(isLearnt('dark forest', vocabulary)).toBe(false);
  });

  it('is undefined for a folder without one', () => {
    expect(loadVocabulary(join(POCKET, 'unet'))).toBeUndefined();
    expect(isLearnt('anything', undefined)).toBe(true);
  });

  it('names the file and the place when it is broken', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vocabulary-'));
    writeFileSync(join(folder, 'vocabulary.json'), '{"format": ');
    expect(() => loadVocabulary(folder)).toThrow(/vocabulary\.json is no JSON/);
    expect(() =>
      parseVocabulary(
        { format: 'dpo-diff-vocabulary/1', groups: [{ name: 'x', members: ['cat'] }] },
        'v.json',
      ),
    ).toThrow(/v\.json .*at groups\[0\]\.members\[0\]: expected array/);
    expect(() => parseVocabulary({ format: 'other' }, 'v.json')).toThrow(/at format/);
  });
});

describe('VocabularyDictionary', () => {
  const dictionary = new VocabularyDictionary(
    parseVocabulary(
      {
        format: 'dpo-diff-vocabulary/1',
        groups: [
          { name: 'size', members: [['small', 'tiny'], ['middling'], ['big', 'large', 'huge']] },
          { name: 'above', members: [['above', 'over']] },
        ],
        opposites: [
          ['small', 'big'],
          ['above', 'below'],
        ],
      },
      'test',
    ),
  );
  const texts = (term: string, task: 'improve' | 'attack') =>
    dictionary.substitutes(term, task).map(({ text }) => text);

  it('gives synonyms for an attack', () => {
    expect(texts('tiny', 'attack')).toEqual(['small']);
    expect(texts('below', 'attack')).toEqual([]);
  });

  it('gives opposites first, then siblings, then the other words for the opposite', () => {
    expect(texts('tiny', 'improve')).toEqual(['big', 'large', 'middling', 'huge']);
    expect(texts('over', 'improve')).toEqual(['below']);
    expect(texts('below', 'improve')).toEqual(['above', 'over']);
    expect(texts('middling', 'improve').sort()).toEqual(['big', 'small']);
    expect(texts('cat', 'improve')).toEqual([]);
  });
});
