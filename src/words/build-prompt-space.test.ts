import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPromptSpace, generalDictionaries } from './build-prompt-space.ts';
import type { Dictionary } from './dictionary.ts';
import type { PromptSpace, Task } from './prompt-space.ts';
import { isLearnt, loadVocabulary } from './vocabulary.ts';

const POCKET = loadVocabulary(fileURLToPath(new URL('../../pocket/model', import.meta.url)))!;
const dictionaries = generalDictionaries();

function pocketSpace(prompt: string, task: Task = 'improve'): PromptSpace {
  return buildPromptSpace(prompt, { task, dictionaries, vocabulary: POCKET });
}

function space(prompt: string, task: Task = 'improve'): PromptSpace {
  return buildPromptSpace(prompt, { task, dictionaries });
}

function choicesOf({ slots }: PromptSpace, text: string): string[] {
  return slots.find((slot) => slot.text === text)?.choices.map((choice) => choice.text) ?? [];
}

function slotTexts({ slots }: PromptSpace): string[] {
  return slots.map(({ text }) => text);
}

describe('buildPromptSpace() in the embedded world', () => {
  const colours = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown'];

  it('offers other colours and other objects, and none that the prompt asks for', () => {
    const result = pocketSpace('a red cat and a blue car');
    expect(slotTexts(result)).toEqual(['red', 'cat', 'blue', 'car']);
    expect(result.slots.map(({ start }) => start)).toEqual([2, 6, 16, 21]);
    for (const colour of ['red', 'blue']) {
      const choices = choicesOf(result, colour);
      expect(choices).toHaveLength(5);
      expect(colours).toEqual(expect.arrayContaining(choices));
      expect(choices).not.toContain('red');
      expect(choices).not.toContain('blue');
    }
    const objects = [...choicesOf(result, 'cat'), ...choicesOf(result, 'car')];
    expect(objects).not.toContain('cat');
    expect(objects).not.toContain('car');
    expect(choicesOf(result, 'cat')).not.toEqual(choicesOf(result, 'car'));
  });

  it('takes a synonym in the prompt for the word it means', () => {
    const result = pocketSpace('a scarlet kitten and an azure sedan');
    expect(choicesOf(result, 'scarlet')).not.toContain('blue');
    expect(choicesOf(result, 'kitten')).not.toContain('car');
  });

  it('turns relations, sizes and backgrounds round', () => {
    const result = pocketSpace('a small dog to the left of a tree on a white background');
    expect(choicesOf(result, 'small')).toEqual(['big', 'large', 'huge']);
    expect(choicesOf(result, 'left of')).toEqual(['right of']);
    expect(choicesOf(result, 'white background').sort()).toEqual([
      'cream background',
      'dark background',
      'gray background',
    ]);
    expect(choicesOf(pocketSpace('a hat above a bell'), 'above')).toEqual(['below', 'under']);
    expect(choicesOf(pocketSpace('a hat on the left'), 'left')[0]).toBe('right');
    expect(slotTexts(result)).not.toContain('on');
  });

  it('offers synonyms for an attack', () => {
    const result = pocketSpace('a big bicycle next to a red cat', 'attack');
    expect(choicesOf(result, 'big')).toEqual(['large', 'huge']);
    expect(choicesOf(result, 'bicycle')).toEqual(['bike']);
    expect(choicesOf(result, 'next to')).toEqual(['beside', 'near']);
    expect(choicesOf(result, 'cat')).toEqual(['kitten', 'feline']);
  });

  it('never offers a word that the text encoder did not learn, whatever the dictionary', () => {
    for (const prompt of [
      'a huge lion sleeping near a castle',
      'a photo of a horse',
      'two women above an old mansion',
    ]) {
      for (const task of ['improve', 'attack'] as const) {
        for (const { choices } of pocketSpace(prompt, task).slots) {
          for (const { text } of choices) expect(isLearnt(text, POCKET), text).toBe(true);
        }
      }
    }
  });

  it('gives the same space each time', () => {
    expect(pocketSpace('a pink fish under a brown house')).toEqual(
      pocketSpace('a pink fish under a brown house'),
    );
  });
});

describe('buildPromptSpace() with general English', () => {
  it('matches compounds before single words', () => {
    const result = space('Two fire trucks in front of a brick building, next to the left of it');
    expect(slotTexts(result)).toEqual([
      'Two',
      'fire trucks',
      'in front of',
      'brick',
      'building',
      'next to',
      'left of',
    ]);
    expect(choicesOf(result, 'in front of')[0]).toBe('behind');
    expect(choicesOf(result, 'fire trucks')).toSatisfy((texts: string[]) =>
      texts.every((text) => text.endsWith('s')),
    );
  });

  it('does not cross punctuation, and leaves a possessive outside', () => {
    expect(slotTexts(space('fire. truck'))).toEqual(['fire', 'truck']);
    const [slot] = space("the cat's hat").slots;
    expect(slot).toMatchObject({ text: 'cat', start: 4 });
  });

  it('has no slot for function words, names and numbers with points', () => {
    expect(slotTexts(space('the a an of and is was it its with which for by'))).toEqual(['with']);
    expect(slotTexts(space('by blorpwick zanthor, 1.8, 16:9, in the style of'))).toEqual([]);
  });

  it('never offers what the prompt asks for', () => {
    const result = space('a black and white dog with a cat and wolves');
    expect(choicesOf(result, 'black')).not.toContain('white');
    expect(choicesOf(result, 'dog')).not.toContain('wolf');
    expect(choicesOf(result, 'dog')).not.toContain('cat');
  });

  it('keeps at most maxChoices, in the order of the dictionaries, and each only once', () => {
    const said = (name: string, texts: string[]): Dictionary => ({
      name,
      substitutes: () => texts.map((text) => ({ text, source: name, relation: 'antonym', score: 1 })),
    });
    const options = {
      task: 'improve' as const,
      dictionaries: [
        said('first', ['dog', 'Dog', 'cat']),
        said('second', ['dog', 'caucasian', 'fox', 'bear']),
      ],
    };
    const result = buildPromptSpace('cat', { ...options, maxChoices: 2 });
    expect(result.slots[0].choices.map(({ text, source }) => [text, source])).toEqual([
      ['dog', 'first'],
      ['fox', 'second'],
    ]);
  });

  it('gives every occurrence of a word its own slot', () => {
    expect(
      space('a red cat and a red dog')
        .slots.filter(({ text }) => text === 'red')
        .map(({ start }) => start),
    ).toEqual([2, 16]);
  });

  it('holds its promises for any prompt', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'cat',
        'white',
        'Black',
        'in front of',
        'the',
        ',',
        '.',
        '🐈‍⬛',
        "dog's",
        '(red:1.2)',
        '\n',
        'naïve',
        '٣',
        'ﬁsh',
        '__proto__',
        'constructor',
        'A',
        'flies',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const prompts = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(
        prompts,
        fc.constantFrom<Task>('improve', 'attack'),
        fc.integer({ min: 1, max: 7 }),
        (prompt, task, maxChoices) => {
          let end = 0;
          for (const { text, start, choices } of buildPromptSpace(prompt, { task, dictionaries, maxChoices })
            .slots) {
            expect(prompt.slice(start, start + text.length)).toBe(text);
            expect(start).toBeGreaterThanOrEqual(end);
            end = start + text.length;
            expect(choices.length).toBeGreaterThanOrEqual(1);
            expect(choices.length).toBeLessThanOrEqual(maxChoices);
            const texts = choices.map((choice) => choice.text.toLowerCase());
            expect(new Set(texts).size).toBe(texts.length);
            expect(texts).not.toContain(text.toLowerCase());
            expect(texts).not.toContain('');
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has no slots for nothing, and stands a very long prompt', () => {
    expect(space('').slots).toEqual([]);
    expect(space('   ,.!🎉').slots).toEqual([]);
    const long = space('a red cat and a wooden house, '.repeat(300));
    expect(long.slots).toHaveLength(1200);
    expect(space('x'.repeat(100_000)).slots).toEqual([]);
  });
});
