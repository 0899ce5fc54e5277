import { describe, expect, it } from 'vitest';
import { baseForms, inflect } from './inflection.ts';
import type { WordForm } from './irregular-forms.ts';
import type { PartOfSpeech } from './wordnet.ts';

describe('inflect()', () => {
  it.each<[string, PartOfSpeech, WordForm, string | undefined]>([
    ['cat', 'noun', 'plural', 'cats'],
    ['fox', 'noun', 'plural', 'foxes'],
    ['city', 'noun', 'plural', 'cities'],
    ['toy', 'noun', 'plural', 'toys'],
    ['fireman', 'noun', 'plural', 'firemen'],
    ['german', 'noun', 'plural', 'germans'],
    ['grandchild', 'noun', 'plural', 'grandchildren'],
    ['bus', 'noun', 'plural', 'buses'],
    ['luggage', 'noun', 'plural', 'luggage'],
    ['footwear', 'noun', 'plural', 'footwear'],
    ['software', 'noun', 'plural', 'software'],
    ['flats', 'noun', 'plural', undefined],
    ['fire truck', 'noun', 'plural', 'fire trucks'],
    ['fly', 'verb', 'third', 'flies'],
    ['watch', 'verb', 'third', 'watches'],
    ['sit down', 'verb', 'ing', 'sitting down'],
    ['ride', 'verb', 'ing', 'riding'],
    ['lie', 'verb', 'ing', 'lying'],
    ['see', 'verb', 'ing', 'seeing'],
    ['sandbag', 'verb', 'ing', 'sandbagging'],
    ['open', 'verb', 'ing', 'opening'],
    ['panic', 'verb', 'past', 'panicked'],
    ['carry', 'verb', 'past', 'carried'],
    ['stop', 'verb', 'past', 'stopped'],
    ['fly', 'verb', 'past', undefined],
    ['stand', 'verb', 'past', 'stood'],
    ['big', 'adjective', 'comparative', 'bigger'],
    ['happy', 'adjective', 'superlative', 'happiest'],
    ['large', 'adjective', 'comparative', 'larger'],
    ['beautiful', 'adjective', 'comparative', 'more beautiful'],
    ['good', 'adjective', 'comparative', 'better'],
  ])('%s, %s, %s: %s', (lemma, pos, form, expected) => {
    expect(inflect(lemma, pos, form)).toBe(expected);
  });
});

describe('baseForms()', () => {
  it.each<[string, PartOfSpeech, string]>([
    ['knives', 'noun', 'knife'],
    ['leaves', 'noun', 'leaf'],
    ['women', 'noun', 'woman'],
    ['boxes', 'noun', 'box'],
    ['berries', 'noun', 'berry'],
    ['sitting', 'verb', 'sit'],
    ['riding', 'verb', 'ride'],
    ['dying', 'verb', 'die'],
    ['tried', 'verb', 'try'],
    ['flown', 'verb', 'fly'],
    ['bigger', 'adjective', 'big'],
    ['nicest', 'adjective', 'nice'],
  ])('%s as %s may come from %s', (word, pos, lemma) => {
    expect(baseForms(word, pos).map((base) => base.lemma)).toContain(lemma);
  });

  it('gives the word itself first, and takes no ending off glass', () => {
    expect(baseForms('glass', 'noun')).toEqual([{ lemma: 'glass', form: 'base' }]);
  });

  it('undoes inflect()', () => {
    const lemmas = ['cat', 'box', 'city', 'knife', 'man', 'tomato', 'lens'];
    for (const lemma of lemmas) {
      expect(baseForms(inflect(lemma, 'noun', 'plural')!, 'noun').map((base) => base.lemma)).toContain(lemma);
    }
    for (const lemma of ['run', 'ride', 'carry', 'panic', 'lie', 'admit', 'open']) {
      for (const form of ['third', 'ing', 'past'] as const) {
        const word = inflect(lemma, 'verb', form);
        if (word !== undefined) expect(baseForms(word, 'verb').map((base) => base.lemma)).toContain(lemma);
      }
    }
  });
});
