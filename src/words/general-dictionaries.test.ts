import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPromptSpace, generalDictionaries } from './build-prompt-space.ts';
import { inflect } from './inflection.ts';
import type { Task, WordChoice } from './prompt-space.ts';

const dictionaries = generalDictionaries();

function choices(prompt: string, word: string, task: Task): readonly WordChoice[] {
  return (
    buildPromptSpace(prompt, { task, dictionaries }).slots.find(({ text }) => text === word)?.choices ?? []
  );
}

function texts(prompt: string, word: string, task: Task): string[] {
  return choices(prompt, word, task).map(({ text }) => text);
}

describe('the general dictionaries', () => {
  it('give the form of the original', () => {
    expect(texts('an airplane flies over a town', 'flies', 'attack')).toContain('soars');
    expect(texts('a porter with luggage', 'luggage', 'attack')).toContain('baggage');
    expect(texts('the eagles flew away', 'flew', 'improve')).toContain('landed');
    expect(texts('a bigger house', 'bigger', 'improve')).toContain('smaller');
    expect(texts('a horse walking slowly', 'slowly', 'improve')).toContain('quickly');
  });

  it('derive adverbs from adjectives', () => {
    expect(texts('a king dressed luxuriously', 'luxuriously', 'improve')).toContain('shabbily');
  });

  it('choose the sense by what else the prompt says', () => {
    expect(texts('a crane wading past ducks and a swan', 'crane', 'improve')).toContain('flamingo');
    expect(texts('a crane and a bulldozer beside an excavator', 'crane', 'improve')).toContain('truck');
  });

  it('borrow the entry of the broader word for words that the thesaurus lacks', () => {
    const [first] = choices('a photo of a dachshund', 'dachshund', 'improve');
    expect(first.source).toBe('thesaurus+wordnet');
    expect(texts('a photo of a dachshund', 'dachshund', 'attack')).toContain('dog');
  });

  it('say where each choice comes from', () => {
    for (const choice of choices('a wet cat', 'cat', 'attack')) {
      expect(choice).toMatchObject({ source: 'thesaurus', sense: 'cat, animal' });
      expect(choice.score).toBeGreaterThan(0);
      expect(choice.score).toBeLessThanOrEqual(1);
    }
    expect(choices('a cat on top of a car', 'on top of', 'improve')[0]).toMatchObject({
      text: 'under',
      source: 'closed-class',
      relation: 'opposite-position',
    });
  });

  it('keep nouns that have no plural as they are', () => {
    expect(texts('vast deserts and meadows', 'deserts', 'improve')).not.toContain('foresthes');
    const mass = fc.constantFrom('luggage', 'furniture', 'armor', 'snow', 'bread');
    fc.assert(
      fc.property(mass, (noun) => {
        expect(inflect(noun, 'noun', 'plural') ?? noun).not.toMatch(/(?:ages|snows|breads)$/);
      }),
    );
  });
});
