import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  BACKGROUND_NAMES,
  COLOUR_NAMES,
  HELD_OUT_PAIRS,
  isHeldOut,
  OBJECTS,
  RELATIONS,
  SIZE_NAMES,
  wordsFor,
} from './world.ts';

const VOCABULARY = JSON.parse(
  readFileSync(new URL('../../pocket/model/tokenizer/vocab.json', import.meta.url), 'utf8'),
) as Record<string, number>;

describe('wordsFor()', () => {
  it.each([...OBJECTS, ...COLOUR_NAMES, ...BACKGROUND_NAMES, ...SIZE_NAMES, ...RELATIONS])(
    'gives words for "%s" that are one token each in the model, the name first',
    (concept) => {
      expect(wordsFor(concept)[0]).toBe(concept);
      for (const word of wordsFor(concept)) expect(VOCABULARY).toHaveProperty([`${word}</w>`]);
    },
  );

  it('gives no word to two concepts', () => {
    const words = [...OBJECTS, ...COLOUR_NAMES, ...BACKGROUND_NAMES, ...SIZE_NAMES, ...RELATIONS].flatMap(
      wordsFor,
    );
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('isHeldOut()', () => {
  it('holds two objects of every colour out, and no object twice', () => {
    for (const colour of COLOUR_NAMES) {
      expect(OBJECTS.filter((object) => isHeldOut(colour, object))).toHaveLength(2);
    }
    expect(new Set(HELD_OUT_PAIRS.map(([, object]) => object)).size).toBe(16);
  });
});
